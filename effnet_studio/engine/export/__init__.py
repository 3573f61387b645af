"""Files that behave like the app."""

"""What runs inside a converter's own environment; it knows nothing of the app."""

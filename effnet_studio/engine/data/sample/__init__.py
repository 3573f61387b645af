"""The built-in sample, drawn by the app itself."""

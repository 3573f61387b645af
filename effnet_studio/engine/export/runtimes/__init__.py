"""Exported files, each open in the program it was made for."""

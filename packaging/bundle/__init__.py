"""Freezes the app into a folder with all it needs; the command is `../build.py`."""

"""Rows of the Settings page, one for each preference."""

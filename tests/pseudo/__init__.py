"""Audits of every screen: texts nobody translated, clipped texts, widgets in each other's way."""

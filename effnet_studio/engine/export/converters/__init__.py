"""Converters that are too heavy for the app's own environment: installed when they are wanted."""

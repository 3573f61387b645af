"""Plots, and their data as tables."""

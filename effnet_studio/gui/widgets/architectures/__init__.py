"""Architectures: compared, measured, scaled, looked into."""

"""Proof that an exported file answers like the app."""

"""Answers for images the model has not seen."""

"""Measuring models on this computer, and recommending from what was measured."""

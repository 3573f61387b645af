"""Answers, why the model gave them, and what becomes of them."""

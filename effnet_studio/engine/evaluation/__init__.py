"""How good a model is, and which images it gets wrong."""

"""The catalog of architectures and their weights."""

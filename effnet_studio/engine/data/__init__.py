"""Finding, indexing and splitting the user's images."""

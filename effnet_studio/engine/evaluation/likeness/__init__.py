"""Images as vectors: what is like what."""

"""8-bit copies of a model that keep a promise."""

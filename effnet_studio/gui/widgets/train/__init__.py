"""Settings of a training, and how it goes."""

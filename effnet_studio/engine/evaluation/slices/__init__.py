"""Groups of images a model is worse at."""

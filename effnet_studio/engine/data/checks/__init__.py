"""What is wrong with a dataset, and the remedies."""

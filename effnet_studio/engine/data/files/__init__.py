"""What is in a file: examined once, in processes that may die of it."""

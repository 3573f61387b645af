"""Where the model looked and which channels it opened."""

"""Labels that are wrong, or missing."""

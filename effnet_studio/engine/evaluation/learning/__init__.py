"""Whether more images would help."""

"""Cards of the Doctor page."""

"""Everything that is checked on this computer, and what to do about what is wrong."""

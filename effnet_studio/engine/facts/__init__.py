"""What this computer is and has, found out without changing anything."""

"""How the window begins and ends so that nothing is lost: closing, drafts, recovery, its state."""

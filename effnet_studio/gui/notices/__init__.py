"""How the window tells what happened: history, notices, the system's own notifications."""

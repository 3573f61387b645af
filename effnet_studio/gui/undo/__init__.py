"""Undo and redo: the history, the changes it knows, and the queue that carries them out."""

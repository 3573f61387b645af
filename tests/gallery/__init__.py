"""Pictures of every page in every state, from the real window."""

"""Who made the parts of a bundle, and their licences; the command is `../licences.py`."""

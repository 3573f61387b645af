"""A report on a run, and its model card, for people who were not there."""

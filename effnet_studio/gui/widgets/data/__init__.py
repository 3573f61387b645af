"""Images, classes, findings and history of a project."""

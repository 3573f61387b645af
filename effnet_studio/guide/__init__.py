"""The user guide: pages in Markdown, and how they are found, rendered and searched."""

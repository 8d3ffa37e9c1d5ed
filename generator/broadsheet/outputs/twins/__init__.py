"""The Markdown twin of every page, and llms.txt."""

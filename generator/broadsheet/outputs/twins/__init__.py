"""Markdown twins: a version of each page for programs that read text, and llms.txt."""

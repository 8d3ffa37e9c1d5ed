"""Broadsheet: a static site generator for research-paper digests."""

"""Broadsheet: a static site generator for research-paper digests."""

from importlib.metadata import version

__version__ = version("broadsheet")

"""Filling in what is missing about papers from services that know it.

`asking` asks the services, `titles` finds papers by title, `identity` tells whether an answer is
about a paper, `proposals` compares it with what the paper's file says, and `rounds` conducts.
"""

from __future__ import annotations

"""arXiv ids that some program took for a number, and so lost a zero at their end."""

from __future__ import annotations

import re

# Since January 2015 an id has five digits after the point.
_FIVE_DIGITS_SINCE = 1501
_FOUR_DIGITS = re.compile(r"(\d{4})\.\d{4}")


def has_lost_zero(arxiv: str) -> bool:
    """Whether an id has four digits after the point although its month has ids of five."""
    found = _FOUR_DIGITS.fullmatch(arxiv)
    # Two digits of the year: 91 to 99 and 00 to 06 had another form, so that order is time.
    return found is not None and int(found[1]) >= _FIVE_DIGITS_SINCE

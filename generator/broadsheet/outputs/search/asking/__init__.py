"""Answers queries from the files of the index, with the results of the site's page of search.

The modules of site_templates/browser/search do the same in the browser, and have the same names.
Tests compare both.
"""

from __future__ import annotations

from broadsheet.outputs.search.asking.ask import Answer, also_found, ask, best_found
from broadsheet.outputs.search.asking.index import SearchIndex

__all__ = ["Answer", "SearchIndex", "also_found", "ask", "best_found"]

"""Search: the corpus's words in many small files, of which a query needs a few.

`build_search` is pure: documents in, files out. In the browser, search-engine.js reads the
files that a query's words need and computes lunr's results, order and scores from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadsheet.search.document import SearchDocument
from broadsheet.search.files import index_files

__all__ = ["SearchDocument", "build_search"]


def build_search(
    documents: Sequence[SearchDocument], feeds: Mapping[str, str] | None = None
) -> Mapping[str, bytes]:
    """Files of the index, by path relative to the folder "search/index/" of the site.

    All names but "table.json" carry a hash of the content. `feeds` gives addresses of feeds,
    relative to the site's root: under "" that of everything, under "topic:retrieval" and the
    like that of a filter. The order of the documents does not matter.
    """
    return index_files(documents, feeds or {})

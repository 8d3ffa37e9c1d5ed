"""Search: the corpus's words in many small files, of which a query needs a few.

`build_search` is pure: documents in, files out. In the browser, the scripts of the folder
"browser" read the files that a query's words need and compute lunr's results, order and scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadsheet.outputs.search.document import SearchDocument
from broadsheet.outputs.search.files import index_files

__all__ = ["SearchDocument", "build_search"]


def build_search(
    documents: Sequence[SearchDocument], feeds: Mapping[str, str] | None = None
) -> Mapping[str, bytes]:
    """Files of the index, by path relative to the folder "search/index/" of the site.

    All names but "table.json" and those of two scripts carry a hash of the content. `feeds` gives
    the address of the feed that belongs to a page ("", "topics/retrieval/",
    "collections/trending/"), both relative to the site's root; those of other pages are left out.
    The order of the documents does not matter.
    """
    return index_files(documents, feeds or {})

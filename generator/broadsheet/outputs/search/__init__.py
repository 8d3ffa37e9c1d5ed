"""Search: an index in many small blocks, of which a query only needs a few.

In the browser, the modules in site_templates/browser/search read the blocks for the words of a
query and find the same results as lunr, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadsheet.base.cache import Cache, no_search_for_cycles
from broadsheet.outputs.search.document import SearchDocument
from broadsheet.outputs.search.files import index_files
from broadsheet.outputs.search.languages import needs_extra, search_language

NO_CACHE = Cache()

__all__ = ["SearchDocument", "build_search", "needs_extra"]


def build_search(
    documents: Sequence[SearchDocument],
    feeds: Mapping[str, str] | None = None,
    language: str = "en",
    cache: Cache = NO_CACHE,
) -> Mapping[str, bytes]:
    """Returns the files of the index by path, relative to the folder "search/index/" of the site.

    All names except "table.json" contain a hash of the content.

    Args:
        documents: The papers to find, in any order.
        feeds: The addresses of feeds by the page that they belong to ("", "topics/retrieval/",
            "collections/trending/"), both relative to the site's root. Feeds of other pages are
            ignored.
        language: The language tag of the site, which decides how words become terms.
        cache: Where results are kept for later builds.
    """
    with no_search_for_cycles():
        return index_files(documents, feeds or {}, search_language(language), cache)

"""Search: the corpus's words in many small files, of which a query needs a few.

`build_search` is pure: documents in, files out. In the browser, the modules in
site_templates/browser/search read the files that a query's words need and find lunr's results in
lunr's order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from broadsheet.outputs.search.document import SearchDocument
from broadsheet.outputs.search.files import index_files
from broadsheet.outputs.search.languages import needs_extra, search_language

__all__ = ["SearchDocument", "build_search", "needs_extra"]


def build_search(
    documents: Sequence[SearchDocument],
    feeds: Mapping[str, str] | None = None,
    language: str = "en",
) -> Mapping[str, bytes]:
    """Returns the files of the index, by path relative to the folder "search/index/" of the site.

    All names but "table.json" carry a hash of the content. The order of the documents does not
    matter.

    Args:
        documents: The papers to be found.
        feeds: The address of the feed that belongs to a page ("", "topics/retrieval/",
            "collections/trending/"), both relative to the site's root. Feeds of other pages are
            left out.
        language: The language tag of the site, which decides how words become terms.
    """
    return index_files(documents, feeds or {}, search_language(language))

"""The kinds of pages, defined once for Python, templates and scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from broadsheet.outputs.pages import home_views, views
from broadsheet.outputs.pages.data_views import DataView

# Templates of projects rely on the views. It increases when a view loses a field or a field changes
# its meaning; docs/reference/templates.md shows them all.
VIEWS_VERSION = 1


@dataclass(frozen=True)
class PageKind:
    """A kind of page.

    Its template is "<name>.html.j2", and its body has the class "bs-kind-<name>".

    Attributes:
        view: The type of its view.
        list: The name of its list of papers for styles and scripts, or "" if it has none.
        filtered: Whether readers can filter and sort that list.
        heading: The level of the headings of listed papers, or 0 if it has no list.
        styles: Style sheets that not all kinds need.
        scripts: Scripts that not all kinds need.
        preload: Scripts that its HTML names, because readers see nothing before they run.
        parent: The page in the menu that it belongs to, or "" if it's in the menu itself.
    """

    view: type[views.View]
    list: str = ""
    filtered: bool = False
    heading: int = 0
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()
    parent: str = ""


KINDS: Mapping[str, PageKind] = {
    "home": PageKind(home_views.HomeView, list="home", heading=3, styles=("pictures",)),
    "about": PageKind(views.AboutView),
    "search": PageKind(
        views.SearchView,
        scripts=("search/page",),
        preload=("every", "search/all", "search/page"),
    ),
    "saved": PageKind(
        views.SavedView, list="saved", filtered=True, heading=2, scripts=("lists", "saved")
    ),
    "feeds": PageKind(views.FeedsView),
    "data": PageKind(
        DataView, styles=("pictures", "data", "data-controls"), scripts=("data/page",)
    ),
    "weeks": PageKind(views.WeeksView),
    "week": PageKind(
        views.WeekView, list="week", heading=3, scripts=("week", "cite"), parent="weeks/"
    ),
    "digest": PageKind(views.DigestView),
    "topics": PageKind(views.TopicsView),
    "topic": PageKind(
        views.TopicView,
        list="topic",
        filtered=True,
        heading=2,
        styles=("pictures",),
        scripts=("lists", "cite"),
        parent="topics/",
    ),
    "papers": PageKind(views.PapersView, list="papers", heading=2),
    "month": PageKind(
        views.MonthView,
        list="archive",
        filtered=True,
        heading=2,
        scripts=("lists",),
        parent="papers/",
    ),
    "paper": PageKind(views.PaperView, scripts=("cite",), parent="papers/"),
    "corrections": PageKind(views.CorrectionsView),
    "collections": PageKind(views.CollectionsView),
    "collection": PageKind(
        views.CollectionView,
        list="collection",
        filtered=True,
        heading=2,
        scripts=("lists", "cite"),
        parent="collections/",
    ),
    "authors": PageKind(views.AuthorsView, scripts=("names",)),
    "author": PageKind(
        views.AuthorView,
        list="author",
        filtered=True,
        heading=2,
        scripts=("lists",),
        parent="authors/",
    ),
    "trends": PageKind(views.TrendsView, styles=("pictures",)),
    "map": PageKind(views.MapView, styles=("pictures", "map"), scripts=("map",)),
}
_NAMES = {kind.view: name for name, kind in KINDS.items()}


def kind_of(view: views.View) -> str:
    """Returns the name of the kind of page with this view."""
    return _NAMES[type(view)]

"""How large a built site is, what makes it large, and whether a host takes it."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from broadsheet.base.errors import Level, Problem
from broadsheet.base.text import counted
from broadsheet.site.hosts import BYTES, SECONDS, Host, Limit, Measure


@dataclass(frozen=True)
class Kind:
    """A kind of files that a site has.

    Attributes:
        name: What messages call it.
        paths: The pattern of their paths.
        setting: The setting that saves some of them, if there is one.
        saves_files: Whether that makes them fewer, and not only smaller.
    """

    name: str
    paths: re.Pattern[str]
    setting: str = ""
    saves_files: bool = True


# The first that matches counts.
KINDS = (
    Kind("pages and feeds of authors", re.compile(r"authors/[^/]+/"), "a higher `author_papers`"),
    Kind("cards of papers", re.compile(r"cards/papers/"), "`card_papers: 0`"),
    Kind("further pages of lists", re.compile(r".*/page-\d+/"), "`papers_per_page: 1000`"),
    Kind("feeds", re.compile(r"feeds/|.*\.xml$"), "a lower `feed_papers`", saves_files=False),
    Kind("pages of papers", re.compile(r"papers/[^/]+/")),
    Kind("the API", re.compile(r"api/")),
    Kind("the database", re.compile(r"data/.*\.db$"), "`database: false`"),
    Kind("the dataset", re.compile(r"data/")),
    Kind("search", re.compile(r"search/")),
    Kind("other cards", re.compile(r"cards/")),
    Kind("scripts, styles and fonts", re.compile(r"assets/")),
    Kind("pages of topics", re.compile(r"topics/")),
    Kind("pages of weeks", re.compile(r"weeks/")),
    Kind("the archive", re.compile(r"archive/")),
    Kind("other files", re.compile("")),
)


@dataclass(frozen=True)
class Group:
    """The files of a kind that a site has."""

    kind: Kind
    files: int
    size: int


@dataclass(frozen=True)
class Weight:
    """How large a site is.

    Attributes:
        files: The number of its files.
        folders: The number of its folders.
        size: Its size in bytes.
        largest: The path and size of its largest file.
        fullest: The path of the folder with the most files, and their number.
        groups: What it has, from the largest to the smallest.
    """

    files: int
    folders: int
    size: int
    largest: tuple[str, int]
    fullest: tuple[str, int]
    groups: tuple[Group, ...]

    def of(self, measure: Measure, seconds: float) -> float | None:
        """Returns what a host compares with its limit, or None if only the host can measure it."""
        return {
            Measure.FILES: self.files,
            Measure.ENTRIES: self.files + self.folders,
            Measure.FOLDER: self.fullest[1],
            Measure.FILE: self.largest[1],
            Measure.SITE: self.size,
            Measure.BUILD: seconds,
            Measure.DEPLOY: None,
        }[measure]


def kind_of(path: str) -> Kind:
    """Returns the kind of a file, by its path in a site."""
    return next(kind for kind in KINDS if kind.paths.match(path))


def weigh(site: Path) -> Weight:
    """Returns how large a built site is."""
    sizes = dict(_sizes(str(site)))
    folders = Counter(path.rpartition("/")[0] for path in sizes)
    kinds = {path: kind_of(path) for path in sizes}
    files = Counter(kinds.values())
    bytes_ = Counter[Kind]()
    for path, size in sizes.items():
        bytes_[kinds[path]] += size
    return Weight(
        len(sizes),
        sum(len(names) for _, names, _ in os.walk(site)),
        sum(sizes.values()),
        max(sizes.items(), key=lambda found: found[1], default=("", 0)),
        max(folders.items(), key=lambda found: found[1], default=("", 0)),
        tuple(Group(kind, files[kind], size) for kind, size in bytes_.most_common()),
    )


def _sizes(site: str) -> Iterator[tuple[str, int]]:
    for folder, _, names in os.walk(site):
        below = os.path.relpath(folder, site).replace(os.sep, "/")
        for name in sorted(names):
            path = name if below == "." else f"{below}/{name}"
            yield path, os.path.getsize(f"{folder}/{name}")  # noqa: PTH202 - fast for many files


def refused(
    weight: Weight, host: Host, seconds: float, site: str, level: Level
) -> Iterator[Problem]:
    """Yields what a host wouldn't take of a site, and what to turn off.

    Args:
        weight: How large the site is.
        host: The host.
        seconds: How long the build took here.
        site: The folder of the site as problems print it.
        level: How bad that is.
    """
    for limit in host.limits:
        found = weight.of(limit.measure, seconds)
        if found is not None and found > limit.most:
            place = f"{site}/{weight.largest[0]}" if limit.measure is Measure.FILE else site
            note = f" {limit.note}" if limit.note else ""
            said = f"{host.title} takes at most {amount(limit.measure, limit.most)}{note}"
            message = f"{limit.measure}: {amount(limit.measure, found)}; {said}"
            yield Problem(place, 0, "", message, _advice(weight, limit, found), level)


def _advice(weight: Weight, limit: Limit, found: float) -> str:
    """Returns which settings save enough, beginning with the one that saves most."""
    if limit.measure is Measure.BUILD:
        return "let a workflow build the site that keeps .broadsheet/cache and site/ between runs"
    if limit.measure is Measure.FILE and (setting := kind_of(weight.largest[0]).setting):
        return f"{setting} saves it"
    if limit.measure in (Measure.FILE, Measure.FOLDER):
        return "no setting makes it smaller; choose another host"
    by_size = limit.measure is Measure.SITE
    savings = [
        (group.size if by_size else group.files, group)
        for group in weight.groups
        if group.kind.setting and (by_size or group.kind.saves_files)
    ]
    savings.sort(key=lambda saving: -saving[0])
    parts, left = [], found - limit.most
    for saved, group in savings:
        if left <= 0:
            break
        parts.append(f"{group.kind.setting} saves up to {_counted(group)}")
        left -= saved
    enough = "" if left <= 0 else ", which isn't enough: choose another host"
    return f"{'; '.join(parts)}{enough}" or "choose another host"


def _counted(group: Group) -> str:
    return f"{counted(group.files, 'file')} ({amount(Measure.SITE, group.size)})"


def amount(measure: Measure, number: float) -> str:
    """Returns an amount as people write it: "25.0 MB", "20,000 files" or "20 min"."""
    if measure in BYTES:
        return f"{number / 10**6:,.{0 if number >= 10**9 else 1}f} MB"
    if measure in SECONDS:
        return f"{number / 60:,.0f} min" if number >= 60 else f"{number:,.0f} s"
    return f"{number:,.0f}"

"""Settings of MkDocs and Material that have no effect here, or that name what doesn't exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from broadsheet.base.brand import BRAND_FILE
from broadsheet.base.errors import Problem, suggest, warning
from broadsheet.content.validation import key_path_text
from broadsheet.content.yaml_text import Lines
from broadsheet.content.yaml_text import Path as KeyPath
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.palette import CUSTOM, PLAIN, choice_of, colors_of, is_colored, own_brand
from broadsheet.site.project import Project, shown_path

# Features of Material that work here. It has others for its own header, menu and search.
FEATURES = frozenset({"content.action.edit", "content.code.annotate", "content.code.copy"})
# What Material uses without `theme.font`.
_DEFAULT_FONT = {"text": "Roboto", "code": "Roboto Mono"}

Warn = Callable[[KeyPath, str, str], Problem]


def appearance_problems(project: Project, config: MkDocsConfig) -> Iterator[Problem]:
    """Yields a warning for each setting of the design that doesn't do what its owner expects."""
    file = project.config_file
    # Tags such as !ENV and !!python/name are for MkDocs.
    line_of = Lines(file.read_text("utf-8", errors="replace").replace("!!python", "!python"))

    def warn(path: KeyPath, message: str, advice: str) -> Problem:
        return warning(shown_path(file), line_of(path), key_path_text(path), message, advice)

    yield from _palette_problems(config, warn)
    yield from _file_problems(config, warn)
    yield from _icon_problems(config, warn)
    yield from _useless_settings(config, warn)


def _palette_problems(config: MkDocsConfig, warn: Warn) -> Iterator[Problem]:
    choice, path = choice_of(config.theme.get("palette")), ("theme", "palette")
    if choice.scheme:
        advice = "remove it; readers choose light, dark, or the same as their system"
        yield warn((*path, "scheme"), "has no effect here", advice)
    own = own_brand(config)
    if own and any((*choice.primary, *choice.accent)):
        advice = f"remove it; the colors are in {shown_path(own)}"
        yield warn(path, f"has no effect with your own {BRAND_FILE}", advice)
    for key, names in (("primary", choice.primary), ("accent", choice.accent)):
        known = colors_of(config, key) if is_colored(config) else {}
        for name in sorted({name for name in names if name and name not in (*known, *PLAIN)}):
            if known and name == CUSTOM:
                advice = f"set `--md-{key}-fg-color: #rrggbb` on :root in a file of extra_css"
                yield warn((*path, key), "the color isn't set", advice)
            elif known:
                yield warn((*path, key), f"unknown color {name!r}", suggest(name, known))


def _file_problems(config: MkDocsConfig, warn: Warn) -> Iterator[Problem]:
    """Yields problems with files that don't exist."""
    named: list[tuple[KeyPath, Any]] = [
        (("theme", key), config.theme.get(key)) for key in ("logo", "favicon")
    ]
    named += [(("extra_css", n), name) for n, name in enumerate(config.extra_css)]
    named += [
        (("extra_javascript", n), str(name)) for n, name in enumerate(config.extra_javascript)
    ]
    for path, name in named:
        if not name:
            continue
        if urlsplit(str(name)).netloc:
            continue  # see `other_hosts`
        if not _exists(config, str(name)):
            advice = f"add it to {shown_path(Path(config.docs_dir))}, or correct its path"
            yield warn(path, f"there is no file {name}", advice)


def _exists(config: MkDocsConfig, name: str) -> bool:
    folders = (config.docs_dir, *config.theme.dirs, str(templates_folder() / "theme"))
    return any(Path(folder, name).is_file() for folder in folders)


def _icon_problems(config: MkDocsConfig, warn: Warn) -> Iterator[Problem]:
    icons = config.theme.get("icon") or {}
    logo = icons.get("logo") if isinstance(icons, dict) else None
    named: list[tuple[KeyPath, Any]] = [(("theme", "icon", "logo"), logo)] if logo else []
    for number, account in enumerate(config.extra.get("social") or ()):
        path: KeyPath = ("extra", "social", number)
        if not isinstance(account, dict) or not account.get("icon") or not account.get("link"):
            advice = "write `{icon: fontawesome/brands/github, link: https://…}`"
            yield warn(path, "must have an icon and a link", advice)
        else:
            named.append(((*path, "icon"), account["icon"]))
    for path, name in named:
        if not _exists(config, f".icons/{name}.svg"):
            yield warn(path, f"there is no icon {name}", "choose one of Material for MkDocs")


def _useless_settings(config: MkDocsConfig, warn: Warn) -> Iterator[Problem]:
    if config.extra.get("analytics"):
        advice = "remove it; the site doesn't track readers and asks no other host for anything"
        yield warn(("extra", "analytics"), "has no effect here", advice)
    if config.theme.get("font") and config.theme["font"] != _DEFAULT_FONT:
        advice = "remove it; the site has its own fonts, which brand.css can replace"
        yield warn(("theme", "font"), "has no effect here", advice)
    useless = [str(name) for name in config.theme.get("features") or () if name not in FEATURES]
    if useless:
        advice = "remove them; the site has its own header, menu and search"
        verb = "has" if len(useless) == 1 else "have"
        yield warn(("theme", "features"), f"{', '.join(useless)} {verb} no effect here", advice)

"""Whether the site's own words exist in the site's language."""

from __future__ import annotations

from collections.abc import Iterator

from broadsheet.base.catalogs import MESSAGES, catalog_names, read_catalog, untranslated
from broadsheet.base.errors import Problem, warning
from broadsheet.base.language import Language, language_of
from broadsheet.site.project import Project, shown_path


def language_problems(project: Project) -> Iterator[Problem]:
    """Warns about words of the site that stay English in another language."""
    language = language_of(project.language)
    missing = () if language.is_english else untranslated(language.catalog)
    if missing:
        file = project.config_file
        lines = file.read_text("utf-8", errors="replace").splitlines()
        line = next((n for n, text in enumerate(lines, start=1) if "language:" in text), 0)
        yield warning(
            shown_path(file), line, "theme.language", _message(language, len(missing)), _advice()
        )


def _message(language: Language, missing: int) -> str:
    if not language.is_known:
        return f"unknown language {language.code!r}; the site's own words stay English"
    name = language.locale.get_display_name("en")
    if not language.catalog:
        return f"no translation into {name}; the site's own words stay English"
    total = len(read_catalog(MESSAGES))
    return f"{missing} of {total} messages have no {name} translation and stay English"


def _advice() -> str:
    names = ", ".join(name.replace("_", "-") for name in ("en", *catalog_names()))
    return f"languages with a translation: {names}"

"""Functions and filters by which Jinja templates print the site's own words.

The functions are `_`, `ngettext`, `counted` and the block `trans`. The filters are `day` (a date),
`number`, `commas` ("A, B, C"), `together` ("A, B and C") and `series` ("A; B; C"). `comma` is what
to print between members of a list that are more than text.

Messages may contain Markdown or HTML. The values in them are escaped like everything else that a
template prints.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import jinja2
from markupsafe import Markup

from broadsheet.base.language import Language
from broadsheet.base.markup import filled

I18N = "jinja2.ext.i18n"


def install_words(
    environment: jinja2.Environment, language: Language, escape: Callable[[object], Markup]
) -> None:
    """Adds the functions and filters to an environment.

    Args:
        environment: The environment.
        language: The language of the words.
        escape: Escapes values in messages. `Markup` isn't escaped.
    """

    @cache
    def fixed(message: str) -> Markup:
        return filled(language.message(message), {}, escape)

    def text(message: str, /, **values: object) -> Markup:
        return filled(language.message(message), values, escape) if values else fixed(message)

    def ngettext(one: str, many: str, number: int, /, **values: object) -> Markup:
        return filled(language.message_for(number, one, many), values, escape)

    def counted(number: int, one: str, many: str, /, **values: object) -> Markup:
        return ngettext(one, many, number, **{"number": language.number(number), **values})

    environment.add_extension(I18N)
    # Without this, Jinja would insert values into messages without escaping them.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.filters["day"] = lambda value: language.date(str(value))
    environment.filters["number"] = language.number
    environment.filters["together"] = language.listed
    environment.filters["commas"] = language.comma.join
    environment.filters["series"] = language.series
    environment.globals["comma"] = filled(language.comma, {})
    environment.globals.update(_=text, gettext=text, ngettext=ngettext, counted=counted)

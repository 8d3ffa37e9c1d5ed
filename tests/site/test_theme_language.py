"""The theme's words, and Material's own, are in the site's language."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from hostile import HOSTILE
from mkdocs.config import load_config
from shown import shown

from broadsheet.base.addresses import Site
from broadsheet.base.characters import without_harmful
from broadsheet.site.theme import brand_of, fill_theme, use_theme

TOY_SITE = Path(__file__).parents[1] / "toy_site"
IMPORT = '{% import "partials/language.html" as lang with context %}'


def said(language: str, template: str, **values: object) -> str:
    """Renders a template with the theme's environment in a language."""
    config = load_config(str(TOY_SITE / "mkdocs.yml"))
    config.theme["language"] = language
    use_theme(config)
    environment = config.theme.get_env()
    site = Site("https://toys.example/", "Toys", language=language, brand=brand_of(config))
    fill_theme(environment, site, config)
    return environment.from_string(template).render(config=config, **values)


@pytest.mark.parametrize(
    ("language", "tag", "unsubscribe", "header"),
    [
        ("en", "en", "Unsubscribe", "Header"),
        ("de", "de", "Abbestellen", "Kopfzeile"),
        ("de-AT", "de-AT", "Abbestellen", "Kopfzeile"),
        ("zh", "zh", "退订", "页眉"),
        ("zh-Hans", "zh-Hans", "退订", "页眉"),
        ("zh-CN", "zh-CN", "退订", "页眉"),
        ("zh-HK", "zh-HK", "Unsubscribe", "頁首"),
        ("ga", "ga", "Unsubscribe", "Header"),
        ("de_CH", "de-CH", "Abbestellen", "Kopfzeile"),
    ],
)
def test_a_language_has_the_nearest_words_of_ours_and_of_material(
    language: str, tag: str, unsubscribe: str, header: str
) -> None:
    template = IMPORT + '{{ _("Unsubscribe") }}|{{ lang.t("header") }}|{{ lang.t("language") }}'
    assert said(language, template) == f"{unsubscribe}|{header}|{tag}"


def test_a_language_that_nobody_knows_is_refused() -> None:
    with pytest.raises(jinja2.TemplateNotFound, match="no such language"):
        said("no such language", "")


def test_a_word_that_material_lacks_in_a_language_is_english() -> None:
    assert said("de", IMPORT + '{{ lang.t("no.such.word") }}') == "no.such.word"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_in_a_message_of_the_theme_is_only_text(hostile: str) -> None:
    page = shown(said("en", '<p>{{ _("<b>%(x)s</b>", x=value) }}</p>', value=hostile))
    assert page.tags == ["p", "b"]
    assert page.text == without_harmful(hostile)

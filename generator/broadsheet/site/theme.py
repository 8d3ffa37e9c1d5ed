"""The theme: its templates for MkDocs, and their words and colors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from broadsheet.base.addresses import Site
from broadsheet.base.brand import BRAND_FILE, Brand, Color, read_brand
from broadsheet.base.contrast import MORE, readable
from broadsheet.base.encoding import decode
from broadsheet.base.language import Language
from broadsheet.base.markup import escape
from broadsheet.base.template_words import install_words
from broadsheet.outputs.browser import start_path
from broadsheet.outputs.pages.kinds import KINDS
from broadsheet.outputs.security import POLICY
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.engine import ZENSICAL, current
from broadsheet.site.palette import is_colored, own_brand, with_palette
from broadsheet.site.project import Project, shown_path
from broadsheet.site.whitespace import without_indents
from broadsheet.site.zensical import generator, use_zensical_theme

# Files of the theme that are templates.
FILLED_IN = ("503.html", "manifest.webmanifest", "assets/broadsheet/broadsheet.css")
_OF_MATERIAL = ("assets/javascripts/", "assets/stylesheets/")
_MODERN = "assets/stylesheets/modern/"


def use_theme(config: MkDocsConfig) -> None:
    """Adds our theme after the project's own `custom_dir` and before Material."""
    theme = templates_folder() / "theme"
    if str(theme) not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme))
    if current() == ZENSICAL:
        use_zensical_theme(config)
    config.theme.static_templates.update(FILLED_IN)
    config.theme.static_templates.discard("sitemap.xml")  # ours has the days of papers


def is_needless(file: File, config: MkDocsConfig) -> bool:
    """Whether a file of a theme has no use in a site.

    Material's source maps, which only its developers need, are larger than all other assets. The
    modern form of Zensical's theme isn't that of our pages.
    """
    if file.src_dir == config.docs_dir:
        return False
    is_map = file.src_uri.startswith(_OF_MATERIAL) and file.src_uri.endswith(".map")
    # Without its template, MkDocs would copy the site map as it is, over ours.
    return is_map or file.src_uri == "sitemap.xml" or file.src_uri.startswith(_MODERN)


def fill_theme(
    env: jinja2.Environment, site: Site, config: MkDocsConfig, policy: str = POLICY
) -> None:
    """Gives the theme the site's colors and words, and Material its words in a similar language."""
    env.globals["palette"] = _palette(site.brand) if is_colored(config) else {}
    # Broadsheet has applied it, and Material would load another style sheet for it.
    config.theme["palette"] = None
    install_words(env, site.words, escape)
    env.globals["language_tag"] = site.words.tag
    env.globals["material_words"] = env.select_template(_material_words(site.words))
    env.filters["without_indents"] = without_indents
    env.globals["brand"] = site.brand
    env.globals["kinds"] = KINDS
    env.globals["policy"] = policy
    env.globals["start_path"] = start_path
    env.globals["engine"] = current().name
    if current() == ZENSICAL:
        env.globals["generator"] = generator()


def _palette(brand: Brand) -> Mapping[str, Mapping[str, Color]]:
    """Returns the colors of a palette, also for readers who prefer more contrast."""
    colors = {"accent": brand.accent, "link": brand.link}
    more = {
        name: Color(
            readable(color.light, (brand.paper.light,), MORE),
            readable(color.dark, (brand.paper.dark,), MORE),
        )
        for name, color in colors.items()
    }
    return {"colors": colors, "more": more}


def _material_words(language: Language) -> list[str]:
    """Returns Material's word files for a language, the best match first.

    An unknown language is probably a mistake, so it gets no words of another language.
    """
    locale = language.locale
    names = [language.code]
    if language.is_known:
        names += [f"{locale.language}-{locale.script}", locale.language, "en"]
    return [f"partials/languages/{name}.html" for name in names]


def brand_of(config: MkDocsConfig) -> Brand:
    """Returns the colors of the site.

    They come from brand.css in the project's `custom_dir`, or else from ours and `theme.palette`.

    Raises:
        BroadsheetError: A color in brand.css is missing or invalid.
    """
    own = own_brand(config)
    file = own or templates_folder() / "theme" / BRAND_FILE
    brand = read_brand(decode(file.read_bytes(), shown_path(file)), shown_path(file))
    return brand if own else with_palette(brand, config)


def watched(project: Project, config: MkDocsConfig) -> list[Path]:
    """Returns the folders to watch for changes."""
    own = config.theme.custom_dir
    folders = [project.content, templates_folder(), project.template_overrides, own and Path(own)]
    return [folder for folder in folders if folder and folder.is_dir()]

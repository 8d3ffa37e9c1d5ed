"""Settings that MkDocs users know work as they expect, or `check` says why they don't."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import build_site
from folders import write_files
from PIL import Image

from broadsheet.base.brand import BRAND_FILE, read_brand
from broadsheet.outputs.newsletter import newsletter_of
from broadsheet.outputs.newsletter.mail import html_of
from broadsheet.outputs.templates import templates_folder
from broadsheet.site.appearance import appearance_problems
from broadsheet.site.icons import colored
from broadsheet.site.loading import edition_of, load_project, site_of
from broadsheet.site.mkdocs_config import load_mkdocs
from broadsheet.site.project import find_project

DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>\n'
OWN = """\
# Own

!!! warning "Mind the gap"
    It is wide.

??? note "Folded"
    Text.[^1]

| a | b |
|---|---|
| 1 | 2 |

[^1]: A footnote.
"""
ICONS = templates_folder() / "theme" / "assets/broadsheet/icons"


def configured(site: Path, theme: dict[str, Any], **settings: Any) -> Path:
    file = site / "mkdocs.yml"
    config = yaml.safe_load(file.read_text("utf-8"))
    config["theme"] |= theme
    config["extra"] |= settings.pop("extra", {})
    config["nav"] += [{"Own": "own.md"}]
    file.write_text(yaml.safe_dump(config | settings), "utf-8")
    write_files(site, {"content/pages/own.md": OWN})
    return site


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory, with_fonts: Callable[[Path], Path]) -> Path:
    """A site with every setting of the theme that works."""
    site = Path(tmp_path_factory.mktemp("settings")) / "toys"
    shutil.copytree(Path(__file__).parents[1] / "toy_site", site)
    pages = {"own.css": "body { --mine: 1 }\n", "logo.svg": DOT, "fav.svg": DOT}
    write_files(site, {f"content/pages/{name}": text for name, text in pages.items()})
    configured(
        site,
        {
            "palette": [
                {
                    "scheme": "default",
                    "primary": "teal",
                    "accent": "indigo",
                    "toggle": {"icon": "a"},
                },
                {"scheme": "slate", "primary": "teal", "accent": "indigo", "toggle": {"icon": "b"}},
            ],
            "logo": "logo.svg",
            "favicon": "fav.svg",
            "font": {"text": "Lato"},
        },
        extra_css=["own.css"],
        copyright="Copyright &copy; Toys",
        markdown_extensions=["admonition", "footnotes", "tables", "pymdownx.details"],
        extra={
            "analytics": {"provider": "google", "property": "G-123", "feedback": {"title": "?"}},
            "social": [
                {
                    "icon": "fontawesome/brands/mastodon",
                    "link": "https://m.example/@a",
                    "name": "A&B",
                },
                {"icon": "material/email", "link": "mailto:a@b.example"},
            ],
        },
    )
    build_site(with_fonts(site))
    return site


def page(dressed: Path, name: str) -> str:
    return (dressed / "site" / name / "index.html").read_text("utf-8")


def test_logo_and_favicon_are_those_of_the_project(dressed: Path) -> None:
    for name, root in (("", ""), ("own", "../")):
        html = page(dressed, name)
        assert f'<link rel="icon" href="{root}fav.svg">' in html
        assert f'<img src="{root}logo.svg"' in html


def test_the_palette_is_in_styles_icons_cards_and_letters(dressed: Path) -> None:
    project = find_project(dressed / "mkdocs.yml")
    site = site_of(project, load_mkdocs(project, None))
    accent, link = site.brand.accent, site.brand.link
    before = read_brand((templates_folder() / "theme" / BRAND_FILE).read_text(), "").accent
    assert accent != before
    style = (dressed / "site/assets/broadsheet/broadsheet.css").read_text("utf-8")
    chosen = f"--bs-accent:light-dark({accent.light},{accent.dark})"
    assert style.index("--bs-accent:light-dark(") < style.index(chosen)
    assert f"--bs-link:light-dark({link.light},{link.dark})" in style
    icon = (dressed / "site/assets/broadsheet/icons/icon.svg").read_text("utf-8")
    assert f'fill="{accent.light}"' in icon
    assert before.light not in icon
    with Image.open(dressed / "site/assets/broadsheet/icons/icon-192.png") as picture:
        assert picture.convert("RGBA").getpixel((96, 4)) == (*rgb(accent.light), 255)
    with Image.open(io.BytesIO((dressed / "site/cards/site.png").read_bytes())) as card:
        assert rgb(accent.light) in {color for _, color in card.convert("RGB").getcolors() or ()}
    edition = edition_of(project, load_project(project), site)
    assert link.light in html_of(newsletter_of(edition.issues[0], edition))


def rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def test_styles_of_the_project_come_last(dressed: Path) -> None:
    found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page(dressed, ""))
    assert found[-1] == "own.css"
    assert not [name for name in found if "palette" in name]


def test_copyright_and_accounts_are_in_the_footer(dressed: Path) -> None:
    footer = page(dressed, "").partition("<footer")[2]
    assert "Copyright &copy; Toys" in footer
    assert 'href="https://m.example/@a"' in footer
    assert 'aria-label="A&amp;B"' in footer
    assert 'aria-label="a@b.example"' in footer
    assert footer.count("<svg") == 2


def test_no_other_host_is_asked_and_nobody_is_tracked(dressed: Path) -> None:
    for name in ("", "own"):
        html = page(dressed, name)
        asked = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(https?:[^"]+)"', html)
        assert [url for url in asked if not url.startswith("https://toys.example/")] == []
        assert not re.search(r"google|G-123|gtag|md-feedback", html)


def test_markdown_extensions_work_on_hand_written_pages(dressed: Path) -> None:
    html = page(dressed, "own")
    assert '<div class="admonition warning">' in html
    assert "<summary>Folded</summary>" in html
    assert 'class="footnote"' in html
    assert "<table>" in html
    assert "assets/broadsheet/handwritten.css" in html
    assert "assets/broadsheet/handwritten.css" not in page(dressed, "")


@pytest.mark.parametrize("icon", sorted(ICONS.glob("icon*")), ids=lambda path: path.name)
def test_every_icon_takes_another_color_and_keeps_white(icon: Path) -> None:
    before = read_brand((templates_folder() / "theme" / BRAND_FILE).read_text(), "").accent.light
    made = colored(icon.read_bytes(), before, "#00796b")
    if icon.suffix == ".svg":
        assert b"#00796b" in made
        return
    with Image.open(io.BytesIO(made)) as picture, Image.open(icon) as old:
        found, known = (sorted(p.convert("RGBA").getcolors(999) or ()) for p in (picture, old))
        assert [color for _, color in found[-2:]] == [(255, 255, 255, 255), (0, 0x79, 0x6B, 255)]
        assert [count for count, _ in found[-2:]] == [count for count, _ in known[-2:]]


@pytest.mark.parametrize(
    ("theme", "settings", "told"),
    [
        ({"palette": {"primary": "indgo"}}, {}, "palette.primary: unknown color 'indgo' (did you"),
        (
            {"palette": {"primary": "custom"}},
            {},
            "palette.primary: the color isn't set (set `",
        ),
        ({"palette": {"scheme": "slate"}}, {}, "theme.palette.scheme: has no effect here (remove"),
        ({"logo": "no.svg"}, {}, "theme.logo: there is no file no.svg (add it to "),
        ({"favicon": "no.svg"}, {}, "theme.favicon: there is no file no.svg"),
        ({"icon": {"logo": "a/b"}}, {}, "theme.icon.logo: there is no icon a/b"),
        ({"font": {"text": "Lato"}}, {}, "theme.font: has no effect here"),
        ({"features": ["toc.integrate"]}, {}, "theme.features: toc.integrate has no effect here"),
        ({}, {"extra_css": ["no.css"]}, "extra_css[0]: there is no file no.css"),
        ({}, {"extra": {"analytics": {"provider": "a"}}}, "extra.analytics: has no effect here ("),
        (
            {},
            {"extra": {"social": [{"link": "a"}]}},
            "extra.social[0]: must have an icon and a link",
        ),
        (
            {},
            {"extra": {"social": [{"link": "a", "icon": "no/icon"}]}},
            "extra.social[0].icon: there is no icon no/icon",
        ),
    ],
)
def test_settings_without_effect_are_told(
    toy_site: Path, theme: dict[str, Any], settings: dict[str, Any], told: str
) -> None:
    project = find_project(configured(toy_site, theme, **settings) / "mkdocs.yml")
    (problem,) = appearance_problems(project, load_mkdocs(project, None))
    assert told in str(problem)
    assert problem.line > 1


def test_a_brand_of_the_project_makes_a_palette_useless(toy_site: Path) -> None:
    sheet = (templates_folder() / "theme" / BRAND_FILE).read_text("utf-8")
    write_files(toy_site, {f"own/{BRAND_FILE}": sheet})
    theme = {"palette": {"primary": "indigo"}, "custom_dir": "own"}
    project = find_project(configured(toy_site, theme) / "mkdocs.yml")
    (problem,) = appearance_problems(project, load_mkdocs(project, None))
    assert "theme.palette: has no effect with your own assets/broadsheet/brand.css" in str(problem)


def test_settings_that_work_are_not_told(toy_site: Path) -> None:
    theme = {
        "palette": {"primary": "deep purple", "accent": "lime"},
        "icon": {"logo": "material/library"},
        "favicon": "assets/broadsheet/icons/icon.svg",
        "features": ["content.action.edit", "content.code.copy"],
    }
    project = find_project(configured(toy_site, theme) / "mkdocs.yml")
    assert list(appearance_problems(project, load_mkdocs(project, None))) == []

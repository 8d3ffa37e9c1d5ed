"""Pictures inside of style sheets become files, because the policy allows no `data:` URLs."""

from __future__ import annotations

from pathlib import Path

import lxml.etree

from broadsheet.site.pictures import without_pictures

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><path d='m1 1'/></svg>"


def test_a_picture_becomes_a_file_that_the_style_refers_to() -> None:
    encoded = SVG.decode().replace("<svg", "\\3c svg").replace("<path", "%3Cpath")
    css = f'a{{--b:url("data:image/svg+xml;charset=utf-8,{encoded}");c:d}}'
    found, files = without_pictures(css, "assets/stylesheets/main.css")
    [(path, content)] = files.items()
    assert content == SVG
    assert path.startswith("assets/pictures/")
    assert path.endswith(".svg")
    assert found == f'a{{--b:url("../pictures/{path.rpartition("/")[2]}");c:d}}'


def test_a_picture_of_bytes_becomes_a_file_too() -> None:
    css = "a{background:url(data:image/png;base64,iVBORw0K)}"
    found, files = without_pictures(css, "a.css")
    [(path, content)] = files.items()
    assert (content, path[-4:]) == (b"\x89PNG\r\n", ".png")
    assert found == f'a{{background:url("{path}")}}'


def test_all_else_stays() -> None:
    css = 'a{b:url("c.png")}d{e:url(data:font/woff2;base64,AAAA)}f{g:url(data:image/png;base64,A)}'
    assert without_pictures(css, "a.css") == (css, {})


def test_no_style_of_a_site_has_a_picture_inside(built: Path) -> None:
    pictures = list((built / "assets/pictures").glob("*.svg"))
    assert len(pictures) > 30
    assert all(lxml.etree.parse(path).getroot().tag.endswith("svg") for path in pictures)
    for path in built.rglob("*.css"):
        assert "data:" not in path.read_text("utf-8")

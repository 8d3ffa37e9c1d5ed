"""Settings and front matter are data: nothing in them runs, and nothing becomes markup."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build_site
from click.testing import CliRunner
from folders import write_files
from shown import shown

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.content.settings import read_settings
from broadsheet.site.project import find_project

NAME = '</title><script>alert(1)</script> R&D "x"'
TOY = (Path(__file__).parents[1] / "toy_site/mkdocs.yml").read_text("utf-8")


def _problems(folder: Path, settings: str, **files: str) -> list[str]:
    write_files(folder, {"mkdocs.yml": settings, **files})
    with pytest.raises(BroadsheetError) as caught:
        find_project(folder / "mkdocs.yml")
    shown_folder = f"{folder.as_posix()}/"
    return [str(problem).removeprefix(shown_folder) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.mkdir [ran]",
        "!!python/object/new:os.mkdir [ran]",
        "!!python/name:os.mkdir ''",
        "!!python/name:pymdownx_of_someone_else.run ''",
        "!!python/module:antigravity ''",
        "!!python/object:os.mkdir {}",
        "!!binary aGk=",
        "!anything x",
    ],
)
@pytest.mark.parametrize("place", ["site_author: {}", "extra: {{a: [{}]}}", "? {}\n: x"])
def test_a_tag_that_could_run_code_is_refused_before_it_runs(
    tag: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = f"site_name: A\n{place.format(tag)}\n"
    (problem, *_) = _problems(tmp_path, settings)
    assert problem.startswith("mkdocs.yml:2: "), problem
    assert "could run code" in problem or "a key must be text" in problem
    assert not (tmp_path / "ran").exists()
    result = CliRunner().invoke(main, ["check"])
    assert isinstance(result.exception, SystemExit)
    assert not (tmp_path / "ran").exists()


def test_the_tags_of_mkdocs_and_the_names_of_extensions_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE", "https://papers.example/")
    write_files(
        tmp_path,
        {
            "mkdocs.yml": (
                "site_name: !!str 2024\nsite_url: !ENV [SITE, 'https://x.example']\n"
                "markdown_extensions:\n  - pymdownx.superfences:\n      custom_fences:\n"
                "        - {name: mermaid, class: mermaid, "
                "format: !!python/name:pymdownx.superfences.fence_code_format }\n"
                "theme: &theme {name: material}\nextra: {again: *theme}\n"
            )
        },
    )
    assert find_project(tmp_path / "mkdocs.yml").language == "en"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("site_name: !!int abc\n", "mkdocs.yml:1: site_name: 'abc' isn't a valid int"),
        ("a: 1\ncopyright: 2024-13-01\n", "mkdocs.yml:2: copyright: '2024-13-01' isn't a valid"),
        ('a: 1\nsite_name: "x\\x07"\n', "mkdocs.yml:2: site_name: contains the control"),
        ("site_url: https://[::1\n", "mkdocs.yml:1: site_url: 'https://[::1' isn't an address"),
        ("site_url: https://me:pw@x.example/\n", "mkdocs.yml:1: site_url: the address has a user"),
        ("INHERIT: mkdocs.yml\n", "mkdocs.yml:1: INHERIT: mkdocs.yml leads back to this file"),
        ("INHERIT: no.yml\n", "mkdocs.yml:1: INHERIT: there is no file no.yml"),
        ("? [a]\n: b\n", "mkdocs.yml:1: ?: a key must be text"),
        ("- a\n", "mkdocs.yml:1: must be a mapping"),
        ("a: &x [*x]\n", "mkdocs.yml:1: a: aliases (*) repeat too much"),
        ("[" * 5000, "mkdocs.yml:1: invalid YAML: nested too deeply"),
        (
            "theme: {logo: 'javascript:x'}\n",
            "mkdocs.yml:1: theme.logo: 'javascript:x' isn't a safe",
        ),
        ("nav:\n- A: 'JAVA\tscript:x'\n", "mkdocs.yml:2: nav[0].A: 'JAVA\\tscript:x' isn't a"),
        ("extra: {footer: [{link: 'data:,x'}]}\n", "mkdocs.yml:1: extra.footer[0].link: 'data:,x'"),
        ("extra: {homepage: 'vbscript:x'}\n", "mkdocs.yml:1: extra.homepage: 'vbscript:x' isn't"),
        ("theme: {palette: {scheme: 'x\"y'}}\n", "mkdocs.yml:1: theme.palette.scheme: 'x\"y' has"),
        ("copyright: <script>x</script>\n", "mkdocs.yml:1: copyright: <script> isn't allowed"),
        ("copyright: <a onclick=x>x</a>\n", "mkdocs.yml:1: copyright: onclick isn't allowed"),
        ("copyright: <a href=javascript:x>x</a>\n", "mkdocs.yml:1: copyright: href isn't allowed"),
        ("copyright: x <img src=y\n", "mkdocs.yml:1: copyright: "),
    ],
)
def test_a_setting_that_breaks_or_runs_is_one_problem_with_its_line(
    settings: str, expected: str, tmp_path: Path
) -> None:
    (problem, *_) = _problems(tmp_path, settings)
    assert problem.startswith(expected), problem
    assert problem.isprintable()
    assert len(problem) < 400


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"newsletter": {"subscribe": "javascript:x"}},
            "newsletter.subscribe: 'javascript:x' isn't",
        ),
        ({"newsletter": {"subscribe": "https://a:b@x.y/"}}, "newsletter.subscribe: the URL has a"),
        ({"byline": "x" * 1001}, "byline: has 1,001 characters"),
        ({"byline": "\x07"}, "byline: contains the control character U+0007"),
    ],
)
def test_a_setting_that_may_be_empty_has_one_problem(
    settings: dict[str, object], expected: str, tmp_path: Path
) -> None:
    with pytest.raises(BroadsheetError) as caught:
        read_settings(settings, tmp_path / "mkdocs.yml")
    (problem,) = caught.value.problems
    assert f"mkdocs.yml: {expected}" in str(problem)
    assert read_settings({"byline": "", "newsletter": {"subscribe": ""}}, tmp_path).byline == ""


def test_a_growing_bomb_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]" for n in range(1, 12)]
    (problem,) = _problems(tmp_path, "\n".join(lines))
    assert "aliases (*) repeat too much" in problem


def test_files_that_inherit_from_each_other_are_refused(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, "INHERIT: b.yml\n", **{"b.yml": "INHERIT: mkdocs.yml\n"})
    assert problem.startswith("b.yml:1: INHERIT: mkdocs.yml leads back")


def test_an_inherited_file_is_read_as_safely(tmp_path: Path) -> None:
    inner = "site_author: !!python/name:os.system\n"
    (problem,) = _problems(tmp_path, "INHERIT: b.yml\n", **{"b.yml": inner})
    assert problem.startswith("b.yml:1: site_author: the tag !!python/name:os.system could run")


def test_a_pipe_in_the_place_of_settings_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mkdocs.yml")
    with pytest.raises(BroadsheetError, match="isn't a file"):
        find_project(tmp_path / "mkdocs.yml")


def test_settings_and_front_matter_are_text_on_every_page(
    toy_site: Path, with_fonts: Callable[[Path], Path]
) -> None:
    settings = TOY.replace("site_name: Toy Papers", f"site_name: '{NAME}'")
    settings = settings.replace(
        "site_description: Invented papers about boats, for tests.",
        "site_description: 'a \" onload=\"alert(2) <b>'\nsite_author: '\" onload=\"alert(3)'",
    )
    settings = settings.replace("  - Home:", "  - '<img src=x onerror=y>': own.md\n  - Home:")
    fields = {
        "title": "</title><script>alert(4)</script>",
        "description": '"><script>alert(5)</script>',
        "author": '"><script>alert(6)</script>',
        "kind": '"><script>alert(7)</script>',
        "tags": "['<script>alert(8)</script>']",
    }
    front = "\n".join(f"{k}: {v if v[0] == '[' else repr(v)}" for k, v in fields.items())
    pages = {
        "mkdocs.yml": settings,
        "content/pages/own.md": f"---\n{front}\n---\n\nText\n",
        "content/pages/heading.md": "# 1 < 2 & &lt;/title&gt;&lt;script&gt;\n\nText\n",
    }
    build_site(with_fonts(write_files(toy_site, pages)))
    site = toy_site / "site"
    checked = [path for path in sorted(site.rglob("*.html")) if not path.is_symlink()]
    assert len(checked) > 25
    for path in checked:
        found = shown(path.read_text("utf-8"))
        assert not [name for tag, names in found.elements for name in names if name[:2] == "on"]
        inline = [names for tag, names in found.elements if tag == "script" and "src" not in names]
        assert all(names.get("type") == "application/ld+json" for names in inline), path
        assert "img" not in found.tags or "<img src=x" not in path.read_text("utf-8")
    heading = (site / "heading/index.html").read_text("utf-8")
    assert "<title>1 &lt; 2 &amp; &lt;/title&gt;&lt;script&gt; - &lt;/title&gt;" in heading
    assert 'property="og:title" content="1 &lt; 2 &amp; &lt;/title&gt;&lt;script&gt;"' in heading
    own = (site / "own/index.html").read_text("utf-8")
    assert "R&amp;D &quot;x&quot;</title>" in own
    assert "R&amp;amp;D" not in own

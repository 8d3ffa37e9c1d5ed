"""Programs that read BibTeX find in it what we wrote, whatever titles, names and venues contain."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path

import pybtex.database
import pybtex.errors
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import example, given
from hypothesis import strategies as st
from toy import EDITION, SITE

from broadsheet.citations.bibtex import bibtex_of
from broadsheet.citations.csl import csl_of
from broadsheet.content.model import Links, Paper
from broadsheet.outputs.citation_files import citation_text

CITATIONS = EDITION.citations
ALL_BIBTEX = citation_text(list(CITATIONS.values()), "bibtex")

pytestmark = pytest.mark.filterwarnings("always:.* isn't installed")

# Texts that end a field or an entry early, begin another, or hide what follows.
FORGERIES = (
    'a}, note = "PWNED"',
    "a}, note = {PWNED",
    'a", note = "PWNED',
    "a}} @misc{forged, title = {PWNED}}",
    "}{",
    "{",
    "}",
    "{{{",
    "}}}",
    "\\",
    "a \\",
    "\\}",
    "\\{ a",
    "$\\{$",
    "$a}$ b $\\left\\{ x \\right.$",
    "$\\\\}$",
    "{Ada} and {Bob",
    "Ada AND Bob",
    "Smith AND Jones, Ada",
    "and, others",
    "@comment{x}",
    "@string{jan = {PWNED}}",
    "% a",
    "a # jan",
    "Ada, Berg, Cy, Dora",
    "{a} b} c",
    "A{B}C-D{E",
)
_SIGNS = st.text(st.sampled_from('{}\\"$%#,=@&~^_ aA1-andAND'), min_size=1, max_size=30)
_TEXTS = st.sampled_from(FORGERIES) | _SIGNS | st.text(min_size=1, max_size=30)
TEXTS = _TEXTS.filter(lambda text: text.isprintable() and bool(text.strip()))
URLS = st.sampled_from(["https://a.example/x}{", "https://a.example/?a=%7D&b=#c\\", None])


def _paper(title: str, author: str, venue: str | None = None, pdf: str | None = None) -> Paper:
    return Paper(slug="a", title=title, authors=(author, "Bob"), venue=venue, links=Links(pdf=pdf))


def _fields(paper: Paper) -> set[str]:
    venue = {"booktitle", "journal", "volume", "number", "pages", "year"}
    return {"title", "author", "url", *(venue if paper.venue else ())}


def _braces_end_where_fields_end(text: str) -> bool:
    """Counts braces as BibTeX and biber do it: a backslash before a brace changes nothing."""
    for line in text.splitlines()[1:-1]:
        depth = 0
        value = line.partition(" = ")[2].removesuffix(",")
        for place, sign in enumerate(value):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth < 0 or (depth == 0 and sign == "}" and place < len(value) - 1):
                return False
        if depth:
            return False
    return True


def test_bibtexparser_and_pybtex_read_every_entry_and_agree() -> None:
    library = parse_string(ALL_BIBTEX)
    assert not library.failed_blocks
    read = pybtex.database.parse_string(ALL_BIBTEX, "bibtex")
    keys = {citation.key for citation in CITATIONS.values()}
    assert {entry.key for entry in library.entries} == set(read.entries) == keys


@given(TEXTS, TEXTS, st.none() | TEXTS, URLS)
@example(title="0", author=",", venue=None, pdf=None)
@example(title="0", author=", ,Jr.,", venue=None, pdf=None)
@example(title='a}, note = "PWNED"', author="}", venue="{", pdf=None)
def test_no_text_breaks_an_entry_or_adds_a_field(
    title: str, author: str, venue: str | None, pdf: str | None
) -> None:
    paper = _paper(title, author, venue, pdf)
    text = bibtex_of(csl_of(paper, "key", SITE))
    assert _braces_end_where_fields_end(text), text
    library = parse_string(text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["key"]
    assert set(library.entries[0].fields_dict) <= _fields(paper)
    with pybtex.errors.capture() as found:
        read = pybtex.database.parse_string(text, "bibtex")
    assert not found
    assert list(read.entries) == ["key"]
    assert {*read.entries["key"].fields, *read.entries["key"].persons} <= _fields(paper)
    assert len(read.entries["key"].persons["author"]) == 2


def _odd_entries() -> str:
    """The toy papers, and papers with every forgery in every field, and with random signs."""
    chance = random.Random(1)
    signs = ["".join(chance.choices('{}\\"$%#,=@&~^_ aA1-', k=20)).strip() for _ in range(300)]
    texts = [*FORGERIES, *filter(None, signs)]
    papers = (_paper(text, text, text) for text in texts)
    entries = (bibtex_of(csl_of(paper, f"key-{n}", SITE)) for n, paper in enumerate(papers))
    return "\n".join([ALL_BIBTEX, *entries])


def _run(program: str, arguments: Sequence[str], folder: Path) -> str:
    """Runs a program, or skips the test and says so in the summary of warnings."""
    if not shutil.which(program):
        warnings.warn(f"{program} isn't installed, so nothing shows that it reads", stacklevel=2)
        pytest.skip(f"{program} is not installed")
    run = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False)
    return run.stdout.decode(errors="replace")


def test_bibtex_finds_no_error(tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_text(_odd_entries(), encoding="utf-8")
    (tmp_path / "all.aux").write_text("\\citation{*}\n\\bibdata{all}\n\\bibstyle{plain}\n")
    said = _run("bibtex", ["-terse", "all"], tmp_path)
    # Only what is missing may be missed: years, for example.
    assert not [line for line in said.splitlines() if line[:1] != "-" and "arning" not in line]
    assert (tmp_path / "all.bbl").is_file()


def test_biber_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_text(_odd_entries(), encoding="utf-8")
    said = _run("biber", ["--tool", "--output-file", "out.bib", "all.bib"], tmp_path)
    assert not [line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]
    written = (tmp_path / "out.bib").read_text("utf-8").lower()
    assert not re.findall(r"^\s*note\s*=", written, re.MULTILINE)


@pytest.mark.slow
def test_bibers_data_model_has_every_field(tmp_path: Path) -> None:
    # Some papers have no year, though biber's data model requires one.
    whole = [c for c in CITATIONS.values() if "issued" in c.csl]
    assert any("author" not in citation.csl for citation in whole)
    (tmp_path / "all.bib").write_text(citation_text(whole, "bibtex"), encoding="utf-8")
    options = ["--tool", "--validate-datamodel", "--output-file", "out.bib", "all.bib"]
    said = _run("biber", options, tmp_path)
    assert not [line for line in said.splitlines() if line.startswith(("WARN", "ERROR"))]

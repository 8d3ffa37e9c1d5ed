"""The words of a newsletter in the settings, its list headers, and who must not get it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from folders import write_files
from toy import EDITION, ISSUES

from broadsheet.base.errors import BroadsheetError
from broadsheet.cli import main
from broadsheet.content.settings import LetterSettings, Settings, read_settings
from broadsheet.outputs.newsletter import Newsletter, newsletter_of
from broadsheet.outputs.newsletter.mail import Sender, html_of, message, text_of
from broadsheet.outputs.newsletter.settings import sender_of

PEOPLE = "people.txt"


def _newsletter(**words: str) -> Newsletter:
    settings = EDITION.settings.model_copy(update={"newsletter": LetterSettings(**words)})
    return newsletter_of(ISSUES[0], replace(EDITION, settings=settings))


def test_the_subject_sender_and_footer_are_the_owners() -> None:
    letter = _newsletter(
        subject="{site} {week}: {count} papers",
        sender="The {digest} team",
        footer="You asked for **{site}**, {dates}. [Write us](https://papers.example/us).",
    )
    mail = message(letter, Sender("digest@papers.example"))
    count = len(ISSUES[0].entries())
    assert mail["Subject"] == f"Toy Papers {ISSUES[0].week}: {count} papers"
    assert str(mail["From"]).startswith(f"The {EDITION.digest_name(ISSUES[0])} team <")
    assert "<strong>Toy Papers</strong>" in html_of(letter)
    assert 'href="https://papers.example/us"' in html_of(letter)
    assert "You asked for Toy Papers" in text_of(letter)


def test_without_settings_the_subject_is_the_title() -> None:
    mail = message(_newsletter(), Sender("digest@papers.example"))
    assert (mail["Subject"], str(mail["From"]).partition(" <")[0]) == (
        ISSUES[0].title,
        "Toy Papers",
    )


def test_markup_in_a_title_stays_text_in_the_footer() -> None:
    letter = newsletter_of(
        ISSUES[0].model_copy(update={"title": "<script>x</script>"}),
        replace(EDITION, settings=Settings(newsletter=LetterSettings(footer="{title}"))),
    )
    assert "<script>x" not in html_of(letter)


@pytest.mark.parametrize("words", ["{name}", "{title.__class__}", "{title[0]}", "{}", "{title"])
def test_an_unknown_placeholder_is_named_with_its_line(words: str, tmp_path: Path) -> None:
    config = f"extra:\n  broadsheet:\n    newsletter:\n      subject: '{words}'\n"
    file = write_files(tmp_path, {"mkdocs.yml": config}) / "mkdocs.yml"
    with pytest.raises(BroadsheetError) as caught:
        read_settings({"newsletter": {"subject": words}}, file)
    (problem,) = caught.value.problems
    assert (problem.line, problem.field) == (4, "newsletter.subject")


def test_braces_can_be_written() -> None:
    assert _newsletter(subject="{{x}}").subject == "{x}"


def test_mail_programs_learn_how_to_unsubscribe() -> None:
    sender = sender_of(
        {
            "BROADSHEET_MAIL_FROM": "digest@papers.example",
            "BROADSHEET_MAIL_UNSUBSCRIBE": "https://papers.example/leave mailto:leave@p.example",
            "BROADSHEET_MAIL_ONE_CLICK": "yes",
        }
    )
    mail = message(_newsletter(), sender, "ada@example.org")
    assert mail["List-ID"] == f"<{ISSUES[0].digest}.papers.example>"
    urls = "<https://papers.example/leave>, <mailto:leave@p.example>"
    assert mail["List-Unsubscribe"] == urls
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_needs_an_address_on_the_web() -> None:
    variables = {
        "BROADSHEET_MAIL_FROM": "digest@papers.example",
        "BROADSHEET_MAIL_UNSUBSCRIBE": "mailto:leave@papers.example",
        "BROADSHEET_MAIL_ONE_CLICK": "yes",
    }
    with pytest.raises(BroadsheetError, match="needs an https URL to unsubscribe"):
        sender_of(variables)
    with pytest.raises(BroadsheetError, match="neither yes nor no"):
        sender_of({**variables, "BROADSHEET_MAIL_ONE_CLICK": "maybe"})


def _send(project: Path, *options: str) -> Result:
    environment = {
        "BROADSHEET_SMTP_HOST": "localhost",
        "BROADSHEET_SMTP_PORT": "1",
        "BROADSHEET_SMTP_TLS": "none",
        "BROADSHEET_MAIL_FROM": "digest@papers.example",
    }
    to = ["--send", "--yes", "--to", str(project / PEOPLE), *options]
    week = next((project / "content/digests").glob("*/*.yml")).stem
    config = ["-f", str(project / "mkdocs.yml")]
    return CliRunner(env=environment).invoke(main, ["newsletter", week, *to, *config])


@pytest.fixture
def project(toy_site: Path, tmp_path: Path) -> Path:
    """A copy of the toy site with a file of recipients."""
    (tmp_path / "content").symlink_to(toy_site / "content")
    config = (toy_site / "mkdocs.yml").read_text()
    return write_files(
        tmp_path, {"mkdocs.yml": config, "docs/.gitkeep": "", PEOPLE: "ada@example.org\n"}
    )


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def test_recipients_that_git_would_commit_get_nothing(project: Path) -> None:
    _git(project, "init", "--quiet")
    assert "has readers' addresses, and Git doesn't ignore it (add it" in _send(project).stderr
    _git(project, "add", PEOPLE)
    told = _send(project).stderr
    assert "has readers' addresses and is in the Git repository (run `git rm --cached" in told
    _git(project, "rm", "--quiet", "--cached", PEOPLE)
    write_files(project, {".gitignore": f"/{PEOPLE}\n"})
    assert "can't connect to localhost:1" in _send(project).stderr


def test_recipients_outside_of_a_repository_are_nobody_elses_business(project: Path) -> None:
    assert "can't connect to localhost:1" in _send(project).stderr


def test_a_letter_without_a_way_to_unsubscribe_is_a_warning(project: Path) -> None:
    told = _send(project).stderr
    assert "warning: environment: BROADSHEET_MAIL_UNSUBSCRIBE: isn't set" in told


def test_letters_do_not_link_to_this_machine(project: Path) -> None:
    config = (project / "mkdocs.yml").read_text()
    url = next(line for line in config.splitlines() if line.startswith("site_url:"))
    (project / "mkdocs.yml").write_text(config.replace(url, "site_url: http://127.0.0.1:8000/"))
    told = _send(project).stderr
    assert "site_url: letters would link to http://127.0.0.1:8000/, which only works on" in told
    assert "can't connect" in _send(project, "--dry-run").stderr

"""Creating a new site from the templates in ``site_templates/new``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.files import replace_file
from broadsheet.base.identifiers import slug_of
from broadsheet.content.migrate import format_file
from broadsheet.content.save import SCHEMA_FOLDER
from broadsheet.content.schema import KINDS, schema_files
from broadsheet.outputs.templates import templates_folder
from broadsheet.site import hosts
from broadsheet.site.project import CONFIG_FILE, shown_path

# Where a site can be published, and how the addresses of sites there end.
HOSTS = {**{name: host.ending for name, host in hosts.HOSTS.items()}, "container": "", "none": ""}
# The repositories of these are often on GitHub, which can then look for new papers every week.
_WEEKLY = ("github", "netlify", "cloudflare", "container")


@dataclass(frozen=True)
class NewSite:
    """What the owner of a new site chooses.

    Attributes:
        name: The name of the site.
        url: Its URL, which ends with "/", or "" if it isn't known yet.
        host: Where it will be published, one of `HOSTS`.
        sample: Whether it starts with sample content.
    """

    name: str
    url: str = ""
    host: str = "github"
    sample: bool = True


def name_for(folder: Path) -> str:
    """Returns a name for the site in a folder: "My digest" for my-digest."""
    words = re.sub(r"[-_\s]+", " ", folder.name).strip()
    return words[:1].upper() + words[1:] if words else "Papers of the week"


def host_for(url: str) -> str:
    """Returns the host that a URL belongs to, or else GitHub, which most people use."""
    found = urlsplit(url).hostname or ""
    return next(
        (host for host, ending in HOSTS.items() if ending and found.endswith(ending)), "github"
    )


def valid_name(text: str) -> str:
    """Returns the name of a site without needless spaces.

    Raises:
        ValueError: It's empty or has control characters.
    """
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise ValueError(f"{text!r} isn't a name; write some words, such as Papers of the week")
    return name


def valid_url(text: str) -> str:
    """Returns the URL of a site with "/" at its end, or "" for no URL.

    Raises:
        ValueError: It isn't the URL of a site.
    """
    text = text.strip()
    if not text:
        return ""
    parts = urlsplit(text)
    plain = re.fullmatch(r"[\w.:/%~-]+", text, re.ASCII) and ".." not in text
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(
            f"{text!r} isn't the URL of a site; write one like https://you.github.io/my-digest/"
        )
    return text.rstrip("/") + "/"


def new_project(folder: Path, site: NewSite) -> Iterator[Path]:
    """Writes the files of a new site, except those that exist, and yields their paths.

    If the folder has content already, the new site gets no sample content.

    Raises:
        BroadsheetError: The folder already has a site.
    """
    if (folder / CONFIG_FILE).exists():
        place = shown_path(folder / CONFIG_FILE)
        raise BroadsheetError(Problem(place, 0, "", "already exists", "choose another folder"))
    for name, content in files_of(site, is_sample=site.sample and not _has_files(folder)).items():
        path = folder / name
        if not path.exists():
            replace_file(path, content)
            yield path


def _has_files(folder: Path) -> bool:
    return any(path.is_file() for path in (folder / "content").rglob("*"))


def files_of(site: NewSite, *, is_sample: bool) -> dict[str, bytes]:
    """Returns the files of a new site by their paths in its folder."""
    environment = _environment()
    words = _words(site, is_sample)
    parts = (
        "site",
        "sample" if is_sample else "bare",
        *([site.host] if site.host != "none" else ()),
        *(["weekly"] if site.host in _WEEKLY else ()),
    )
    made = {
        _path_in_site(name, part): environment.get_template(name).render(words).encode()
        for part in parts
        for name in environment.list_templates()
        if name.startswith(f"{part}/")
    }
    schemas = {f"{SCHEMA_FOLDER}/{name}": content for name, content in schema_files().items()}
    content = {f"content/{name}": text.encode() for name, text in format_file().items()}
    return made | schemas | content


def _path_in_site(name: str, part: str) -> str:
    """Returns the path of a file in a site. In the templates, "_" stands for the dot in front."""
    return re.sub(r"(^|/)_", r"\1.", name.removeprefix(f"{part}/"))


def _environment() -> jinja2.Environment:
    """Returns an environment whose marks don't collide with those of workflows."""
    environment = jinja2.Environment(  # noqa: S701 - the files aren't HTML
        loader=jinja2.FileSystemLoader(templates_folder() / "new", encoding="utf-8"),
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    # A JSON text is a YAML and a TOML text, too.
    environment.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    return environment


def _words(site: NewSite, is_sample: bool) -> Mapping[str, Any]:
    repository = _repository(site.url)
    return {
        "name": site.name,
        "url": site.url,
        "host": site.host,
        "sample": is_sample,
        "repository": repository,
        "edit_path": "-/edit/main/" if "gitlab" in repository else "edit/main/",
        "project": _project(site),
        "kinds": KINDS,
        "requirement": requirement(),
        "versions": {name: version(name) for name in ("broadsheet", "mkdocs", "mkdocs-material")},
    }


def _repository(url: str) -> str:
    """Returns the repository that a site on GitHub or GitLab is published from, or ""."""
    parts = urlsplit(url)
    found = re.fullmatch(r"([\w-]+)\.(github|gitlab)\.io", parts.hostname or "")
    project = parts.path.strip("/")
    if not found or "/" in project:
        return ""
    return f"https://{found[2]}.com/{found[1]}/{project or parts.hostname}"


def _project(site: NewSite) -> str:
    host = urlsplit(site.url).hostname or ""
    ending = HOSTS["cloudflare"]
    return host.removesuffix(ending) if host.endswith(ending) else slug_of(site.name, "my-digest")


@dataclass(frozen=True)
class Requirement:
    """How to install this version of Broadsheet.

    Attributes:
        line: The line for requirements.txt.
        is_public: Whether another computer can install it, as far as known.
    """

    line: str
    is_public: bool


def requirement() -> Requirement:
    """Returns how to install this version of Broadsheet, from where it was installed from."""
    found = distribution("broadsheet")
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    url, vcs = str(origin.get("url", "")), origin.get("vcs_info", {})
    if vcs:
        line = f"broadsheet[all] @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
        return Requirement(line, is_public=not url.startswith("file:"))
    if url.startswith("https:"):
        return Requirement(f"broadsheet[all] @ {url}", is_public=True)
    return Requirement(f"broadsheet[all]=={found.version}", is_public=not url)

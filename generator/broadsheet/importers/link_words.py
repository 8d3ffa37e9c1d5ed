"""What the links of a paper are, by their words and addresses."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import TypeAdapter, ValidationError

from broadsheet.base.identifiers import fold, parse_arxiv, parse_doi
from broadsheet.content.fields import Url

PAPER = "paper"
# What the words don't tell.
LINK = "link"
# What papers need no link for.
NOTHING = "bibtex"
# The words of links by what they lead to: the paper itself, a name of `model.Links`, or something
# else that people link to.
_MEANINGS = {
    PAPER: "paper papers arxiv abs abstract html doi preprint openreview article paperlink acl "
    "biorxiv alphaxiv papier artikel articulo 论文 原文",
    LINK: "url link links here read this source 链接",
    "pdf": "pdf",
    "code": "code codes github git repo repos repository implementation gitlab sourcecode 代码",
    "project": "project projectpage website webpage homepage site page web 项目 主页",
    "data": "data dataset datasets benchmark corpus 数据 数据集",
    "demo": "demo demos colab space spaces playground notebook app 演示",
    "video": "video videos talk youtube recording presentation 视频",
    "tweet": "tweet tweets twitter x thread",
    "blog": "blog blogpost post announcement 博客",
    "slides": "slides slide",
    "model": "model models weights checkpoint checkpoints",
    "poster": "poster",
    "review": "review reviews",
    "notes": "notes note summary explained",
    NOTHING: "bib bibtex cite citation",
}
_WORDS = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}
_FILLERS = frozenset(
    (
        *("the", "a", "our", "on", "at", "of", "and", "to", "in", "for", "more", "full", "text"),
        *("official", "unofficial", "original", "version", "hugging", "face", "huggingface", "ai"),
        *("pytorch", "tensorflow", "tf", "jax", "arxiv"),
    )
)
LINK_NAMES = ("code", "project", "pdf", "data", "demo", "video")
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 4
_ID = re.compile(r"(?:arxiv\s*[:\s]\s*)?(?:\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7})", re.IGNORECASE)

_HOSTS = {
    "github.com": "code",
    "gitlab.com": "code",
    "bitbucket.org": "code",
    "youtube.com": "video",
    "youtu.be": "video",
    "vimeo.com": "video",
    "twitter.com": "tweet",
    "x.com": "tweet",
    "colab.research.google.com": "demo",
}
_HUGGING_FACE = (("/datasets/", "data"), ("/spaces/", "demo"), ("/papers/", PAPER))
_PAPER_HOSTS = re.compile(
    r"(?:^|\.)(?:arxiv\.org|alphaxiv\.org|doi\.org|openreview\.net|aclanthology\.org|aclweb\.org|"
    r"biorxiv\.org|medrxiv\.org|chemrxiv\.org|ssrn\.com|semanticscholar\.org|acm\.org|"
    r"ieeexplore\.ieee\.org|nature\.com|science\.org|sciencedirect\.com|link\.springer\.com|"
    r"onlinelibrary\.wiley\.com|academic\.oup\.com|pnas\.org|jmlr\.org|mlr\.press|nips\.cc|"
    r"neurips\.cc|openaccess\.thecvf\.com|ecva\.net|ijcai\.org|aaai\.org|isca-speech\.org|"
    r"usenix\.org|vldb\.org|hal\.science|eprint\.iacr\.org|plos\.org|frontiersin\.org|mdpi\.com|"
    r"cell\.com|ncbi\.nlm\.nih\.gov|europepmc\.org|paperswithcode\.com)$"
)
_DOI_IN_PATH = re.compile(
    r"/(?:doi|abs|full|article|chapter)/(?:abs/|full/|pdf/|epdf/)?(10\.\d{4,9}/[^?#\s]+)"
)
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|papers|overview|forum)/([^?#]+)")
# Where newsletters count clicks, an address inside of an address is the target.
_TARGET_KEYS = ("url", "u", "target", "redirect", "redirect_to", "to", "link", "dest", "r", "q")
_SHARING = re.compile(r"/(?:intent|share|sharer|sharing|submit|save)\b", re.IGNORECASE)
_TRACKED = re.compile(
    r"^https?://[^/]*(?:substack\.com/redirect/|list-manage\.com/track/|sendgrid\.net/|"
    r"click\.|clicks\.|link\.mail\.|track\.|tracking\.|email\.)|/(?:ls|track|wf)/click",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"//[^/@\s]*@")
_url = TypeAdapter(Url)


def label_of(text: str) -> str:
    """Returns what the words of a link mean ("code" for "GitHub"), or "" if they're no label."""
    words = _WORD.findall(fold(text))
    if not words or len(words) > _MOST_WORDS:
        return PAPER if _ID.fullmatch(text.strip(" []()")) else ""
    meanings = [
        _WORDS[word] for word in words if word in _WORDS and word not in ("arxiv", "source")
    ]
    if all(word in _WORDS or word in _FILLERS for word in words):
        telling = [meaning for meaning in meanings if meaning != LINK]
        return next((m for m in telling if m != PAPER), (*telling, *meanings, PAPER)[0])
    return (
        PAPER if _ID.fullmatch(text.strip(" []()")) or ("arxiv" in words and len(words) < 3) else ""
    )


@lru_cache(maxsize=10_000)
def kind_of(url: str) -> str:
    """Returns what a URL leads to, judged by its host and path, or ""."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if arxiv_in(url) or doi_in(url):
        return PAPER
    if parts.path.lower().endswith(".pdf") or (host == "openreview.net" and parts.path == "/pdf"):
        return "pdf"
    if host == "huggingface.co":
        return next((kind for path, kind in _HUGGING_FACE if path in parts.path), "model")
    return _HOSTS.get(host) or (PAPER if _PAPER_HOSTS.search(host) else "")


def is_paper_url(url: str) -> bool:
    """Whether a URL leads to a paper."""
    cleaned = clean_url(url)
    return cleaned is not None and kind_of(cleaned) in (PAPER, "pdf")


def arxiv_in(url: str) -> str | None:
    """Returns the arXiv id in a URL."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("export.")
    if host not in (
        "arxiv.org",
        "alphaxiv.org",
        "huggingface.co",
        "ar5iv.org",
        "ar5iv.labs.arxiv.org",
    ):
        return None
    found = _ARXIV_PATH.match(parts.path)
    return parse_arxiv(found[1].strip("/").removesuffix(".pdf")) if found else None


def doi_in(url: str) -> str | None:
    """Returns the DOI in a URL of doi.org or of a publisher."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith("doi.org"):
        return parse_doi(unquote(parts.path).strip("/"))
    found = _DOI_IN_PATH.search(unquote(parts.path))
    return parse_doi(found[1].strip("/").removesuffix(".pdf")) if found else None


def clean_url(href: str) -> str | None:
    """Returns a valid URL, or None. Addresses inside of the site or page are none."""
    try:
        return _url.validate_python(href.replace(" ", "%20"))
    except ValidationError:
        return None


def without_password(text: str) -> str:
    """Returns a text with "…" instead of the user name and the password in an address."""
    return _PASSWORD.sub("//…@", text)


def scheme_of(href: str) -> str:
    """Returns the scheme of an address in lowercase, or "" if it has none."""
    found = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*)\s*:", href)
    return found[1].lower() if found else ""


def is_tracked(url: str) -> bool:
    """Whether a link leads to its target through a service that counts clicks."""
    return _TRACKED.search(url) is not None and target_of(url) == url


def target_of(url: str) -> str:
    """Returns the address that a tracking link leads to, if it's in its query, or else the link."""
    if "://" not in url[8:] and "%3a%2f%2f" not in url.lower():
        return url
    parts = urlsplit(url)
    if _SHARING.search(parts.path):
        return url
    for key, value in parse_qsl(parts.query):
        if key.lower() in _TARGET_KEYS and re.match(r"https?://\S", value):
            return clean_url(value) or url
    return url

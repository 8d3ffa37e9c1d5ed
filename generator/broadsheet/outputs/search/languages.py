"""How the words of a language become terms: its stop words, and a stemmer for Python and browser.

English has the stemmer of lunr.py, which the scripts have, too. For other languages, both run the
stemmers of lunr.js that Material for MkDocs ships: the browser as they are, Python with the extra
"languages", which is a JavaScript engine. So they can't disagree. Without the extra, and in
languages that have no stemmer, a word is found only as it is written. Chinese, Japanese and Korean
are cut into pairs of neighboring characters.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

# By the codes of lunr.js: languages whose stemmer runs in a module and needs no other.
STEMMED = frozenset(
    {"da", "de", "el", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr"}
)
WITHOUT_SPACES = frozenset({"ja", "ko", "zh"})
_AS_IN_LUNR = {"nb": "no", "nn": "no"}
# The little of lunr that its language files use.
_LUNR = "const lunr={Pipeline:{registerFunction(){}},generateStopWordFilter:(words)=>words};"


@dataclass(frozen=True)
class SearchLanguage:
    """How the words of a language become terms.

    Attributes:
        stem: Gives the stem of a word in lowercase.
        stop_words: Words that are too common to look up.
        keeps_accents: Whether the stemmer wants words with their accents.
        has_bigrams: Whether writing without spaces is cut into pairs of characters.
        script: The stemmer for the browser, a module with the function `stem`; "" where the
            scripts of search need none.
    """

    stem: Callable[[str], str]
    stop_words: frozenset[str] = frozenset()
    keeps_accents: bool = False
    has_bigrams: bool = False
    script: str = ""


ENGLISH = SearchLanguage(PorterStemmer().stem, frozenset(WORDS))
_CHARACTERS = SearchLanguage(ENGLISH.stem, ENGLISH.stop_words, has_bigrams=True)
_UNSTEMMED = SearchLanguage(str)


def can_stem() -> bool:
    """Whether the extra "languages" is installed."""
    return importlib.util.find_spec("quickjs") is not None


def needs_extra(code: str) -> bool:
    """Whether search in a language would be better with the extra "languages"."""
    return _name(code) in STEMMED and not can_stem()


@cache
def search_language(code: str) -> SearchLanguage:
    """Returns the analysis for a language tag such as "de", "pt-BR" or "zh-Hant"."""
    name = _name(code)
    if name == "en":
        return ENGLISH
    if name in WITHOUT_SPACES:
        return _CHARACTERS
    return _of_lunr(name) if name in STEMMED and can_stem() else _UNSTEMMED


def _name(code: str) -> str:
    name = code.replace("_", "-").split("-")[0].lower()
    return _AS_IN_LUNR.get(name, name)


def _of_lunr(name: str) -> SearchLanguage:
    import quickjs  # noqa: PLC0415 - an extra

    script = _LUNR + "".join(_as_function(_lunr_file(one)) for one in ("stemmer.support", name))
    engine = quickjs.Context()
    engine.eval(script)
    stop_words = engine.eval(f"lunr.{name}.stopWordFilter.join(' ')")
    module = f"{script}\nexport const stem=lunr.{name}.stemmer;\n"
    words = frozenset(str(stop_words).split())
    return SearchLanguage(engine.eval(f"lunr.{name}.stemmer"), words, True, script=module)


def _as_function(source: str) -> str:
    """A script that looks for lunr in `this`, made to run in a module, where `this` is nothing."""
    return f"(function(){{{source}\n}}).call({{lunr}});"


def _lunr_file(name: str) -> str:
    file = f"templates/assets/javascripts/lunr/min/lunr.{name}.min.js"
    return resources.files("material").joinpath(file).read_text("utf-8")

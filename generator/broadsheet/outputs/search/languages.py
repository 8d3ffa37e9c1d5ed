"""Languages of search: their stop words, and a stemmer for Python and the browser.

English uses the stemmer of lunr.py, which the scripts have, too. For other languages, both run the
stemmers of lunr.js that come with Material for MkDocs, so their results are the same. For Python,
that needs a JavaScript engine (extra "languages"). Without it, and for languages without a
stemmer, words are only found in the same form. Chinese, Japanese and Korean are split into pairs
of adjacent characters.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import WORDS

from broadsheet.outputs.search.packing import content_hash

# Languages of lunr.js whose stemmer runs in a module and doesn't need other files.
STEMMED = frozenset(
    {"da", "de", "el", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv", "tr"}
)
WITHOUT_SPACES = frozenset({"ja", "ko", "zh"})
_AS_IN_LUNR = {"nb": "no", "nn": "no"}
# The parts of lunr that its language files use.
_LUNR = "const lunr={Pipeline:{registerFunction(){}},generateStopWordFilter:(words)=>words};"


@dataclass(frozen=True)
class SearchLanguage:
    """How to turn the words of a language into terms.

    Attributes:
        stem: Returns the stem of a word in lowercase.
        stop_words: Words that are too common to search for.
        keeps_accents: Whether the stemmer needs words with their accents.
        has_bigrams: Whether writing without spaces is split into pairs of characters.
        script: A module for the browser with the function `stem`, or "" if it needs none.
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
    """Returns whether the extra "languages" is installed."""
    return importlib.util.find_spec("quickjs") is not None


def needs_extra(code: str) -> bool:
    """Returns whether search would find more in a language with the extra "languages"."""
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
    """Wraps a script that expects lunr in `this`, so that it runs in a module."""
    return f"(function(){{{source}\n}}).call({{lunr}});"


def _lunr_file(name: str) -> str:
    file = f"templates/assets/javascripts/lunr/min/lunr.{name}.min.js"
    return resources.files("material").joinpath(file).read_text("utf-8")


def language_of_script(
    stemmer: str, stop_words: frozenset[str], *, keeps_accents: bool, has_bigrams: bool
) -> SearchLanguage:
    """Returns the analysis of an index that exists.

    Args:
        stemmer: Its `SearchAnalysis.stemmer`. If no language of this version has this stemmer, or
            the extra "languages" is missing, words are only found in the same form.
        stop_words: Its stop words.
        keeps_accents: Whether the stemmer needs words with their accents.
        has_bigrams: Whether writing without spaces is split into pairs of characters.
    """
    known = map(search_language, sorted(STEMMED)) if stemmer.endswith(".js") else iter(())
    same = (one for one in known if one.script and script_name(one.script) == stemmer)
    stem = ENGLISH.stem if stemmer == "english" else getattr(next(same, None), "stem", str)
    return SearchLanguage(stem, stop_words, keeps_accents, has_bigrams)


def script_name(script: str) -> str:
    """Returns the name of the file with a script."""
    return f"stemmer.{content_hash([script.encode()])}.js"

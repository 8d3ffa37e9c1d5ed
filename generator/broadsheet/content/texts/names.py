"""Names of models, datasets and methods in a text, and whether its sources know them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words of the field that need no source, and what everybody writes in capitals.
_COMMON = _listed(
    """
    AGI AI API APIs AUC CPU CPUs FLOP FLOPs GB GPU GPUs HTML ICL IT JSON KV LLM LLMs LM LMs MB ML
    MLLM MLLMs NLP NN OK OOD PDF PEFT PhD QA RAG RAM RL RLHF SFT SOTA SQL TB TPU TPUs UI UK US USA
    VLM VLMs VRAM XML English Internet Web GitHub arXiv Bayesian Gaussian Transformer Transformers
    """
)
# Names that look like any word at the start of a sentence. Others are known by their capitals.
_WORDLIKE = _listed(
    """
    Alpaca Bard Bert Bloom Cerebras Chinchilla Claude Codex Copilot Deepseek Dolly Falcon Flamingo
    Flan Galactica Gemini Gemma Gopher Grok Guanaco Jamba Jurassic Koala Lamda Llama Llava Mamba
    Megatron Minerva Mistral Mixtral Nemotron Olmo Orca Palm Phi Pythia Qwen Vicuna Yi Zephyr
    Wikipedia Reddit Twitter Kaggle OpenAI Google Meta Microsoft Nvidia Anthropic Baidu Alibaba
    """
)
_TOKEN = re.compile(r"[^\W_](?:[\w+&]|[.'’@-](?=\w))*")
_PARTS = re.compile(r"[\W_]+")
# "BERT-LoRA" may be two names, but the number in "GPT-4" and the size in "LLaMA-7B" belong to one.
_SEPARATOR = re.compile(r"[/&]|-(?!\d)|-(?=\d+(?:\.\d+)?[BM]\b)")
_START = re.compile(r"(?:^|[.!?:;]\s+|\n\s*(?:- )?|[“\"(]\s*)$")
_SMALL = _listed("a an and as at by for from in into of on or over the to via with without")
# Names that are shorter are parts of too many words.
_GLUED = 5
# Longer names than of so many words aren't looked up as a whole.
_LONGEST = 6


@dataclass(frozen=True)
class Name:
    """A name in a text, where it starts, and where it ends."""

    words: str
    start: int

    @property
    def end(self) -> int:
        """The place after the name."""
        return self.start + len(self.words)


def names_in(text: str, *, capitals_name: bool = True) -> Iterator[Name]:
    """Yields the names in a text.

    Args:
        text: The text, without markup.
        capitals_name: Whether a capital makes a name of a word within a sentence, as in English.
            Otherwise, only unusual ones do: those with digits or more capitals.
    """
    for match in _TOKEN.finditer(text):
        word = _trimmed(match[0])
        if not word or word in _COMMON or not any(c.isalpha() for c in word):
            continue
        starts = bool(_START.search(text, max(0, match.start() - 4), match.start()))
        if (
            _is_unusual(word)
            or word in _WORDLIKE
            or (capitals_name and word[0].isupper() and len(word) > 1 and not starts)
        ):
            version = re.match(r" \d+(?:\.\d+)?(?![\w,%.]|\s?%)", text[match.end() :])
            named = word + version[0] if version and word in _WORDLIKE else word
            yield Name(named, match.start())


def _trimmed(token: str) -> str:
    """Returns a token without its possessive ending and without plain words joined to it."""
    token = re.sub(r"['’]s?$", "", token)
    parts = token.split("-")
    while len(parts) > 1 and parts[-1].islower() and parts[-1].isalpha():
        parts.pop()
    while (
        len(parts) > 1 and parts[0].islower() and parts[0].isalpha() and not parts[1][0].isdigit()
    ):
        parts.pop(0)
    return "-".join(parts)


def _is_unusual(word: str) -> bool:
    """Whether a word is spelled as only names are: MMLU, RoBERTa, GPT-4, o1, text-davinci-003."""
    if len(word) < 2 or word[0].isdigit() or re.fullmatch(r"[A-Z]\.?s?", word):
        return False
    has_digit = any(c.isdigit() for c in word)
    return has_digit or any(c.isupper() for c in word[1:])


class KnownNames:
    """The words that the sources of a text use, alone and joined."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = [_words(text) for text in texts]
        self._words = {word for found in words for word in found}
        self._joined = {key for found in words for key in _runs(found)}
        self._initials = {
            key
            for found in words
            for key in (_initials(found), _initials([word for word in found if word not in _SMALL]))
        }

    def has(self, name: str) -> bool:
        """Whether the sources have a name, in whichever spelling."""
        if _is_acronym(name) and self._has_initials("".join(_words(name))):
            return True
        return self._has(name) or all(map(self._has, _SEPARATOR.split(name)))

    def _has(self, name: str) -> bool:
        words = _words(name)
        key = "".join(words)
        if not key or name in _COMMON:
            return True
        return any(found in self._joined for found in _spellings(key)) or self._is_glued(key)

    def _has_initials(self, key: str) -> bool:
        return any(key.removesuffix("s") in initials for initials in self._initials)

    def _is_glued(self, key: str) -> bool:
        """Whether a word of an abstract that lost spaces starts or ends with a name."""
        return len(key) >= _GLUED and any(
            word.startswith(key) or word.endswith(key) for word in self._words
        )


def _is_acronym(name: str) -> bool:
    return name.isupper() or name[:-1].isupper()


def _words(text: str) -> list[str]:
    """Returns the words of a text in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", re.sub(r"['’]s\b|[\\$*`{}]", "", text))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [word for word in _PARTS.split(plain.casefold()) if word]


def _runs(words: list[str]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(words) - length + 1):
            yield "".join(words[start : start + length])


def _spellings(key: str) -> tuple[str, ...]:
    return key, key + "s", key.removesuffix("s"), key.removesuffix("es")


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)

"""What the check of summaries finds, what it lets pass, and how people accept a finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import write_files

from broadsheet.content.load import load
from broadsheet.content.model import Paper
from broadsheet.content.texts import findings
from broadsheet.content.texts.problems import text_problems

ABSTRACT = """
We introduce RAFT-2, a 7 billion parameter model trained on 1,200,000 logs with Low-Rank Adaptation
of Rafts. It outperforms LLaMA-2-13B by 12.46% on three river benchmarks (GSM8K, MMLU, Rivers) and
halves the cost from 40 to 20 dollars, a 3.5\\times speedup. Code is open.
""".strip().replace("\n", " ")


def found(text: str, abstract: str | None = ABSTRACT, field: str = "summary") -> list[str]:
    """The words in question of all findings about a text, apart from its length."""
    facts = {
        "slug": "rafts",
        "title": "RAFT-2: Boats That Float on 16 Rivers",
        "authors": ("Ada McExample",),
        "published": "2024-03-18",
        "venue": "RiverConf 2025",
        "abstract": abstract,
    }
    paper = Paper.model_validate({**facts, field: text})
    return [finding.words for finding in findings(paper) if "words" not in finding.message]


@pytest.mark.parametrize(
    "text",
    [
        "The 7B model is trained on 1.2 million logs.",
        "Trained on 1.2M logs, the model has 7 billion parameters.",
        "On 3 benchmarks it is 12.5% better than LLaMA 2 13B.",
        "About 12% better; almost 1.2 million logs; nearly 40 dollars.",
        "It costs half as much: 50% of 40 dollars, and is 3.5x as fast.",
        "It runs on sixteen rivers, as McExample showed at RiverConf in 2024 and 2025.",
        "One of the two parts is open.",
        "LLMs and RAG need GPUs, says the RAFT-2-based model’s author.",
        "Rivers, GSM8K and MMLU; GSM-8K too.",
        "LLaMA-2 and RAFT2 compared; LLaMA2-13B loses.",
        "LRAR is how it adapts.",
        "Code for “Boats That Float on 16 Rivers” has RAFT-2: Boats That Float on 16 Rivers.",
        "It beats **LLaMA-2-13B** by `12.46%` on [three](https://example.org/99) benchmarks.",
    ],
)
def test_a_true_text_is_silent(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text, words",
    [
        ("The 8B model is small.", ["8B"]),
        ("The model has 70 billion parameters.", ["70 billion"]),
        ("Trained on 1.3 million logs.", ["1.3 million"]),
        ("It is 13.46% better.", ["13.46%"]),
        ("It is better on four benchmarks.", ["four"]),
        ("It costs a tenth of the price.", ["a tenth"]),
        ("It has nineteen logs and 2023 rivers.", ["nineteen", "2023"]),
        ("It beats LLaMA-3-13B.", ["LLaMA-3-13B"]),
        ("It beats GPT-4 on HumanEval.", ["GPT-4", "HumanEval"]),
        ("Mistral loses to Gemini.", ["Mistral", "Gemini"]),
        ("The boat of Archimedes floats.", ["Archimedes"]),
        ("XYZQ adapts it.", ["XYZQ"]),
        ("A novel boat that unlocks rivers.", ["novel", "unlocks"]),
        ("This paper presents a boat.", ["This paper presents"]),
        ("Boats float; we propose a boat.", ["we propose"]),
    ],
)
def test_a_false_or_empty_word_is_found(text: str, words: list[str]) -> None:
    assert sorted(found(text)) == sorted(words)


def test_both_texts_are_compared_with_the_abstract_and_not_with_each_other() -> None:
    text = "A boat with 99 logs beats GPT-4 on all of the rivers."
    paper = Paper(slug="rafts", tldr=text, summary=text * 3, abstract=ABSTRACT)
    named = {(finding.field, finding.words) for finding in findings(paper)}
    assert named >= {(f, w) for f in ("tldr", "summary") for w in ("99", "GPT-4")}


def test_a_copied_run_is_found_as_a_whole() -> None:
    copied = "on three river benchmarks (GSM8K, MMLU, Rivers) and halves the cost from 40 to 20"
    paper = Paper(slug="rafts", summary=f"Better {copied}, they say.", abstract=ABSTRACT)
    assert [f.words for f in findings(paper) if "copies" in f.message] == [copied]


def test_seven_copied_words_are_silent() -> None:
    paper = Paper(
        slug="rafts", summary="Boats halves the cost from 40 to 20 coins", abstract=ABSTRACT
    )
    assert [f for f in findings(paper) if "copies" in f.message] == []


def test_without_an_abstract_only_the_style_is_checked() -> None:
    assert found("A novel boat of 99 logs beats GPT-4.", abstract=None) == ["novel"]


@pytest.mark.parametrize(
    "field, words, message",
    [
        ("tldr", 4, "has only 4 words"),
        ("tldr", 36, "has 36 words"),
        ("summary", 24, "has only 24 words"),
        ("summary", 151, "has 151 words"),
    ],
)
def test_a_text_of_the_wrong_length_is_found(field: str, words: int, message: str) -> None:
    paper = Paper.model_validate({"slug": "rafts", field: "log " * words})
    assert [(f.field, f.words, f.message) for f in findings(paper)] == [(field, "", message)]


@pytest.mark.parametrize("field, words", [("tldr", 5), ("tldr", 35), ("summary", 150)])
def test_a_text_of_a_length_at_the_limit_is_silent(field: str, words: int) -> None:
    assert list(findings(Paper.model_validate({"slug": "rafts", field: "log " * words}))) == []


def test_two_chinese_characters_count_as_a_word() -> None:
    assert list(findings(Paper(slug="rafts", tldr="木筏在河上漂浮得很好"), english=False)) == []
    assert list(findings(Paper(slug="rafts", tldr="木筏"), english=False)) != []


@pytest.mark.parametrize(
    "tldr, silent",
    [
        ("Rafts made of logs for large rivers in the north.", False),
        ("Rafts made of logs beat the larger boats on rivers.", True),
        ("Rafts made of logs, 12.46% ahead on the rivers.", True),
    ],
)
def test_a_one_line_summary_needs_a_result_if_the_abstract_has_one(tldr: str, silent: bool) -> None:
    paper = Paper(slug="rafts", tldr=tldr, abstract=ABSTRACT)
    results = [f.message for f in findings(paper) if "result" in f.message]
    assert results == ([] if silent else ["tells no result, but the abstract has one"])
    without = Paper(slug="rafts", tldr=tldr, abstract="We describe rafts of logs.")
    assert [f for f in findings(without) if "result" in f.message] == []


def test_in_another_language_only_what_has_no_language_is_checked() -> None:
    text = "Das Floß aus Stämmen schlägt GPT-4 mit 99 % in den Flüssen des Nordens. " * 3
    paper = Paper(slug="rafts", summary=text, abstract=ABSTRACT)
    assert {f.words for f in findings(paper, english=False)} == {"99 %", "GPT-4"}


FILE = """\
title: Rafts
# A comment of somebody.
{above}tldr: A boat with 99 logs beats the larger GPT-4 on rivers.{beside}
summary: |{header}
  Boats float, and so do rafts that people build of logs when they want
  to cross a river. They carry 88 people, or even 77
  of them, if Mixtral is right about what is said
  of boats.
abstract: Boats beat ships by a lot.
"""


def problems(folder: Path, above: str = "", beside: str = "", header: str = "") -> dict[str, int]:
    """The lines of all problems, by the words in question."""
    text = FILE.format(above=above, beside=beside, header=header)
    write_files(folder, {"papers/rafts.yml": text})
    loaded = load(folder)
    assert not loaded.problems
    found = text_problems(loaded.corpus, folder, "content")
    return {f"{p.field} {p.message.split(chr(39))[1]}": p.line for p in found}


ALL = {
    "tldr 99": 3,
    "tldr GPT-4": 3,
    "summary 88": 6,
    "summary 77": 6,
    "summary Mixtral": 7,
}


def test_a_problem_names_the_line_of_its_words(tmp_path: Path) -> None:
    assert problems(tmp_path) == ALL


@pytest.mark.parametrize(
    "comment, left",
    [
        ("# ok: Ada asked the authors", []),
        ("# ok: see table 1 on page 12", []),
        ("# OK : the paper says so", []),
        ("# ok so far the paper says so", ["99", "GPT-4"]),
        ("# ok: 99 is from table 1", ["GPT-4"]),
        ("# ok: GPT-4 and 99 are in section 2", []),
        ("# ok: 98 is from table 1", ["99", "GPT-4"]),
        ("# ok: GPT-3 is what they mean", ["99", "GPT-4"]),
        ("# ok:", ["99", "GPT-4"]),
        ("# okay, whatever", ["99", "GPT-4"]),
    ],
)
def test_a_comment_accepts_all_findings_or_those_it_names(
    tmp_path: Path, comment: str, left: list[str]
) -> None:
    beside = problems(tmp_path, beside=f"  {comment}")
    assert [name for name in beside if name.startswith("tldr")] == [f"tldr {w}" for w in left]
    above = problems(tmp_path, above=f"{comment}\n")
    assert [name for name in above if name.startswith("tldr")] == [f"tldr {w}" for w in left]
    assert len([name for name in above if name.startswith("summary")]) == 3


def test_a_comment_after_the_sign_of_a_block_accepts(tmp_path: Path) -> None:
    assert list(problems(tmp_path, header="  # ok: 88, Mixtral: from the appendix")) == [
        "tldr 99",
        "tldr GPT-4",
        "summary 77",
    ]


def test_lines_of_json_have_problems_but_no_comments(tmp_path: Path) -> None:
    line = '{"slug": "rafts", "tldr": "A boat with 99 logs on a river.", "abstract": "Boats."}\n'
    write_files(tmp_path, {"papers/all.jsonl": "\n" + line})
    (problem,) = text_problems(load(tmp_path).corpus, tmp_path, "content")
    assert (problem.file, problem.line, problem.field) == ("content/papers/all.jsonl", 2, "tldr")
    assert "# ok" not in problem.advice

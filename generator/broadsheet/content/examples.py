"""An example of each file of content, with all of its fields."""

from __future__ import annotations

PAPER = """\
title: "SOME: Some Method for Some Task"
authors: [Ada Example, Bob van der Sample]
arxiv: "2403.01234"
doi: 10.1000/example
published: 2024-03-18
venue: EXAMPLE 2024
links: {code: https://example.org/some, project: https://some.example.org/}
topics: [retrieval, fine-tuning]
tldr: A sentence of your own that says what the paper found.
summary: A paragraph of your own about it.
abstract: The abstract, as the authors wrote it.
extra: {Task: Question answering, Rating: "4"}
facts:
  categories: [cs.CL, cs.IR]
  version: 2
  cited: {count: 41, read: 2024-03-25, by: Example Index}
other_titles: [Some Method for Every Task]
aliases: [some-method-for-every-task]
draft: true
written: {by: example-model, on: 2024-03-20}
reviewed: {by: Ada Example, on: 2024-03-21}
corrections:
  - {on: 2024-04-02, text: The first version of this page named the wrong venue.}
withdrawn: {on: 2024-05-01, reason: The authors found an error in their data., by: the authors}
provenance:
  - {source: articles/2024-W12.txt, line: 21, retrieved: 2024-03-25, gave: [title, abstract]}
"""

ISSUE = """\
title: Papers of 18 to 24 March 2024
week: 2024-W12
start: 2024-03-18
end: 2024-03-24
source: {name: Papers of the week, url: https://example.org/2024-W12, retrieved: 2024-03-25}
draft: true
corrections:
  - {on: 2024-04-02, text: "An earlier version listed some paper twice."}
lead: another-paper
introduction: Two papers this week. Both search before they answer.
sections:
  - heading: Retrieval
    commentary: Both papers use the same benchmark, with different results.
    entries:
      - {paper: some-method-for-some-task, number: "1.1"}
      - paper: another-paper
        text: What the source printed about the paper.
        commentary: What **you** say about the paper in this issue.
"""

COLLECTION = """\
title: Papers to start with
description: Ten papers that introduce the field.
source: {name: Reading list, file: lists/start.txt, retrieved: 2024-03-25}
entries:
  - {paper: some-method-for-some-task}
  - {paper: another-paper, text: What the source printed about the paper.}
"""

TOPICS = """\
retrieval:
  name: Retrieval
  description: Models that look something up before they answer.
  aliases: [LLM Retrieval, RAG]
  terms: [retrieval-augmented, retriever]
fine-tuning:
  name: Fine-tuning
"""

MERGES = """\
- same: [some-method-for-some-task, "2403.01234"]
  because: The title changed when the paper was published.
- different: [boats, boats-2]
"""

IMPORTS = """\
- source: reading-list.csv
  columns: {Titel: title, Autoren: authors, Jahr: published, Rating: extra, Notizen: ignore}
"""

SETTINGS = """\
extra:
  broadsheet:
    digest: weekly
    digests: {weekly: Papers of the week}
    byline: Picked by the reading group, every Monday.
    papers_per_page: 50
    newsletter: {subscribe: "https://letters.example.org/join"}
    sources:
      - {name: Retrieval on arXiv, arxiv: "cat:cs.CL AND abs:retrieval", limit: 20}
      - {name: Daily papers, url: "https://huggingface.co/api/daily_papers?week={week}"}
"""

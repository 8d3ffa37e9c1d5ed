"""The module `search/contract.js`: constants and types that only the scripts of search need."""

from __future__ import annotations

from broadsheet.outputs.browser.contract import contract
from broadsheet.outputs.search.analysis import LONGEST_JOIN, PLAIN, RULES, SPELLINGS
from broadsheet.outputs.search.table import (
    FORMAT,
    SearchAnalysis,
    SearchedField,
    SearchResult,
    SearchTable,
    SearchTexts,
)

SEARCH_CONTRACT = "search/contract.js"


def search_contract() -> str:
    """Returns the text of the module."""
    return contract(
        {
            "FORMAT": FORMAT,
            "RULES": RULES,
            "SPELLINGS": SPELLINGS,
            "PLAIN": PLAIN,
            "LONGEST_JOIN": LONGEST_JOIN,
        },
        (SearchResult, SearchTexts),
        (SearchAnalysis, SearchedField, SearchTable),
    )

"""`python tests/contract_js.py` prints contract.js, which tools that check the scripts read."""

from broadsheet.outputs.browser.contract import contract

print(contract(), end="")  # noqa: T201

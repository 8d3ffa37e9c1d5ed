"""`python tests/contract_js.py` writes contract.js and search/contract.js beside the scripts.

Tools that check the scripts read them.
"""

from broadsheet.outputs.browser import contracts
from broadsheet.outputs.templates import templates_folder

for name, text in contracts().items():
    (templates_folder() / "browser" / name).write_text(text, "utf-8")

"""Renders docs/reference/events.md from the types of what other packages can add."""

from __future__ import annotations

import dataclasses
import inspect
import re
import typing
from collections.abc import Callable

from broadsheet.base.errors import Problem
from broadsheet.base.extensions import ENRICHERS, EXPORTERS, HOOKS, IMPORTERS
from broadsheet.content.records import Record
from broadsheet.importers.importer import Importer, Reading
from broadsheet.importers.services.work import Work
from broadsheet.outputs.datasets.selection import Format
from broadsheet.site.enriching.enricher import Enricher
from broadsheet.site.fetching import Question, Service
from broadsheet.site.hooks import Hook
from reference.tables import table

_HEAD = """\
# Events and entry points

Other packages extend Broadsheet with values that they register as
[entry points](https://packaging.python.org/en/latest/specifications/entry-points/). The guides
[Write an importer](../how-to/importer.md) and [Hook into builds](../how-to/hooks.md) show how.
"""
_EVENTS = """\
## Events of a build

A hook takes part in the builds of a site that names it:

```yaml
extra:
  broadsheet:
    hooks: [bullets]
```

In this order:
"""
_RULES = """\
Hooks run in the order of their names in the settings, at each event. `on_edition` may run in
another process than the other functions, at the same time as other work.

`on_corpus` also takes part in exports, letters and previews. What it returns is checked like
files of content. `on_edition` and `on_site` only take part in builds. A build calls none of them
if nothing has changed since the last one: no file of the project, no setting, not the package of
the hook, and not what `state` returns. `on_edition` is only called if something that it has read
of the edition has changed. So results must depend on nothing else, such as the time or the answer
of a server.

An exception stops the build. The error names the package and the line, and the old site stays. If
that is on purpose, raise a `BroadsheetError` with a `Problem`, which is shown as it is.

MkDocs has [events](https://www.mkdocs.org/dev-guide/plugins/#events) of its own, for plugins and
for `hooks` in `mkdocs.yml`. They see pages. MkDocs then makes each page, which takes longer.
"""
GROUPS = {IMPORTERS: Importer, EXPORTERS: Format, ENRICHERS: Enricher, HOOKS: Hook}
_MORE: tuple[type, ...] = (Reading, Record, Problem, Service, Question, Work)


def page() -> str:
    """The whole page."""
    rows = [
        (f"`{group}`", f"[`{kind.__name__}`](#{kind.__name__.lower()})", f"`{kind.__module__}`")
        for group, kind in GROUPS.items()
    ]
    parts = [_HEAD, table(("group", "type", "in the module"), rows), _EVENTS, _events(), _RULES]
    parts.append("## Types\n")
    parts += [_described(kind) for kind in (*GROUPS.values(), *_MORE)]
    return "\n".join(parts)


def _events() -> str:
    meanings = _meanings(Hook)
    events = [(name, call) for name, call in _calls(Hook).items() if name != "state"]
    rows = [(f"`{name}`", f"`{call}`", meanings[name]) for name, call in events]
    return table(("event", "signature", "meaning"), rows)


def _calls(kind: type) -> dict[str, str]:
    """The signatures of the fields that are functions."""
    hints = typing.get_type_hints(kind)
    return {
        field.name: _signature(hints[field.name])
        for field in dataclasses.fields(kind)
        if typing.get_origin(hints[field.name]) is Callable
    }


def _signature(hint: object) -> str:
    *given, result = typing.get_args(hint)
    arguments = given[0] if given and isinstance(given[0], list) else given
    return f"({', '.join(map(_name, arguments))}) -> {_name(result)}"


def _name(hint: object) -> str:
    text = str(hint) if typing.get_args(hint) else getattr(hint, "__name__", str(hint))
    return re.sub(r"(?:[a-z_]+\.)+(?=[A-Za-z])", "", text).replace("NoneType", "None")


def _described(kind: type) -> str:
    hints, meanings, calls = typing.get_type_hints(kind), _meanings(kind), _calls(kind)
    rows = [
        (
            f"`{field.name}`",
            f"`{calls.get(field.name) or _name(hints[field.name])}`",
            "no" if _has_default(field) else "yes",
            meanings.get(field.name, ""),
        )
        for field in dataclasses.fields(kind)
    ]
    about = (inspect.getdoc(kind) or "").partition("\n\nAttributes:")[0]
    return f"### {kind.__name__}\n\n{about}\n\n" + table(
        ("field", "type", "required", "meaning"), rows
    )


def _has_default(field: dataclasses.Field[object]) -> bool:
    missing = dataclasses.MISSING
    return field.default is not missing or field.default_factory is not missing


def _meanings(kind: type) -> dict[str, str]:
    attributes = (inspect.getdoc(kind) or "").partition("Attributes:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}

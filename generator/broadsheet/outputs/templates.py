"""The Jinja templates that come with the package, and how their output is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType

import jinja2
import jinja2.nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

import broadsheet
from broadsheet.base.cache import Cache
from broadsheet.base.errors import BroadsheetError, Problem
from broadsheet.base.language import Language
from broadsheet.base.template_words import install_words


def templates_folder() -> Path:
    """Returns the folder of all templates: in the installed package, or next to it in a checkout.

    Raises:
        BroadsheetError: The installation is incomplete.
    """
    package = Path(broadsheet.__file__).parent
    for folder in (package / "site_templates", package.parent.parent / "site_templates"):
        if (folder / "pages").is_dir():
            return folder
    message, advice = "the templates are missing", "reinstall Broadsheet"
    raise BroadsheetError(Problem(str(package), 0, "", message, advice))


class Compiled(jinja2.BytecodeCache):
    """Templates that this process has compiled. If it builds again, it doesn't compile them again.

    They aren't kept in files, because reading them would run whatever somebody has put there.
    """

    def __init__(self) -> None:
        """Starts with nothing."""
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template the code of earlier, if its text is the same."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remembers the code of a template."""
        if bucket.code:
            self._code[bucket.key, bucket.checksum] = bucket.code


def compiled(cache: Cache, kind: str, language: Language) -> Compiled:
    """Returns what this process has compiled of some kind of templates for a language."""
    name = f"templates {kind} {language.tag}"
    found: Compiled = cache.remembered(name) or Compiled()
    cache.remember(name, found)
    return found


def environment_of(
    folders: Iterable[Path],
    language: Language,
    escape: Callable[[object], Markup],
    known: Compiled | None = None,
) -> jinja2.Environment:
    """Returns an environment for templates that escapes everything they print.

    Args:
        folders: Where the templates are. The first that has a template wins.
        language: The language of the site's own words.
        escape: Makes a value safe where the templates print it. `Markup` stays as it is.
        known: Templates that are compiled already.
    """

    def finalize(value: object) -> Markup:
        return value if isinstance(value, Markup) else escape(value)

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(list(folders), encoding="utf-8-sig"),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=known,
        auto_reload=False,  # whoever builds again makes another environment
    )
    environment.code_generator_class = _Faster
    install_words(environment, language, escape)
    return environment


# Functions that need nothing of what Jinja passes to some, so that they can be called directly.
_PLAIN_FUNCTIONS = frozenset(["_", "gettext", "ngettext", "counted", "to"])


class _Faster(CodeGenerator):
    """Leaves out what takes Jinja a while.

    That is its own escaping of what `finalize` has escaped, and looking at the most frequent
    functions before each call.
    """

    def visit_Call(  # noqa: N802 - Jinja's name
        self, node: jinja2.nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        called = node.node
        is_plain = isinstance(called, jinja2.nodes.Name) and called.name in _PLAIN_FUNCTIONS
        if not is_plain or forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(
        self,
        node: jinja2.nodes.Expr,  # noqa: ARG002
        frame: Frame,  # noqa: ARG002
        finalize: CodeGenerator._FinalizeInfo,
    ) -> None:
        self.write(finalize.src or "")

    def _output_child_post(
        self,
        node: jinja2.nodes.Expr,  # noqa: ARG002
        frame: Frame,  # noqa: ARG002
        finalize: CodeGenerator._FinalizeInfo,  # noqa: ARG002
    ) -> None:
        self.write(")")

"""Where a template of a letter is run: it can write, and nothing else. It reads no file, calls no code, has an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from provenance.errors import SourceError
from provenance.model.letters import Template
from provenance.report.letters import phrases

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Template as Tree

LONGEST = 2_000_000
"""Characters past which a template is not writing a letter."""
DEEPEST = 20
"""Columns that a template may indent by."""
FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "replace", "title", "trim", "upper")
"""Of Jinja's filters those whose result is no longer than what goes in, or nearly."""


def rendered(template: Template, language: str, given: Mapping[str, Any]) -> str:
    """Run a template. Raises SourceError, with file and line, for one with an error or that does more than write."""
    from jinja2 import TemplateSyntaxError

    environment = _environment(language)
    try:
        _check(template, environment.parse(template.text))
        return "".join(_bounded(template, environment.from_string(template.text).generate(given)))
    except SourceError:
        raise
    except TemplateSyntaxError as error:
        raise _refused(template, error.lineno, str(error.message)) from error
    except Exception as error:  # whatever a desk's template does wrong is its error, told with its line
        raise _refused(template, _line(error), str(error) or type(error).__name__) from error


def _bounded(template: Template, pieces: Iterator[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise SourceError(f"{template.file}: the letter has no end", hint="see the loops of the template")
        yield piece


def _check(template: Template, tree: Tree) -> None:
    """Refuse what could read another file, or call itself."""
    from jinja2 import nodes

    more = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Macro, nodes.CallBlock, nodes.Block)
    for node in tree.find_all(more):
        raise _refused(template, node.lineno, f"{type(node).__name__.lower()} is not for letters")


def _refused(template: Template, line: int, why: str) -> SourceError:
    return SourceError(
        f"{template.file}:{line}: error in the template: {phrases.shown(why)}",
        hint="docs/letters.md says what it may use",
    )


def _line(error: Exception) -> int:
    """Find the line of the template at which an error came up; 1 where none is known."""
    line, at = 1, error.__traceback__
    while at:
        if at.tb_frame.f_code.co_filename == "<template>":
            line = at.tb_lineno
        at = at.tb_next
    return line


def _environment(language: str) -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """An environment without loaders, in which no object has a method and nothing is multiplied."""

        intercepted_binops = frozenset(("*", "**", "%"))

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's signature
            """Let a loop tell where it is: nothing else that a template is given has attributes."""
            return isinstance(obj, LoopContext) and super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
            """Refuse what makes a long text out of a short one."""
            raise SecurityError(f"{operator} is not for letters")

    made = Sandbox(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.filters["quoted"] = partial(phrases.quoted, language=language)
    made.filters["plural"] = partial(phrases.plural, language=language)
    made.filters["indented"] = _indented
    return made


def _indented(text: str, columns: int = 3) -> str:
    """Put blanks before every line but the first."""
    return str(text).replace("\n", "\n" + " " * min(int(columns), DEEPEST))

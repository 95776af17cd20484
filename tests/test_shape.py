"""The shape of the code: small modules, small functions, frozen values, a world that comes in as an argument."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "provenance"
MODULE_LINES = 300
FUNCTION_LINES = 40

LONGER: dict[str, str] = {}
"""`module:function` or `module`, with the reason why it may be longer than the rule."""

THAWED: dict[str, str] = {}
"""`module:class` with the reason why that dataclass is not frozen."""

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "base"}
"""Names of modules that say nothing about what is in them."""

PURE = ("engine", "model", "errors.py")
WORLD = {"now", "utcnow", "today", "environ", "getenv", "urandom", "cwd", "home", "gethostname"}
"""Attributes through which the clock, the environment or the machine would come in."""


def test_a_module_fits_on_three_screens() -> None:
    """No module has more than 300 lines: past that it has two ideas, and the second wants a name."""
    found = {name: len(source.splitlines()) for name, source, _ in modules()}

    assert {} == {name: lines for name, lines in found.items() if lines > MODULE_LINES and name not in LONGER}


def test_a_function_fits_on_half_a_screen() -> None:
    """No function has more than 40 lines, its docstring and decorators not counted."""
    assert {} == {name: lines for name, lines in lengths().items() if lines > FUNCTION_LINES and name not in LONGER}


def test_every_exception_to_the_rule_is_still_needed() -> None:
    """An exception that has been overtaken by the code is taken off the list."""
    still = {name for name, lines in lengths().items() if lines > FUNCTION_LINES}
    still |= {name for name, source, _ in modules() if len(source.splitlines()) > MODULE_LINES}

    assert set() == set(LONGER) - still


def test_every_module_says_its_idea_in_its_first_line() -> None:
    """The docstring's first line is one sentence of at least three words."""
    ideas = {name: (ast.get_docstring(tree) or "").split("\n")[0] for name, _, tree in modules()}

    assert {} == {name: idea for name, idea in ideas.items() if len(idea.split()) < 3}


def test_every_dataclass_is_frozen() -> None:
    """Values do not change: state lives in the store and the ledger alone."""
    found = {
        f"{name}:{node.name}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(thawed(each) for each in node.decorator_list)
    }

    assert set(THAWED) == found


def test_no_module_is_named_for_nothing() -> None:
    """There is no `utils`: a module is named for the one thing that it is about."""
    assert [] == [name for name, _, _ in modules() if Path(name).stem in NAMELESS]


def test_the_engine_knows_no_clock_and_no_machine() -> None:
    """The world comes into the engine as arguments: no `now()`, no environment, no path, no file."""
    found = [
        f"{name}:{node.lineno} {node.attr}"
        for name, _, tree in modules()
        if name.startswith(PURE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in WORLD
    ]

    assert [] == found


def test_nothing_below_the_command_line_prints() -> None:
    """Only `cli` speaks to a terminal, reads from one, or ends the process."""
    found = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, _, tree in modules()
        if not name.startswith("cli")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input", "exit"}
    ]

    assert [] == found


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Yield the path in the package, the source and the syntax tree of every module."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        yield path.relative_to(PACKAGE).as_posix(), source, ast.parse(source)


def lengths() -> dict[str, int]:
    """Give the lines of every function's body by `module:function`, the docstring not counted."""
    return {
        f"{name}:{node.name}": body_lines(node)
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines from its `def` on, without its docstring."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def thawed(decorator: ast.expr) -> bool:
    """Tell a `@dataclass` that does not say `frozen=True`."""
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    if not (isinstance(call, ast.Name) and call.id == "dataclass"):
        return False
    words = decorator.keywords if isinstance(decorator, ast.Call) else []
    return not any(
        word.arg == "frozen" and isinstance(word.value, ast.Constant) and word.value.value is True for word in words
    )

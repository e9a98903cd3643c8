"""The shape of the code: which way the imports point, how long a file may be, what nothing is called."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(ROOT.glob("app/**/*.py"))
}
EVERY_FILE = [*MODULES.values(), *sorted(ROOT.glob("tests/**/*.py")), *ROOT.glob("*.py")]
LONGEST = 250
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "misc"}

WORK = ("app.shop.actions", "app.shop.files", "app.shop.demo")
FRONT = (
    "app.ui",
    "app.server",
    "app.main",
    "app.background",
    "app.cli",
    "app.clock",
    "app.complaint",
    "app.commands",
    "app.desktop",
    "app.log",
    "app.settings",
    "app.start",
)
STORE = ("sqlalchemy", "sqlmodel", "alembic", "app.shop.tables", "app.shop.sql", "app.shop.place")
OUTER = ("flet", "flet_web", "flet_desktop", "fastapi", "starlette", "uvicorn", "typer", "rich")

PURE = sys.stdlib_module_names - {"os", "pathlib", "random", "secrets", "sqlite3", "threading", "time"}

ONLY = {
    "app.shop.rules": ("app.shop.rules", *PURE),
    "app.shop.tables": ("app.shop.tables", "app.shop.rules", "sqlalchemy", "sqlmodel", *PURE),
}
"""What a layer may import, where that is little."""

NEVER = {
    "app.shop": (*FRONT, *OUTER),
    "app.shop.reads": WORK,
    "app.shop.actions": ("app.shop.files", "app.shop.demo"),
    "app.ui": (*STORE, "app.server", "app.cli", "app.commands", "app.background"),
    "app.ui.parts": ("app.ui.hooks", "app.ui.screens", "app.ui.app", *WORK),
    "app.ui.screens": ("app.ui.screens", "app.ui.app"),
}
"""What a layer may never import."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NO_HOOKS = {"use_window_unwatched"}
"""Looks it up, and keeps nothing from one drawing to the next."""


def within(name: str, layers: tuple[str, ...]) -> bool:
    """Whether `name` is one of the layers or lies in one."""
    return any(name == layer or name.startswith(f"{layer}.") for layer in layers)


def imports(path: Path, *, at_start: bool = False) -> Iterator[str]:
    """Every name a file imports, with the module it comes from; `at_start`: when it is itself imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_inward(module: str) -> None:
    allowed = [names for layer, names in ONLY.items() if within(module, (layer,))]
    forbidden = [names for layer, names in NEVER.items() if within(module, (layer,))]
    for name in imports(MODULES[module]):
        assert all(within(name, names) for names in allowed), f"{module} may not import {name}"
        assert not any(within(name, names) for names in forbidden), f"{module} may not import {name}"


def test_no_two_modules_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        named = {*imports(path, at_start=True)}
        named |= {name.rpartition(".")[0] for name in named - set(MODULES)}
        needs[module] = (named & set(MODULES)) - {module}
    assert len(tuple(TopologicalSorter(needs).static_order())) == len(MODULES)


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# A revision is what a tool wrote of a schema, once; nobody reads it from top to bottom.
@pytest.mark.parametrize("module", [name for name in MODULES if ".versions." not in name])
def test_a_file_fits_in_a_few_glances(module: str) -> None:
    lines = MODULES[module].read_bytes().count(b"\n")
    assert lines <= LONGEST


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_called_after_nothing(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    defined = [node.name for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
    for name in (*module.split("."), *defined):
        words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)
        assert not {word.lower() for word in words} & EMPTY_NAMES, name


def late_hooks(function: ast.FunctionDef) -> Iterator[str]:
    """The hooks that `function` may leave out: those called after a way out of it, or under a condition."""
    way_out = False
    for statement in function.body:
        inside = [] if isinstance(statement, FUNCTIONS) else list(_own(statement))
        called = {
            str(getattr(node.func, "id", getattr(node.func, "attr", "")))
            for node in inside
            if isinstance(node, ast.Call)
        }
        if way_out or isinstance(statement, (ast.If, ast.For, ast.While, ast.Try)):
            yield from sorted(name for name in called if name.startswith("use_") and name not in NO_HOOKS)
        way_out = way_out or any(isinstance(node, ast.Return) for node in inside)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement, without those of the functions within."""
    yield node
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, FUNCTIONS):
            yield from _own(inner)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("app.ui")])
def test_a_component_calls_all_its_hooks_each_time_it_is_drawn(module: str) -> None:
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert list(late_hooks(node)) == [], node.name


def test_the_readme_and_the_build_run_the_same_tests() -> None:
    for told in (ROOT / "README.md", ROOT / ".ci" / "run"):
        assert "pip install uv && uv run pytest" in told.read_text(encoding="utf-8")

"""The house: which room may use which, and who may speak."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from presskit.cli import COMMANDS, module_name

ROOT = Path(__file__).parents[2] / "presskit"
STATIONS = ("intake", "render", "archive", "recipients", "dispatch")
MODULES = sorted(path for path in ROOT.rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    parts = ["presskit", *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports(path: Path, *, top_only: bool = False) -> Iterator[str]:
    """Every module a file imports; with ``top_only`` those at load time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports by dots"
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                yield whole if whole in NAMES else node.module


def room(module: str) -> str:
    """``words`` for a file at the top, else the folder's name, or nothing for others' modules."""
    if module != "presskit" and not module.startswith("presskit."):
        return ""
    parts = module.split(".")
    if len(parts) > 1 and (ROOT / parts[1]).is_dir():
        return parts[1]
    return parts[1] if parts[1:] in (["office"], ["testing"], ["__main__"]) else "words"


ALLOWED = {
    "words": {"words"},
    "database": {"words", "database"},
    "ooxml": {"words", "ooxml"},
    **{station: {"words", "database", station} for station in STATIONS},
    # Word's file format is read by one station and written by another.
    "intake": {"words", "ooxml", "intake"},
    "render": {"words", "ooxml", "render"},
    "office": {"words", "database", *STATIONS},
    "testing": {"words", "dispatch"},
    "desk": {"words", "database", *STATIONS, "office", "desk"},
    # Opening the office and naming a fault are all the doors know beside the desk.
    "cli": {"words", "office", "desk", "cli"},
    "__main__": {"cli"},
}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    here = room(name_of(path))
    used = {room(each) for each in imports(path)} - {""}
    assert used <= ALLOWED[here], f"{name_of(path)} of {here} uses {used - ALLOWED[here]}"


def test_there_is_no_circle() -> None:
    graph = {
        name_of(path): {each for each in imports(path, top_only=True) if each in NAMES}
        for path in MODULES
    }
    order = list(TopologicalSorter(graph).static_order())
    assert len(order) == len(NAMES)


# A library stays behind the rooms it is for.
BEHIND = {
    "click": ("cli",),
    "rich": ("cli",),
    "sqlalchemy": ("database", "archive", "recipients", "dispatch", "office"),
    "alembic": ("database",),
    "smtplib": ("dispatch",),
    "docx": ("ooxml", "render", "intake"),
    "PIL": ("intake", "render"),
    "typst": ("render",),
    "pypdf": ("intake",),
    "premailer": ("render",),
    "markdown_it": ("intake",),
    "yaml": ("intake",),
    "bagit": ("archive",),
    "email_validator": ("recipients",),
    "filelock": ("database",),
}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for each in imports(path):
        library = each.split(".")[0]
        if library in BEHIND:
            assert room(name_of(path)) in BEHIND[library], f"{name_of(path)} imports {library}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "print" not in calls


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]
    for body in bodies:
        for node in body.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                private = isinstance(body, ast.ClassDef) and body.name.startswith("_")
                assert private or ast.get_docstring(node), f"{name_of(path)}.{node.name}"
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_file_and_its_line_in_the_readme(command: str) -> None:
    assert (ROOT / "cli" / f"{module_name(command)}.py").exists()
    readme = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    assert f"`presskit {command}" in readme


def test_names_are_ascii_and_lines_end_with_a_newline_alone() -> None:
    templates = (each for each in (ROOT.parent / "templates").rglob("*") if each.is_file())
    for path in (*ROOT.rglob("*.py"), *templates):
        assert path.name.isascii()
        if path.suffix not in (".docx", ".ttf"):
            assert b"\r" not in path.read_bytes()

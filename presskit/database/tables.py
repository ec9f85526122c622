"""The one schema: numbers and versions of the archive, dispatches and deliveries of the ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa


class Moment(sa.TypeDecorator[dt.datetime]):
    """An aware moment, kept as ISO 8601 text in UTC, so that every database orders it alike."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> str | None:
        """Refuse a moment without its time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:
        """The moment in UTC."""
        return None if value is None else dt.datetime.fromisoformat(value)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# The next number of a series; cycle is the year where it counts by the year, else 0.
counts = sa.Table(
    "counts",
    metadata,
    sa.Column("series", sa.String(8), primary_key=True),
    sa.Column("cycle", sa.Integer, primary_key=True),
    sa.Column("next", sa.Integer, nullable=False),
)

# Every number that was ever given, with its state and who did it when and why.
numbers = sa.Table(
    "numbers",
    metadata,
    sa.Column("series", sa.String(8), primary_key=True),
    sa.Column("cycle", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("year", sa.Integer),
    sa.Column("written", sa.String(80), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.CheckConstraint(
        "state IN ('reserved', 'published', 'withdrawn', 'void', 'lost')", name="state"
    ),
)

# One filed version of a release; staging names the folder its bag was written in before it was
# moved to its place, so that a move cut short can be finished.
versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("series", sa.String(8), nullable=False),
    sa.Column("cycle", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("year", sa.Integer),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("mail_subject", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("published_at", Moment, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("contact", sa.Text, nullable=False),
    sa.Column("reply_to", sa.Text, nullable=False),
    sa.Column("file_references", sa.JSON, nullable=False),
    sa.Column("lists", sa.JSON, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("folder", sa.Text, nullable=False, unique=True),
    sa.Column("staging", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.ForeignKeyConstraint(
        ["series", "cycle", "number"], ["numbers.series", "numbers.cycle", "numbers.number"]
    ),
    sa.UniqueConstraint("series", "cycle", "number", "version"),
)

# The files of a version's bag: renditions, attachments, source and records.
files = sa.Table(
    "files",
    metadata,
    sa.Column("version_id", sa.ForeignKey("versions.id"), primary_key=True),
    sa.Column("path", sa.String(255), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("media_type", sa.String(120), nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)

# One act of sending one version to lists.
dispatches = sa.Table(
    "dispatches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("lists", sa.JSON, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
)

# One recipient's part of a dispatch; token is opaque and names it to the outside. A version goes to
# a person once, whatever lists and dispatches there are: the database itself holds to that.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("dispatch_id", sa.ForeignKey("dispatches.id"), nullable=False),
    sa.Column("list", sa.String(64), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("address_key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("greeting", sa.Text, nullable=False),
    sa.Column("token", sa.String(32), nullable=False, unique=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("code", sa.Integer, nullable=False),
    sa.Column("reply", sa.Text, nullable=False),
    sa.UniqueConstraint("version_id", "address_key"),
    sa.CheckConstraint(
        "state IN ('planned', 'claimed', 'accepted', 'deferred', "
        "'refused', 'uncertain', 'dropped')",
        name="state",
    ),
    sa.Index("ix_deliveries_dispatch_id_state", "dispatch_id", "state", "id"),
)

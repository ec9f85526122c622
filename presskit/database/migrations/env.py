"""Alembic's way in; connection and transaction belong to :mod:`presskit.database`."""

from __future__ import annotations

from alembic import context

from presskit.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()

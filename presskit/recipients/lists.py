"""``recipients/lists.toml``: which lists the office keeps, and in which files."""

from __future__ import annotations

import re

from presskit.errors import RecipientsError
from presskit.forms import Form, read_toml
from presskit.people import BASES, DistributionList


def read_lists(text: str, file: str) -> dict[str, DistributionList]:
    """The lists by key, in the order of the file."""
    form = Form(read_toml(text, file, RecipientsError), RecipientsError)
    return {key: _list(form, key) for key in form.names()}


def _list(form: Form, key: str) -> DistributionList:
    table = form.form(key)
    if table is None or not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", key):
        # The key becomes a label of the List-Id (RFC 2919), hence a host name's letters.
        remedy = "Name the list with a-z, 0-9 and hyphens, and give it a table “[{key}]”."
        raise form.refuse(key, "{key!r} cannot name a list.", remedy, key=key)
    found = DistributionList(
        key=key,
        title=table.text("title", key),
        file=table.text("file"),
        basis=table.choice("basis", BASES),  # type: ignore[arg-type]
    )
    table.close()
    return found

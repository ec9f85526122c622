"""Every column of a table has a heading; only the first, over the rows’ names, may have none."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import Table, plain
from presskit.intake.manuscript import Manuscript, blocks
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in blocks(page):
        if not isinstance(node, Table):
            continue
        empty = [at for at, cell in enumerate(node.header, 1) if not plain(cell).strip()]
        if empty == [1] and len(node.header) > 1:
            continue
        if empty:
            yield Observation(
                sentence="the table has no heading above column {columns}.",
                remedy="Say what stands in it; readers who listen hear it with every cell.",
                line=line,
                facts={"columns": ", ".join(map(str, empty))},
            )


RULE = Rule(name="table-headings", severity="warning", look=_look)

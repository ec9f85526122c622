"""The distribution lists named in the head are not empty, and none is named twice."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    named = page.draft.lists if page.draft else ()
    for each in dict.fromkeys(named):
        if named.count(each) > 1:
            sentence = "the list {list!r} is named twice."
            yield page.key("lists", sentence, "Name it once.", list=each)
        if page.around.list_sizes.get(each) == 0:
            sentence = "nobody is on the list {list!r}."
            yield page.key("lists", sentence, "Look into its file in recipients/.", list=each)


RULE = Rule(name="lists", severity="warning", look=_look)

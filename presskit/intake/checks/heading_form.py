"""A heading has neither a full stop nor capitals throughout, and something stands below it."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import Block, Heading, plain
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.intake.shapes import ends_with_a_full_stop, is_shouted


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    blocks = page.text.blocks if page.text else ()
    for position, block in enumerate(blocks):
        if isinstance(block, Heading):
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            yield from _about(block, following)


def _about(heading: Heading, following: Block | None) -> Iterator[Observation]:
    words = plain(heading.children).strip()
    if not words:
        yield _seen(heading, "a heading has no words.", "Delete it, or write them.")
    if is_shouted(words):
        remedy = "Write it in the usual way; readers who listen may hear it spelled out."
        yield _seen(heading, "the heading {words!r} is in capitals throughout.", remedy)
    if ends_with_a_full_stop(words):
        yield _seen(heading, "the heading {words!r} ends with a full stop.", "Leave it out.")
    if following is None or (isinstance(following, Heading) and following.level <= heading.level):
        remedy = "Write its text, or delete it."
        yield _seen(heading, "nothing stands below the heading {words!r}.", remedy)


def _seen(heading: Heading, sentence: str, remedy: str) -> Observation:
    words = plain(heading.children)
    return Observation(
        sentence=sentence, remedy=remedy, line=heading.line, words=words, facts={"words": words}
    )


RULE = Rule(name="heading-form", severity="hint", look=_look)

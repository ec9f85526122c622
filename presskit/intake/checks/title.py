"""The title is a line of its own: no full stop, no capitals throughout, no endless length.

The line above it (`kicker`) is shorter still.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.intake.shapes import ends_with_a_full_stop, is_shouted


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    if page.draft is None:
        return
    for key, words, most in (
        ("title", page.draft.title, knobs["most"]),
        ("kicker", page.draft.kicker, knobs["most_kicker"]),
    ):
        if ends_with_a_full_stop(words):
            yield page.key(key, "the {key} ends with a full stop.", "Leave it out.", key=key)
        if is_shouted(words):
            remedy = "Write it in the usual way; journalists copy it as it is."
            yield page.key(key, "the {key} is in capitals throughout.", remedy, key=key)
        if len(words) > most:
            sentence = "the {key} has {length} characters."
            remedy = "Say it in {most}; the rest belongs into the first sentence."
            yield page.key(key, sentence, remedy, key=key, length=len(words), most=most)


RULE = Rule(name="title", severity="hint", look=_look, knobs={"most": 140, "most_kicker": 80})

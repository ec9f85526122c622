"""Journalists find somebody to ask: a contact or inquiries, with phone and e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.release import Contact


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    draft = page.draft
    if draft is None or page.settings.series[draft.series].kind != "release":
        return
    if draft.contact is None and not draft.inquiries:
        remedy = "Name a person under “inquiries”, with phone and e-mail."
        yield page.key("inquiries", "nobody is named whom journalists could ask.", remedy)
    people = (("contact", draft.contact), *(("inquiries", each) for each in draft.inquiries))
    for key, person in people:
        missing = _missing(person) if person else ""
        if person and missing:
            sentence = "{name} has no {missing}; journalists ring up at short notice."
            remedy = "Add it, in presskit.toml or in the head."
            yield page.key(key, sentence, remedy, name=person.name, missing=missing)


def _missing(person: Contact) -> str:
    return " and no ".join(
        label for label, value in (("phone", person.phone), ("e-mail", person.email)) if not value
    )


RULE = Rule(name="contact", severity="warning", look=_look)

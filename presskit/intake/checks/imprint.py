"""The office’s settings hold what an imprint must name (§ 5 DDG, § 18 (2) MStV).

Name and legal form, address, who represents the association, register, e-mail, and the person
responsible for what is published. They stand in the table `[association]` of `presskit.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_DUTIES = ("legal_form", "address", "represented_by", "register", "responsible", "email")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    missing = [key for key in _DUTIES if not getattr(page.settings.association, key)]
    if missing:
        yield Observation(
            sentence="the imprint lacks {missing}.",
            remedy="Fill it in under [association] in presskit.toml.",
            words=", ".join(missing),
            facts={"missing": ", ".join(missing)},
        )


RULE = Rule(name="imprint", severity="warning", look=_look)

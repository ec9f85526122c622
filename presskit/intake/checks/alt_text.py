"""A picture has words for those who cannot see it.

They say what it shows: a file’s name, “Bild von” or half a page do not. Without any it cannot be
published, for no accessible PDF could be made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Image
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule, Severity

_FILE_NAME = re.compile(
    r"\S{1,200}\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp)|(?:IMG|DSC|DSCF|PICT|P)[_-]?\d{3,12}", re.I
)
_NEEDLESS = re.compile(
    r"(?:das )?(?:bild|foto|grafik|abbildung|image|picture|photo|photograph)"
    r"(?::| von| of|$| zeigt| shows)",
    re.I,
)


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        if isinstance(node, Image) and (said := _said(node.alt.strip(), knobs["most"])):
            sentence, remedy, severity = said
            yield Observation(
                sentence=sentence,
                remedy=remedy,
                line=line,
                words=node.alt,
                severity=severity,
                facts={"source": node.source, "alt": node.alt, "length": len(node.alt)},
            )


def _said(alt: str, most: int) -> tuple[str, str, Severity] | None:
    if not alt:
        sentence = "the picture {source!r} has no words for those who cannot see it."
        return sentence, "Say in a few words what it shows: “![what it shows]({source})”.", "error"
    if _FILE_NAME.fullmatch(alt):
        sentence = "the words of the picture {source!r} are a file’s name: {alt!r}."
        return sentence, "Say in a few words what it shows.", "warning"
    if len(alt) > most:
        sentence = "the words of the picture {source!r} are long: {length} characters."
        return sentence, "Say it in a sentence, and the rest in the text.", "hint"
    if _NEEDLESS.match(alt):
        sentence = "{alt!r}: that it is a picture is announced anyway."
        return sentence, "Begin with what it shows.", "hint"
    return None


RULE = Rule(name="alt-text", severity="warning", look=_look, knobs={"most": 180})

"""The second look at a letterhead: everything somebody who designs one in Word should know.

One kind of fault, one function; the tuple names them in the order in which they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from presskit.letterhead import BODY, FIELDS
from presskit.ooxml.faults import PackageError
from presskit.render.word.checkup import access, fields, leftovers, look, page
from presskit.render.word.finding import SEVERITIES, Finding
from presskit.render.word.letterhead import read_letterhead
from presskit.render.word.refusals import REFUSALS, Rule
from presskit.render.word.sheet import Sheet

RULES: tuple[Rule, ...] = (
    *REFUSALS,
    fields.misplaced_tags,
    fields.advised_fields,
    fields.repeated_fields,
    fields.wrong_kinds,
    fields.vanishing_fields,
    fields.locked_fields,
    fields.lost_bindings,
    access.title_is_no_heading,
    access.only_in_headers,
    access.unused_headers,
    access.pictures_without_words,
    access.empty_paragraphs,
    look.language,
    look.foreign_words,
    look.missing_styles,
    look.look_by_hand,
    look.fonts,
    page.paper,
    page.margins,
    page.later_pages,
    leftovers.moving_fields,
    leftovers.tracked_changes,
    leftovers.comments,
    leftovers.mail_merge,
    leftovers.from_outside,
    leftovers.protection,
    leftovers.old_mode,
    leftovers.personal_data,
)


@dataclass(frozen=True)
class Checkup:
    """What a check found; ``places`` are the fields with the places where each stands."""

    findings: tuple[Finding, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def usable(self) -> bool:
        """Whether releases can be set on the letterhead."""
        return all(each.severity != "error" for each in self.findings)


def check_letterhead(content: bytes) -> Checkup:
    """Look at a letterhead; a file that is none is one finding, and nothing is raised."""
    try:
        letterhead = read_letterhead(content)
        sheet = letterhead.sheet
        found = dict.fromkeys(_key(each) for rule in RULES for each in rule(sheet))
    except PackageError as fault:
        return Checkup((_no_word_file(fault),))
    findings = sorted(
        (each.finding for each in found), key=lambda each: SEVERITIES.index(each.severity)
    )
    return Checkup(tuple(findings), _places(sheet))


@dataclass(frozen=True)
class _Key:
    """A finding that is the same as another if it reads the same."""

    text: tuple[str, ...]
    finding: Finding

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def _key(finding: Finding) -> _Key:
    return _Key((finding.rule, finding.message, finding.place), finding)


def _places(sheet: Sheet) -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = (*FIELDS, BODY)
    places = {tag: tuple(each.place for each in sheet.with_tag(tag)) for tag in known}
    return tuple((tag, found) for tag, found in places.items() if found)


def _no_word_file(fault: PackageError) -> Finding:
    return Finding(
        rule=f"file-{fault.rule.replace('_', '-')}",
        severity="error",
        sentence=fault.sentence,
        remedy=fault.remedy,
        facts=fault.facts,
    )

"""The editor’s second look at a draft’s file: every finding, in the order of its lines."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from presskit.document import Document
from presskit.errors import DraftError, PresskitError
from presskit.forms import Form
from presskit.intake.checks import RULES
from presskit.intake.draft import Surroundings, read_draft, read_parts, taken_text
from presskit.intake.head import split_draft
from presskit.intake.manuscript import Circumstances, Manuscript
from presskit.intake.markdown import read_markdown
from presskit.intake.observation import Observation
from presskit.intake.rule import SEVERITIES, Finding, Knobs, Rule, Severity
from presskit.release import Draft
from presskit.wording import Language

Value = TypeVar("Value")

# Findings that are not a rule’s: the file is no draft, or a rendition cannot be made of it.
UNREADABLE, UNRENDERABLE = "unreadable", "unrenderable"


@dataclass(frozen=True)
class Chosen:
    """A rule that is on, with the office’s weight and values."""

    rule: Rule
    severity: Severity | None
    knobs: Knobs


def chosen_rules(table: Form | None) -> tuple[Chosen, ...]:
    """The rules that are on; faults in the table ``[check]`` are refused with their line."""
    if table is None:
        return tuple(Chosen(rule, None, rule.knobs) for rule in RULES if rule.on)
    names = tuple(rule.name for rule in RULES)
    off, on = (_names(table, key, names) for key in ("off", "on"))
    weights = table.form("severity")
    chosen = [
        Chosen(rule, _weight(weights, rule), _knobs(table.form(rule.name), rule)) for rule in RULES
    ]
    for form in (weights, table):
        if form is not None:
            form.close()
    return tuple(
        each
        for each in chosen
        if each.rule.name in on or (each.rule.on and each.rule.name not in off)
    )


def _names(table: Form, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(table.choices(key, known))


def _weight(weights: Form | None, rule: Rule) -> Severity | None:
    if weights is None or not weights.has(rule.name):
        return None
    return weights.choice(rule.name, SEVERITIES)  # type: ignore[return-value]


def _knobs(table: Form | None, rule: Rule) -> Knobs:
    if table is None:
        return rule.knobs
    knobs = {
        key: table.integer(key, value) if isinstance(value, int) else _pattern(table, key, value)
        for key, value in rule.knobs.items()
    }
    table.close()
    return knobs


def _pattern(table: Form, key: str, value: str) -> str:
    written = table.text(key, value)
    try:
        re.compile(written)
    except (re.error, RecursionError, OverflowError):
        remedy = "Mend it; in TOML it stands in single quotes."
        raise table.refuse(key, "{written!r} is no pattern.", remedy, written=written) from None
    return written


# Reading


def look_at(
    content: bytes, file: str, around: Surroundings, circumstances: Circumstances
) -> tuple[Manuscript, tuple[Observation, ...]]:
    """A draft’s file as a manuscript, and all that keeps it from being a valid draft."""
    source = taken_text(content)
    faults: list[DraftError] = []
    draft = _tried(lambda: read_draft(content, file, around), faults)
    first_line, language = _parts(source, around, draft)
    text = draft.text if draft else None
    if draft is None and source:
        first = faults.copy()
        text = _tried(lambda: _text_alone(source, first_line, file, language), faults)
        faults += _head_faults(source, file, around)
        faults = list({str(each): each for each in (*first, *faults)}.values())
    page = Manuscript(
        source=source,
        first_line=first_line,
        language=language,
        settings=around.settings,
        around=circumstances,
        draft=draft,
        text=text,
    )
    return page, tuple(observed(each) for each in faults)


def under(page: Manuscript, circumstances: Circumstances) -> Manuscript:
    """The same manuscript under other circumstances."""
    return dataclasses.replace(page, around=circumstances)


def observed(fault: PresskitError) -> Observation:
    """A fault that was raised, as an observation."""
    place = fault.place
    key = f"key “{place.key}”: " if place and place.key else ""
    return Observation(
        sentence=key.replace("{", "{{").replace("}", "}}") + fault.sentence,
        remedy=fault.remedy,
        line=(place.line if place else 0) or 0,
        words=(place.key if place else "") or "",
        facts=fault.facts,
    )


def _tried(read: Callable[[], Value], faults: list[DraftError]) -> Value | None:
    try:
        return read()
    except DraftError as fault:
        faults.append(fault)
        return None


_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def _parts(source: str, around: Surroundings, draft: Draft | None) -> tuple[int, Language]:
    """The line on which the text begins, and the language; also of what is no valid draft."""
    default: Language = "de" if around.settings.association.language.startswith("de") else "en"
    fence = source.startswith("---")
    end = _END.search(source, 4) if fence else None
    first_line = source.count("\n", 0, end.end()) + 2 if end else 1
    if draft:
        return first_line, draft.language
    named = re.search(r"^language:[ \t]*[\"']?(de|en)\b", source[: end.end() if end else 0], re.M)
    return first_line, ("en" if named[1] == "en" else "de") if named else default


def _text_alone(source: str, first_line: int, file: str, language: Language) -> Document:
    body = "\n".join(source.split("\n")[first_line - 1 :])
    return read_markdown(body, file=file, language=language, first_line=first_line)


# What stands in for a duty of the head that is missing or wrong, so that the next fault is found.
_STAND_INS = {"title": "–", "date": "2000-01-01", "person": "–"}
_MOST_FAULTS = 30


def _head_faults(source: str, file: str, around: Surroundings) -> list[DraftError]:
    """Every fault of the head, one after the other: each faulty key is set aside for the next."""
    faults: list[DraftError] = []
    try:
        parts = split_draft(source, file)
    except DraftError:
        return []
    parts = parts.with_text("–")
    for _ in range(_MOST_FAULTS):
        try:
            read_parts(parts, file, around)
            break
        except DraftError as fault:
            faults.append(fault)
            key = (fault.place.key or "").partition(".")[0] if fault.place else ""
            values = {name: value for name, value in parts.head.values.items() if name != key}
            if key in _STAND_INS:
                values[key] = _STAND_INS[key]
            elif key == "contact":
                values[key] = {"name": "–", "office": ""}
            elif key not in parts.head.values:
                break
            parts = parts.with_head(values)
    return faults


# Looking


def findings(
    page: Manuscript, rules: Iterable[Chosen], faults: Iterable[tuple[str, Observation]] = ()
) -> tuple[Finding, ...]:
    """All that the rules see in a manuscript, and the faults met before, by line and column."""
    found = [
        Finding(rule=each.rule.name, severity=_severity(each, seen), seen=seen)
        for each in rules
        if page.language in each.rule.languages
        for seen in each.rule.look(page, each.knobs)
    ]
    told = {each.line for each in found if each.severity == "error" and each.line}
    broken = [
        Finding(rule=name, severity="error", seen=seen)
        for name, seen in faults
        if not seen.line or seen.line not in told
    ]
    return tuple(sorted((*broken, *found), key=lambda each: (each.line, each.seen.column)))


def _severity(chosen: Chosen, seen: Observation) -> Severity:
    return chosen.severity or seen.severity or chosen.rule.severity


# Mending


def mended(source: str, found: Iterable[Finding]) -> tuple[str, tuple[Finding, ...]]:
    """The source with the fixes of findings that do not touch one another, and those findings."""
    parts: list[str] = []
    done: list[Finding] = []
    end = 0
    for start, each in sorted(_fixes(found), key=lambda pair: pair[0]):
        fix = each.fix
        if fix is None or start < end or (done and start == end and not fix.old):
            continue
        parts += (source[end:start], fix.new)
        end = fix.end
        done.append(each)
    return "".join((*parts, source[end:])), tuple(done)


def _fixes(found: Iterable[Finding]) -> Iterator[tuple[int, Finding]]:
    return ((each.fix.start, each) for each in found if each.fix)

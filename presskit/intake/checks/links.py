"""Links can be followed: nothing is fetched, but an address that can lead nowhere is found.

An address without its scheme (`www.a.de`), with one slash, with blanks, with broken percent signs,
an e-mail address without its sign, a host without a name; and places that exist only in samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from presskit.document import Link
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule, Severity

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?\.?")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9A-Fa-f:.]{2,45}\]")
_SAMPLE = re.compile(
    r"(?:.*\.)?(?:example\.(?:org|com|net)|[\w-]+\.(?:example|test|invalid))|localhost"
)
_BROKEN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@]{1,255}")

_Said = tuple[str, str, Severity]


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        if isinstance(node, Link) and (said := _said(node.target)):
            sentence, remedy, severity = said
            yield Observation(
                sentence=sentence,
                remedy=remedy,
                line=line,
                words=node.target,
                severity=severity,
                facts={"target": node.target},
            )


def _said(target: str) -> _Said | None:
    found = _SCHEME.match(target)
    scheme = found[1].lower() if found else ""
    rest = target[len(scheme) + 1 :]
    if scheme in ("http", "https"):
        return _web(rest)
    if scheme == "mailto":
        return _mail(rest)
    if scheme == "tel":
        remedy = "Write it as “tel:+497112292148”."
        good = re.fullmatch(r"[+0-9().;=a-z-]{3,40}", rest)
        return None if good else ("the phone link {target!r} holds no number.", remedy, "error")
    if not scheme:
        remedy = "Write the whole address, as in “https://www.staedtetag-bw.de”."
        return "the link {target!r} leads nowhere: its address has no “https://”.", remedy, "error"
    sentence = "the link {target!r} is of a kind that readers cannot follow."
    return sentence, "Link to a web page (https), an address (mailto) or a number (tel).", "error"


def _web(rest: str) -> _Said | None:
    host = re.split(r"[/?#]", unquote(rest.removeprefix("//")), maxsplit=1)[0]
    host = re.sub(r":\d{0,5}$", "", host.rpartition("@")[2]).lower()
    wrong = _wrong_with(rest, host)
    if wrong:
        return f"the link {{target!r}} leads nowhere: {wrong}.", "Copy the address anew.", "error"
    if _SAMPLE.fullmatch(host):
        sentence = "the link {target!r} leads to a place that exists only in samples."
        return sentence, "Write the true address.", "warning"
    if rest[-1] in ".,;:!" or rest.count("(") < rest.count(")"):
        sentence = "the link {target!r} ends with a sign that hardly belongs to the address."
        return sentence, "Put it behind the link.", "warning"
    return None


def _wrong_with(rest: str, host: str) -> str:
    if not rest.startswith("//") or rest.startswith("///"):
        return "two slashes stand behind “https:”"
    if re.search(r"\s|%20", rest.partition("?")[0][2:].partition("/")[0]) or " " in rest:
        return "there is a blank in it"
    if _SAMPLE.fullmatch(host) or _NUMBERS.fullmatch(host):
        return ""
    if not _HOST.fullmatch(host):
        return "it names no site"
    if _BROKEN_PERCENT.search(rest.partition("#")[0]):
        return "a percent sign without its two digits stands in it"
    return "the scheme stands there twice" if re.match(r"//https?(?:/|:)", rest) else ""


def _mail(rest: str) -> _Said | None:
    address = unquote(rest.partition("?")[0])
    if not _MAIL.fullmatch(address):
        remedy = "Write it like “mailto:presse@example.org”."
        return "the link {target!r} holds no e-mail address.", remedy, "error"
    if not _HOST.fullmatch(address.rpartition("@")[2]):
        return "the address in {target!r} has no domain.", "Write it out.", "error"
    if _SAMPLE.fullmatch(address.rpartition("@")[2].lower()):
        sentence = "the address in {target!r} exists only in samples."
        return sentence, "Write the true one.", "warning"
    return None


RULE = Rule(name="links", severity="error", look=_look)

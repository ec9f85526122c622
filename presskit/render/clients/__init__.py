"""Whether the mail programs of its readers can show what a mail uses.

The facts are caniemail's tests (``support``), the judgement is ours (``losses``): a template that
would cost some readers the content is refused, one that only costs them grace is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from presskit.errors import Place, TemplateError
from presskit.render.clients.losses import LOSSES, Loss
from presskit.render.clients.support import OUTLOOK, Feature, features
from presskit.render.clients.used import Use, uses
from presskit.render.house import House

_MOST_NAMED = 4


@dataclass(frozen=True)
class Finding:
    """A feature that some mail programs cannot show; ``loss`` is None where it is only grace."""

    feature: Feature
    written: str
    clients: tuple[str, ...]
    loss: Loss | None

    @property
    def shown_clients(self) -> str:
        """The first few programs by name: ``Gmail, Outlook for Windows and 5 more``."""
        first, rest = self.clients[:_MOST_NAMED], len(self.clients) - _MOST_NAMED
        return ", ".join(first) + (f" and {rest} more" if rest > 0 else "")


def findings(html: str) -> tuple[Finding, ...]:
    """What some mail programs cannot show of a page with its styles worked in, each feature once.

    Those that cost readers the content come first.
    """
    worst: dict[tuple[str, bool], Finding] = {}
    for each in _found(html):
        worst.setdefault((each.feature.key, each.loss is None), each)
    ordered = sorted(worst.values(), key=lambda each: each.loss is None)
    fatal = {each.feature.key for each in ordered if each.loss}
    return tuple(each for each in ordered if each.loss or each.feature.key not in fatal)


def _found(html: str) -> Iterator[Finding]:
    known = features()
    for use in uses(html):
        feature = known.get(use.feature)
        clients = _without(feature, use) if feature else ()
        if feature and clients:
            loss = None if use.eased else LOSSES.get(use.feature)
            yield Finding(feature, use.written, clients, loss)


def _without(feature: Feature, use: Use) -> tuple[str, ...]:
    return tuple(each for each in feature.not_in if use.outlook or each != OUTLOOK)


def check_clients(html: str, house: House, name: str) -> None:
    """Refuse a template whose mail would cost readers content; ``html`` has its styles worked in.

    Raises :class:`TemplateError` with the line of the template, where it can be told.
    """
    for each in findings(html):
        if each.loss:
            raise TemplateError(
                "the template uses {written!r}, which {clients} cannot show: {why}.",
                remedy=each.loss.remedy,
                place=_place(each.written, house, name),
                written=each.written,
                clients=each.shown_clients,
                why=each.loss.why,
                feature=each.feature.key,
            )


def _place(written: str, house: House, name: str) -> Place:
    """The first line, in the template or in those it is made of, that says what was found."""
    others = [each for each in house.templates if each.endswith(".html.j2") and each != name]
    for pattern in _patterns(written):
        for file in (name, *others):
            if found := pattern.search(house.templates.get(file, "")):
                line = found.string.count("\n", 0, found.start()) + 1
                return Place(f"{house.folder}/{file}", line)
    return Place(f"{house.folder}/{name}")


def _patterns(written: str) -> Iterator[re.Pattern[str]]:
    """As it is written, however it is spaced; then its beginning only."""
    name, colon, value = written.partition(":")
    if colon and value:
        yield re.compile(rf"{re.escape(name)}\s*:\s*{re.escape(value.strip())}", re.I)
        yield re.compile(rf"(?<![\w-]){re.escape(name)}\s*:", re.I)
    elif written.startswith("<"):
        yield re.compile(rf"<{re.escape(written.strip('<>').split(' ')[0])}\b", re.I)
    else:
        yield re.compile(re.escape(written), re.I)

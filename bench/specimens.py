"""Releases and people for benchmarks: all different, and the same in every run."""

from __future__ import annotations

import datetime as dt
import random

from presskit.dispatch.skeleton import Personal
from presskit.document import (
    Block,
    BulletList,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Link,
    ListItem,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from presskit.release import Release
from presskit.testing import BERLIN, sample_release

_CITIES = "Aalen Biberach Esslingen Göttingen Heilbronn Lörrach Mühlacker Tübingen Ulm Überlingen"
_TOPICS = (
    *("Ganztagsschulen", "Wohnungsbau", "Grundsteuer", "Nahverkehr", "Kindertagesstätten"),
    *("Klimaschutz", "Stadtbüchereien", "Krankenhäuser", "Digitalisierung", "Wärmeplanung"),
)
_SENTENCES = (
    "Die Stadt {city} hat im vergangenen Jahr {number} Anträge zum Thema {topic} bearbeitet.",
    "„Für {topic} brauchen die Städte verlässliche Mittel“, so der Städtetag zu {number} Fällen.",
    "Das Land will die Kommunen bei {topic} auf lange Sicht begleiten; {city} hat damit begonnen.",
    "In {city} treffen sich {number} Fachleute, um Erfahrungen über {topic} auszutauschen.",
    "Nach der Umfrage unter {number} Mitgliedstädten ist {topic} die größte Aufgabe der Räte.",
    "Die Kosten steigen um {number} Euro je Einwohnerin und Einwohner, nicht nur in {city}.",
)


def release(number: int, seed: int) -> Release:
    """A release of about 3 kB of text, with whatever a release of this office may contain."""
    dice = random.Random(f"{seed} {number}")
    title = f"Umfrage unter {dice.randint(20, 190)} Städten: {dice.choice(_TOPICS)} in Zahlen"
    return sample_release(number, title=title, subject=title, text=_text(dice))


def person(number: int, seed: int) -> Personal:
    """A recipient; every fourth name needs an encoded word in the header."""
    dice = random.Random(f"{seed} {number}")
    first = dice.choice(("Anna", "Jörg", "Marie", "Tom"))
    last = f"{dice.choice(('Berger', 'Huber', 'Keller', 'Maier'))}-{dice.choice(_CITIES.split())}"
    return Personal(
        name=f"{first} {last}",
        address=f"person{number}@redaktion{seed}.example",
        greeting=f"Guten Tag {first} {last}",
        token=f"{dice.getrandbits(96):024x}",
        date=dt.datetime(2017, 7, 31, 10, tzinfo=BERLIN) + dt.timedelta(seconds=number),
    )


def _text(dice: random.Random) -> Document:
    blocks: list[Block] = [
        _paragraph(dice, 4),
        Heading(2, (Text(f"{dice.choice(_TOPICS)} und {dice.choice(_TOPICS)}"),)),
        Paragraph((*_marked(dice).children, Footnote((_paragraph(dice, 1),)))),
        BulletList(tuple(ListItem((_paragraph(dice, 1),)) for _ in range(4))),
        _paragraph(dice, 5),
        Quote((_paragraph(dice, 3),)),
        Heading(3, (Text(f"Was {dice.choice(_CITIES.split())} anders macht"),)),
        _paragraph(dice, 5),
        _table(dice),
        _marked(dice),
        _paragraph(dice, 4),
    ]
    return Document(tuple(blocks))


def _table(dice: random.Random) -> Table:
    header = tuple((Text(each),) for each in ("Stadt", "Anträge", "Bewilligt"))
    rows = tuple(
        ((Text(city),), (Text(str(dice.randint(100, 999))),), (Text(str(dice.randint(1, 99))),))
        for city in dice.sample(_CITIES.split(), 5)
    )
    return Table(header, rows, ("left", "right", "right"))


def _marked(dice: random.Random) -> Paragraph:
    """A paragraph with emphasis and a link."""
    address = f"https://www.staedtetag-bw.de/umfrage/{dice.randint(1000, 9999)}"
    return Paragraph(
        (
            Text("Mehr über "),
            Strong((Text(dice.choice(_TOPICS)),)),
            Text(" steht in der "),
            Link((Text(f"Umfrage {dice.randint(10, 99)}"),), address),
            Text(", und "),
            Emphasis((Text(_sentence(dice)),)),
        )
    )


def _paragraph(dice: random.Random, sentences: int) -> Paragraph:
    return Paragraph((Text(" ".join(_sentence(dice) for _ in range(sentences))),))


def _sentence(dice: random.Random) -> str:
    return dice.choice(_SENTENCES).format(
        city=dice.choice(_CITIES.split()),
        topic=dice.choice(_TOPICS),
        number=dice.randint(10, 9999),
    )

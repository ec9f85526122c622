"""Which column of a list file means what, in German and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from presskit import german
from presskit.errors import Place, RecipientsError
from presskit.people import Gender
from presskit.wording import Language

# field of a recipient -> the headings people give it (folded: no case, umlauts, signs).
_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "address": "email e-mail mail emailadresse mailadresse emailaddress e-mail-address "
        "email1value emailprivat emailgeschaeftlich primaryemail",
        "name": "name vollername fullname displayname anzeigename ansprechpartner "
        "ansprechpartnerin kontakt contact",
        "first_name": "vorname firstname givenname rufname",
        "last_name": "nachname familienname zuname lastname surname familyname",
        "gender": "geschlecht gender sex anrede salutationtitle",
        "title": "titel title akademischertitel namenstitel",
        "office": "amt amtsbezeichnung funktion position office jobtitle role rolle",
        "organisation": "organisation organization firma company medium redaktion verlag "
        "dienststelle behoerde institution",
        "city": "stadt ort city town gemeinde kommune",
        "language": "sprache language",
        "salutation": "briefanrede persoenlicheanrede salutation greeting grussformel",
    }
)
_FIELD_OF = {
    re.sub(r"[^a-z0-9]", "", heading): field
    for field, headings in _HEADINGS.items()
    for heading in headings.split()
}

_GENDERS: Mapping[str, Gender] = MappingProxyType(
    {
        **dict.fromkeys(("f", "w", "frau", "fr", "weiblich", "female", "ms", "mrs"), "f"),
        **dict.fromkeys(("m", "herr", "herrn", "hr", "maennlich", "male", "mr"), "m"),
        **dict.fromkeys(("d", "x", "divers", "diverse", "nonbinary", "neutral"), "d"),
        "": "",
    }
)
_LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        **dict.fromkeys(("de", "deu", "ger", "deutsch", "german"), "de"),
        **dict.fromkeys(("en", "eng", "englisch", "english"), "en"),
    }
)


def map_columns(headings: Sequence[str], place: Place) -> tuple[str, ...]:
    """The field each column means; a column presskit does not know keeps its own heading."""
    headings = tuple(" ".join(heading.split()) for heading in headings)
    fields = tuple(_FIELD_OF.get(_key(heading)) or _own(heading) for heading in headings)
    named = [each for each in fields if each]
    doubled = next((each for each in named if named.count(each) > 1), None)
    if doubled:
        both = ", ".join(
            repr(heading)
            for heading, field in zip(headings, fields, strict=True)
            if field == doubled
        )
        raise RecipientsError(
            "two columns mean the same: {both}.",
            remedy="Keep one of them, or give the other a heading of its own.",
            place=place,
            both=both,
        )
    if "address" not in fields:
        raise RecipientsError(
            "no column holds the e-mail addresses; the headings are {headings}.",
            remedy="Head that column “E-Mail” or “email”; the first line holds the headings.",
            place=place,
            headings=", ".join(repr(each) for each in headings),
        )
    return fields


def _own(heading: str) -> str:
    """An unknown column's heading, kept apart from presskit's own names of fields."""
    return f"{heading} (column)" if heading in _HEADINGS else heading


def read_gender(written: str) -> Gender | None:
    """What a cell says of the gender; None where it says something unknown. Never guessed."""
    return _GENDERS.get(german.fold(written.strip()).removesuffix("."))


def read_language(written: str) -> Language | None:
    """The language a cell names (``de``, ``en-GB``, ``Englisch``); None for any other."""
    return _LANGUAGES.get(re.split(r"[-_ ]", german.fold(written.strip()))[0])


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", german.fold(heading))

"""The fixed words that presskit itself puts into documents, in each language it writes."""

from __future__ import annotations

from typing import Literal

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "contact": ("Kontakt", "Contact"),
    "phone": ("Telefon", "Phone"),
    "fax": ("Telefax", "Fax"),
    "email": ("E-Mail", "E-mail"),
    "attachments": ("Anlagen", "Attachments"),
    "embargo": ("Sperrfrist", "Embargo"),
    "issuers": ("Gemeinsam herausgegeben von", "Issued jointly by"),
    "responsible": ("Verantwortlich", "Responsible"),
    "represented_by": ("Vertreten durch", "Represented by"),
    "why": ("Sie erhalten diese Nachricht über den Verteiler", "You receive this through the list"),
    "unsubscribe": ("Abmelden per E-Mail", "Unsubscribe by e-mail"),
    "to_everyone": ("Sehr geehrte Damen und Herren", "Dear Sir or Madam"),
    "date": ("Datum", "Date"),
    "reference": ("Nummer", "Number"),
    "file_reference": ("Aktenzeichen", "File reference"),
    "imprint": ("Impressum", "Legal notice"),
    "key_data": ("Eckdaten", "Key data"),
    "picture": ("Bild", "Picture"),
    "back": ("Zurück zur Stelle im Text", "Back to the text"),
    "draft": ("Entwurf", "Draft"),
    "quote_marks": ("„“‚‘", "“”‘’"),
}


def word(key: str, language: Language) -> str:
    """The wording of a key in a language."""
    return _WORDS[key][LANGUAGES.index(language)]


def words(language: Language) -> dict[str, str]:
    """All wordings of a language by key, for templates."""
    return {key: word(key, language) for key in _WORDS}

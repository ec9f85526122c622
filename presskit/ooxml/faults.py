"""Why a file cannot be taken as a Word file: one sentence and one remedy for each cause."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from presskit.errors import Place, PresskitError

_SAVE = "Open it in Word and choose File > Save As > “Word Document (.docx)”."
_AGAIN = "Ask for the file again, or open it in Word, which can often mend it, and save it anew."
_STRANGE = (
    "No word processor writes such a file; ask whoever sent it what it is, and do not use it."
)

FAULTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "empty": ("the file is empty.", "Save it again, or ask for it again."),
        "lock": (
            "this is not the document but the small file that Word keeps beside an open one.",
            "Take the file of the same name without “~$”.",
        ),
        "password": (
            "the file is protected by a password.",
            "In Word, choose File > Info > Protect Document > Encrypt with Password, empty the "
            "field, and save.",
        ),
        "rights": (
            "the file may only be opened by those whom its owner allows (rights management).",
            "In Word, choose File > Info > Protect Document > Restrict Access > Unrestricted "
            "Access, and save.",
        ),
        "old": ("the file is in Word's old format (.doc).", _SAVE),
        "other": ("the file is {what}, not a Word document (.docx).", "{how}"),
        "unknown": (
            "the file is no Word file.",
            "Save it in Word as “Word Document (.docx)”; a new ending alone does not change a "
            "file.",
        ),
        "strict": (
            "the file is saved as “Strict Open XML”, which few programs can read.",
            "In Word, choose File > Save As > “Word Document (.docx)”, not “Strict Open XML”.",
        ),
        "macros": (
            "the file holds macros ({part}), which no release should carry.",
            "Save it in Word as “Word Document (.docx)” or “Word Template (.dotx)”.",
        ),
        "cut": ("the file is cut off: its end is missing.", "Ask for it or copy it again."),
        "damaged": ("the file is damaged{part}.", _AGAIN),
        "no_document": ("the file is a Word file without a document in it.", _AGAIN),
        "packing": (
            "a part of the file is packed in a way that Word does not use ({part}).",
            _SAVE,
        ),
        "twice": ("the file holds two different parts of the name {part}.", _STRANGE),
        "name": ("a part of the file has an impossible name: {part}.", _STRANGE),
        "parts": ("the file has more than {limit:,} parts.", _STRANGE),
        "large": (
            "the file is larger than {limit} MB.",
            "In Word, click a picture and choose Picture Format > Compress Pictures, and save.",
        ),
        "bomb": (
            "the file has {size:.1f} MB and unpacks to more than {limit} MB.",
            _STRANGE,
        ),
        "long": (
            "a part of the file is too long to be read: {part}.",
            "Divide the document into several, and try each.",
        ),
        "doctype": (
            "a part of the file has a document type declaration, which may fetch or blow up "
            "what is not there: {part}.",
            _STRANGE,
        ),
    }
)

Raised = TypeVar("Raised", bound=PresskitError)


class PackageError(PresskitError):
    """A file cannot be read as Word's; ``rule`` is the cause, a key of :data:`FAULTS`.

    Readers hand it on as an error of their own: ``raise fault.about(DraftError, place)``.
    """

    def __init__(self, rule: str, **facts: object) -> None:
        sentence, remedy = FAULTS[rule]
        self.rule = rule
        super().__init__(sentence, remedy=remedy, place=None, **facts)

    def about(self, error: type[Raised], place: Place) -> Raised:
        """The same fault as another error, with the file it was found in."""
        return error(self.sentence, remedy=self.remedy, place=place, **self.facts)

"""Attachments are files that everybody can open and no mail server turns away, under plain names.

Programs, scripts and files with macros are refused by mail servers, and rightly. For documents PDF
is what opens everywhere. A file whose content is not what its name says opens nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule, Severity
from presskit.intake.shapes import word_set
from presskit.release import Attachment

_REFUSED = word_set(
    "exe com scr pif bat cmd ps1 vbs vbe js jse wsf wsh msi msp hta cpl jar lnk reg "
    "iso img dll sys docm dotm xlsm xltm xlsb xlam pptm potm ppsm ppam sldm"
)
_EDITABLE = word_set("doc docx dot dotx odt rtf xls xlsx ods ppt pptx odp pages numbers key")
_PACKED = word_set("zip rar 7z tar gz tgz bz2 xz")
_BEGINNINGS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "gif": b"GIF8",
    "docx": b"PK",
    "xlsx": b"PK",
    "pptx": b"PK",
    "zip": b"PK",
}
_PROGRAMS = (b"MZ", b"\x7fELF")
_ODD = re.compile(r'[<>:"|?*#%&{}$!@+`=\x00-\x1f]|^[. ]|[. ]$|  ')

_Said = tuple[str, str, Severity]


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for each in page.draft.attachments if page.draft else ():
        for sentence, remedy, severity in (*_format(each), *_name(each.file_name)):
            yield Observation(
                sentence=sentence,
                remedy=remedy,
                line=page.draft.lines.get("attachments", 1) if page.draft else 0,
                words=each.file_name,
                severity=severity,
                facts={"name": each.file_name, "format": each.format},
            )


def _format(each: Attachment) -> Iterator[_Said]:
    ending = each.file_name.rpartition(".")[2].lower() if "." in each.file_name else ""
    beginning = _BEGINNINGS.get(ending)
    if ending in _REFUSED or each.content.startswith(_PROGRAMS):
        remedy = "Send a PDF of it."
        yield "{name!r} is a program or holds macros; mail servers refuse it.", remedy, "error"
    elif beginning and not each.content[:1024].lstrip().startswith(beginning):
        yield "{name!r} is no {format} inside.", "Save it anew in the right format.", "warning"
    elif ending in _EDITABLE:
        sentence = "{name!r} can be changed by its readers and looks different on each machine."
        yield sentence, "Send a PDF of it, unless it is to be worked with.", "hint"
    elif ending in _PACKED:
        sentence = "{name!r} is packed; many editorial offices cannot take it, nor phones open it."
        yield sentence, "Attach the files themselves, or link to them.", "warning"


def _name(name: str) -> Iterator[_Said]:
    if "." not in name:
        yield "{name!r} has no ending, so that nobody knows what opens it.", "Add it.", "warning"
    if _ODD.search(name) or any(unicodedata.category(sign)[0] == "C" for sign in name):
        remedy = "Use letters, digits, hyphens and blanks."
        yield "{name!r} has signs that some systems do not take.", remedy, "hint"
    if len(name) > 100:
        yield "{name!r} is a long name.", "Shorten it.", "hint"


RULE = Rule(name="attachments", severity="warning", look=_look)

"""typst, which sets the pages: its only door, and what it says in the words of the house."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from presskit.document import Code, CodeBlock, Document, Image, Text, nodes
from presskit.errors import OfficeError, Place, TemplateError, UnsupportedError
from presskit.release import Release
from presskit.render.house import House

if TYPE_CHECKING:
    import typst

TEMPLATE = "release.typ"
_STANDARDS = ["a-2a", "ua-1"]
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_LINE = re.compile(r"\.typ:(\d+):(\d+)")


def compile_pdf(
    house: House, release: Release, inputs: Mapping[str, str], files: Mapping[str, bytes]
) -> bytes:
    """The PDF of the office's template with the given data and pictures.

    Nothing is read but the template, the fonts and ``files``; no package, no network, no font of
    the machine. Raises :class:`TemplateError` or :class:`UnsupportedError`.
    """
    import typst

    source = house.templates.get(TEMPLATE)
    if source is None:
        raise OfficeError(
            "the template of the PDF is missing.",
            remedy="Put {name} back; `presskit init` in another folder gives a fresh one.",
            place=Place(f"{house.folder}/{TEMPLATE}"),
            name=TEMPLATE,
        )
    with tempfile.TemporaryDirectory(prefix="presskit-") as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        try:
            made, _warnings = _compiler(house.fonts).compile_with_warnings(
                input=source.encode(),
                root=folder,
                sys_inputs=dict(inputs),
                pdf_standards=_STANDARDS,  # type: ignore[arg-type]
                timestamp=release.published_at.astimezone(dt.UTC).replace(microsecond=0),
            )
        except typst.TypstError as fault:
            raise _in_our_words(fault, release, house) from fault
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file")
    return made


@functools.lru_cache(maxsize=4)
def _compiler(fonts: str) -> typst.Compiler:
    """One compiler for the fonts of an office; warm, it is ten times as fast."""
    import typst

    known = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    if not known.families():
        raise OfficeError(
            "there are no fonts for the PDF.",
            remedy="Put them back; `presskit init` in another folder gives fresh ones.",
            place=Place(fonts),
        )
    return typst.Compiler(font_paths=known, ignore_system_fonts=True)


def _in_our_words(
    fault: typst.TypstError, release: Release, house: House
) -> TemplateError | UnsupportedError:
    unshown = _UNSHOWN.search(fault.diagnostic)
    if unshown:
        line = _line_with(unshown[1], release)
        return UnsupportedError(
            "the fonts of the PDF have no sign for {text!r}.",
            remedy="Write it in words, or put a font that has it into {folder}/fonts.",
            place=Place("text", line) if line else None,
            text=unshown[1],
            folder=house.folder,
        )
    if "internal error" in fault.message:
        return UnsupportedError(
            "the text is built too intricately for an accessible PDF.",
            remedy="Take tables out of footnotes, and footnotes with lists out of tables.",
        )
    found = _LINE.search(fault.diagnostic)
    place = Place(f"{house.folder}/{TEMPLATE}", int(found[1]) if found else None)
    return TemplateError(
        "the PDF cannot be set: {fault}.",
        remedy="Mend the template, or bring back the one that `presskit init` gives.",
        place=place,
        fault=fault.message.strip().rstrip("."),
    )


def _line_with(text: str, release: Release) -> int:
    """The line of the block in which some characters stand; 0 where it is not known."""
    line = 0
    for node in nodes(Document(release.blocks())):
        line = getattr(node, "line", 0) or line
        match node:
            case Text(content) | Code(content) | CodeBlock(content) if text in content:
                return line
            case Image(title=caption) if text in caption:
                return line
    return 0

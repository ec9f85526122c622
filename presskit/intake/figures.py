"""The pictures that a draft's text shows, read from beside the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from presskit.document import Block, Document, Image, figure, nodes
from presskit.errors import DraftError, Place
from presskit.german import ascii_name
from presskit.intake.pictures import read_picture
from presskit.pictures import Picture


def read_pictures(
    text: Document, file: str, read_file: Callable[[str], bytes]
) -> dict[str, Picture]:
    """Every picture of a text by its ``source``; a fault is named with the line it is shown on."""
    found: dict[str, Picture] = {}
    for image, place, alone in _images(text, file):
        _check(image, place, alone)
        if image.source not in found:
            name = _file_name(image.source, {each.file_name for each in found.values()})
            content = _content(image.source, place, read_file)
            found[image.source] = read_picture(content, name, place, image.source)
    return found


def _images(text: Document, file: str) -> Iterator[tuple[Image, Place, bool]]:
    """Each picture, its place, and whether its paragraph holds nothing else."""
    line = 0
    alone: Image | None = None
    for node in nodes(text):
        line = getattr(node, "line", 0) or line
        if isinstance(node, Block):
            alone = figure(node)
        elif isinstance(node, Image):
            yield node, Place(file, line or None), node is alone


def _check(image: Image, place: Place, alone: bool) -> None:
    facts = {"source": image.source}
    if not image.alt.strip():
        sentence = "the picture {source!r} has no words for those who cannot see it."
        remedy = "Say in a few words what it shows: “![what it shows]({source})”."
        raise DraftError(sentence, remedy=remedy, place=place, **facts)
    if image.title and not alone:
        sentence = "the picture {source!r} has a caption and stands among other words."
        remedy = "Put the picture into a paragraph of its own, or leave the caption out."
        raise DraftError(sentence, remedy=remedy, place=place, **facts)


def _content(source: str, place: Place, read_file: Callable[[str], bytes]) -> bytes:
    if ":" in source[2:] or source.startswith("//"):
        raise DraftError(
            "the picture {source!r} is on the network, and nothing is fetched from there.",
            remedy="Save it beside the draft and write its file's name.",
            place=place,
            source=source,
        )
    try:
        return read_file(unquote(source))
    except (OSError, ValueError) as fault:
        raise DraftError(
            "the picture {source!r} cannot be read: {fault}.",
            remedy="Put it beside the draft, or mend the name.",
            place=place,
            source=source,
            fault=getattr(fault, "strerror", None) or "its name is none",
        ) from None


def _file_name(source: str, taken: set[str]) -> str:
    """An ASCII name like the file's own, and unlike those that are taken."""
    name = ascii_name(unquote(source).replace("\\", "/").rpartition("/")[2])
    stem, dot, ending = name.rpartition(".")
    number, free = 2, name
    while free.lower() in {each.lower() for each in taken}:
        free = f"{stem or ending}-{number}{dot and dot + ending}" if stem else f"{name}-{number}"
        number += 1
    return free

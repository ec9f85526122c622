"""A release as PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) in one file, set by typst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from presskit.letterhead import fields
from presskit.ooxml.controls import tagged
from presskit.ooxml.markup import STEP
from presskit.ooxml.package import Package
from presskit.pictures import Picture
from presskit.release import Release
from presskit.render.house import House
from presskit.render.pdf.compiler import compile_pdf
from presskit.render.pdf.stationery import Stationery, read_stationery
from presskit.render.pdf.text import Data, Writer
from presskit.render.word.letterhead import Letterhead, compiled_letterhead, fill_fields
from presskit.render.word.properties import language_tag
from presskit.render.word.styles import Styles
from presskit.wording import words

TEMPLATE = "release.typ"
_POINTS_OF_A_LEVEL = STEP / 20
# A column is as wide as its longest cell, within these numbers of characters.
_NARROWEST, _WIDEST = 6, 40


def render(release: Release, house: House) -> bytes:
    """The release as a PDF; the same release and house give the same bytes.

    Page, margins, header, footer and looks are those of the office's Word letterhead.
    """
    letterhead = compiled_letterhead(house.letterhead, house.letterhead_file)
    stationery = _stationery(release, house, letterhead)
    pictures = release.draft.pictures
    names = _file_names(pictures)
    data = _release_data(release, house, stationery)
    data["blocks"] = _measured(Writer(names).blocks(release.blocks()), release, names, stationery)
    data["edge"] = _edge(release, letterhead)
    files = {names[source]: each.content for source, each in pictures.items()}
    inputs = {"release": json.dumps(data, ensure_ascii=False)}
    return compile_pdf(house, release, inputs, {**stationery.files, **files})


def _stationery(release: Release, house: House, letterhead: Letterhead) -> Stationery:
    """The letterhead with its fields filled, as the Word file has them."""
    package = letterhead.package.copy()
    styles = Styles(package.tree(_styles_part(package, letterhead.document)))
    fill_fields(package, letterhead, styles, fields(release, house.association))
    return read_stationery(package, letterhead.document)


def _styles_part(package: Package, document: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return package.related(document, RELATIONSHIP_TYPE.STYLES)[0]


def _release_data(release: Release, house: House, stationery: Stationery) -> Data:
    draft, association = release.draft, house.association
    language = language_tag(draft.language, association.language)
    numbers = (str(release.reference), *(str(each) for each in draft.file_references))
    return {
        "stationery": stationery.data,
        "title": draft.title,
        "subject": draft.subject,
        "association": association.name,
        "keywords": list(numbers),
        "language": draft.language,
        "region": language.partition("-")[2],
        "mark": release.mark,
        "words": dict(words(draft.language)),
    }


def _edge(release: Release, letterhead: Letterhead) -> str:
    """What every page has to say and the letterhead's header and footer do not."""
    beside = {
        tag for story in letterhead.stories[1:] for tag, _ in tagged(letterhead.package.tree(story))
    }
    parts = []
    if not beside & {"press.reference", "press.reference_line"}:
        parts.append(str(release.reference))
    if release.draft.embargo and "press.embargo" not in beside:
        parts.append(release.draft.embargo.written(release.draft.language))
    return " · ".join(parts)


def _measured(
    data: list[Data], release: Release, names: dict[str, str], stationery: Stationery
) -> list[Data]:
    """The blocks with the widths of columns and pictures, which typst need not find out."""
    page = stationery.data["page"]
    width = page["width"] - page["left"] - page["right"]
    by_file = {names[source]: each for source, each in release.draft.pictures.items()}
    return [_with_widths(block, by_file, width) for block in data]


def _with_widths(node: Any, pictures: dict[str, Picture], width: float) -> Any:
    """The same data; what stands in a list or quotation has less room for its pictures."""
    if isinstance(node, list):
        return [_with_widths(each, pictures, width) for each in node]
    if not isinstance(node, dict):
        return node
    kind = node.get("type")
    inner = width - _POINTS_OF_A_LEVEL if kind in ("bullets", "numbers", "quote") else width
    if kind == "table" and node["align"]:
        node = {**node, "widths": _column_widths(node)}
        inner = width / len(node["align"]) - 9
    if "file" in node:
        node = {**node, "width": pictures[node["file"]].size_within(width)[0]}
    found = {key: _with_widths(each, pictures, inner) for key, each in node.items()}
    if kind == "table":
        found["rows"] = [[{"children": cell} for cell in row] for row in found["rows"]]
    return found


def _column_widths(table: Data) -> list[int]:
    columns = zip(table["header"], *table["rows"], strict=True)
    longest = (max(_length(cell) for cell in column) for column in columns)
    return [min(max(each, _NARROWEST), _WIDEST) for each in longest]


def _length(children: list[Data]) -> int:
    return sum(
        len(str(each.get("content", ""))) + _length(each.get("children", [])) for each in children
    )


def _file_names(pictures: Mapping[str, Picture]) -> dict[str, str]:
    """A file for each picture, by its source."""
    numbered = enumerate(pictures.items(), start=1)
    return {source: f"text-{number}.{_ending(each)}" for number, (source, each) in numbered}


def _ending(picture: Picture) -> str:
    return {"jpeg": "jpg"}.get(picture.format, picture.format)

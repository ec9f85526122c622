"""What mail programs can show: the extract of caniemail's tests that comes with presskit.

``docs/clients/extract.py`` makes the extract anew; its source, date and licence stand within it.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib import resources

OUTLOOK = "Outlook for Windows"
EVERYBODY = ("every mail program",)
# What no mail program shows, for want of which nobody tests it.
NOWHERE = ("applet", "canvas", "embed", "frame", "frameset", "iframe", "math", "script")


@dataclass(frozen=True)
class Feature:
    """A piece of HTML or CSS, and the mail programs that cannot show it at all."""

    key: str
    title: str
    not_in: tuple[str, ...]


@functools.cache
def features() -> dict[str, Feature]:
    """Every feature by its key, such as ``css-display-flex``."""
    text = resources.files(__package__).joinpath("caniemail.json").read_text(encoding="utf-8")
    tested = json.loads(text)["features"]
    known = {key: Feature(key, each["title"], tuple(each["n"])) for key, each in tested.items()}
    return known | {name: Feature(name, f"<{name}>", EVERYBODY) for name in NOWHERE}


@functools.cache
def attributes() -> dict[str, str]:
    """The keys of those features that are an attribute, by its name."""
    named = re.compile(r"(\S+) attribute")
    found = {key: named.fullmatch(each.title) for key, each in features().items()}
    return {match[1]: key for key, match in found.items() if match} | {"srcset": "html-srcset"}


@functools.cache
def properties() -> dict[str, str]:
    """The keys of those features that are a CSS property, by its name."""
    found = {
        key.removeprefix("css-"): key
        for key in features()
        if re.fullmatch(r"css-(?!at-|display|pseudo|selector|unit|function|position$)[a-z-]+", key)
    }
    offsets = dict.fromkeys(("left", "right", "top", "bottom"), "css-left-right-top-bottom")
    gaps = dict.fromkeys(("column-gap", "row-gap"), "css-gap")
    grid = ("grid-template", "grid-template-columns", "grid-template-rows", "grid-template-areas")
    return found | offsets | gaps | dict.fromkeys(grid, "css-grid-template")

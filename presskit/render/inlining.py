"""CSS into style attributes, once a version: the one door to premailer, with its faults guarded.

premailer is not maintained any more; what it does wrong, and the recipe that avoids it, was
measured before. What it would drop without a word is refused here.
"""

from __future__ import annotations

import functools
import inspect
import logging
import re
import threading
from typing import Any

import premailer

from presskit.errors import Place, TemplateError

_RECIPE: dict[str, Any] = {
    "allow_network": False,
    "strip_important": False,  # else the kept @media rules lose theirs, and never win
    "disable_validation": True,
    "disable_link_rewrites": True,
    "keep_style_tags": False,
    "disable_basic_attributes": ["height"],  # else it writes height="auto" over a picture's own
    "remove_classes": False,  # dark mode and mobile rules need them
    "cssutils_logging_level": logging.CRITICAL,
}

# In the style block that is inlined: what premailer or cssutils drop, or leave behind, silently.
_LOST = re.compile(
    r"@(?!media\b)[\w-]+|\b(?:var|calc|min|max|clamp|env)\(|:[\w-]+\([^)]*\)\s*[^;}]*\{|"
    r"\[data-og\w+\]|\brgba?\([^)]*/"
)
_STYLE = re.compile(r"<style\b(?P<attributes>[^>]*)>(?P<css>.*?)</style>", re.DOTALL | re.I)
_STYLESHEET = re.compile(r"<link\b[^>]*\bstylesheet\b", re.I)
_FOR_OUTLOOK = re.compile(r"<!--\[if.*?-->", re.DOTALL | re.I)
_COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/", re.DOTALL)

# As lxml writes HTML: comments, raw style text, or a tag whose attributes are in double quotes, or
# in single ones where they hold a double one.
_VALUE = r"""(?:"[^"]*"|'[^']*')"""
_MARKUP = re.compile(
    rf"<!--.*?-->|<style\b.*?</style>|<[a-z][^\s>]*(?:\s+[^\s=>]+(?:={_VALUE})?)*\s*>",
    re.DOTALL | re.I,
)

_ONE_AT_A_TIME = threading.Lock()  # cssutils is not safe for threads


def inline_css(html: str, place: Place | None = None) -> str:
    """The page with its style rules in style attributes; nothing is fetched, nothing is read.

    A block ``<style data-premailer="ignore">`` stays as it is, and so do comments. ``place`` is
    the template, for messages. Raises :class:`TemplateError`.
    """
    _check(html, place)
    try:
        with _ONE_AT_A_TIME:
            inlined = premailer.Premailer(html, **_RECIPE).transform(pretty_print=False)
    except Exception as error:
        # premailer lets out whatever cssutils and lxml stumble over: each time the template's CSS.
        raise TemplateError(
            "the style rules of the page cannot be worked in: {reason}.",
            remedy="Look for a style rule or a style attribute that is no proper CSS.",
            place=place,
            reason=f"{type(error).__name__}: {error}",
        ) from error
    return _MARKUP.sub(_escape_attributes, inlined)


def _check(html: str, place: Place | None) -> None:
    """Refuse style sheets outside the page, and rules that would be lost in silence."""
    if _STYLESHEET.search(_COMMENT.sub("", html)):
        raise TemplateError(
            "the page links to a style sheet, and nothing is fetched while rendering.",
            remedy="Write its rules into a <style> block of the template.",
            place=place,
        )
    for block in _STYLE.finditer(_FOR_OUTLOOK.sub("", html)):
        if "data-premailer" in block["attributes"]:
            continue
        found = _LOST.search(_COMMENT.sub("", block["css"]))
        if found:
            raise TemplateError(
                "the style rule with {css!r} would be lost when styles are worked in.",
                remedy="Move it into the block <style data-premailer=“ignore”>, or do without.",
                place=place,
                css=found[0].strip(" {"),
            )


def _escape_attributes(markup: re.Match[str]) -> str:
    """A tag with ``<`` written as an entity in its attributes.

    libxml2 writes it raw, as HTML allows; but then a link's title could pass for a comment, and
    the places of personal copies are found by their comments.
    """
    tag = markup[0]
    if tag.startswith(("<!--", "<style")) or "<" not in tag[1:]:
        return tag
    return "<" + tag[1:].replace("<", "&lt;")


def _own_cache(function: Any) -> Any:
    """The function with a cache of its own.

    premailer keeps the results of three functions in one cache of 128 by their arguments alone:
    ``<p style="head">`` was answered with the selector ``head``, and crashed.
    """
    plain = inspect.unwrap(function)
    cached = functools.lru_cache(maxsize=5000)(plain)
    vars(cached).update(vars(function))
    return cached


_pairs = _own_cache(premailer.merge_style.csstext_to_pairs)
premailer.merge_style.csstext_to_pairs = _pairs
premailer.premailer.csstext_to_pairs = _pairs
for _name in ("_create_cssselector", "_cache_parse_css_string"):
    setattr(premailer.premailer, _name, _own_cache(getattr(premailer.premailer, _name)))

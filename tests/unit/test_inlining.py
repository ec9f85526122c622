"""Styles worked into the elements: as another inliner does, and nothing lost in silence."""

from __future__ import annotations

import re
import subprocess
import sys

import css_inline
import cssutils
import pytest
from lxml import html as lxml_html

from presskit.errors import TemplateError
from presskit.render import mail
from presskit.render.inlining import inline_css
from presskit.render.templates import fill
from tests.unit.test_mail import RELEASES, TEMPLATES, house, page


def test_every_template_looks_the_same_through_another_inliner() -> None:
    other = css_inline.CSSInliner(load_remote_stylesheets=False)
    for name, release in RELEASES.items():
        template = "newsletter.html.j2" if release.draft.issue else "mail.html.j2"
        raw = fill(house(), template, mail.mail_values(release, house()))
        assert _styles(inline_css(raw)) == _styles(other.inline(raw)), name


def _styles(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    body = lxml_html.document_fromstring(html).find("body")
    elements = (each for each in body.iter() if isinstance(each.tag, str) and each.tag != "tbody")
    return [(each.tag, _declarations(each.get("style", ""))) for each in elements]


def _declarations(style: str) -> list[tuple[str, str]]:
    parsed = cssutils.parseStyle(style, validate=False)
    return sorted((each.name, each.propertyValue.cssText.lower()) for each in parsed)


@pytest.mark.parametrize("name", RELEASES)
def test_dark_mode_and_narrow_screens_keep_their_rules(name: str) -> None:
    html = page(RELEASES[name])
    kept = re.findall(r'<style data-css-inline="keep">\n(.*?)</style>', html, re.DOTALL)
    outlooks = 1  # within a comment that only Outlook reads
    assert len(kept) == html.count("<style") - outlooks == 3
    assert all(block in TEMPLATES["mail.html.j2"] for block in kept)
    assert "@media (prefers-color-scheme: dark)" in kept[1]
    assert "[data-ogsc] h1" in kept[2]
    dark = re.findall(r"[\w-]+: [^;{}]+;", kept[1] + kept[2])
    assert dark
    assert all(rule.endswith("!important;") for rule in dark)


def test_colours_stand_apart_enough_to_be_read_in_light_and_dark() -> None:
    for text, background in (
        *(("#1b2430", "#ffffff"), ("#4a5565", "#f3f5f8"), ("#0b4f8a", "#f3f5f8")),
        *(("#8c1d18", "#fdf0ef"), ("#333f4e", "#ffffff"), ("#e9ecf0", "#252d37")),
        *(("#b9c2cd", "#252d37"), ("#8fc1f5", "#252d37"), ("#ffc9c4", "#3b2120")),
    ):
        assert text in TEMPLATES["mail.html.j2"]
        assert background in TEMPLATES["mail.html.j2"]
        assert _contrast(text, background) >= 4.5, (text, background)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_style_attribute_that_equals_a_selector_does_no_harm() -> None:
    html = "<style>p { color: #112233 }</style><p style='p'>a</p><p style='head'>b</p>"
    assert inline_css(html).count("color:#123") == 2


@pytest.mark.parametrize(
    "rule",
    [
        *("p { color: var(--ink) }", "td { width: calc(100% - 2px) }", "@import 'x.css';"),
        *("p:not(.a) { color: red }", "td:nth-child(2) { color: red }", "[data-ogsc] p { top: 0 }"),
        *("@font-face { font-family: X }", "p { color: rgb(1 2 3 / 50%) }"),
    ],
)
def test_a_rule_that_would_be_lost_is_refused(rule: str) -> None:
    with pytest.raises(TemplateError, match="would be lost"):
        inline_css(f"<style>\n{rule}\n</style><p>a</p>")


def test_a_linked_style_sheet_is_refused() -> None:
    with pytest.raises(TemplateError, match="nothing is fetched"):
        inline_css('<link rel="stylesheet" href="https://example.org/a.css"><p>a</p>')


def test_a_page_that_cannot_be_read_is_a_fault_of_the_template() -> None:
    with pytest.raises(TemplateError, match="cannot be worked in"):
        inline_css("")


def test_the_slow_import_waits_until_a_mail_is_rendered() -> None:
    command = "import sys, presskit.render.mail; sys.exit('premailer' in sys.modules)"
    subprocess.run([sys.executable, "-c", command], check=True)

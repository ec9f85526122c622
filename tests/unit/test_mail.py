"""The HTML mail: the office's templates, styles worked in, and places for each recipient."""

from __future__ import annotations

import hashlib
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import css_inline
import cssutils
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from presskit.document import Block, Document, Heading, Link, Paragraph, Quote, Table, Text
from presskit.errors import TemplateError, UnsupportedError
from presskit.letterhead import FIELDS, Association
from presskit.newsletter import Issue, IssueItem
from presskit.release import Embargo, Release
from presskit.render import mail
from presskit.render.house import House
from presskit.render.inlining import inline_css
from presskit.render.mail import GREETING, NOTICE
from presskit.render.templates import fill
from presskit.testing import ASSOCIATION, sample_release
from tests.unit import mail_trees

FOLDER = Path(__file__).parents[2] / "templates"
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.j2")}
FULL = Association(
    name="Städtetag & Töchter",
    legal_form="eingetragener Verein",
    address=("Königstraße 2", "70173 Stuttgart"),
    phone="0711 22921-0",
    fax="0711 22921-42",
    email="post@example.org",
    web="https://www.example.org",
    register="Amtsgericht Stuttgart, VR 1234",
    represented_by="Erika Muster",
    responsible="Christiane Conzen",
)
SIGNS = "\" ' <b> &amp; 😀 \r\n {{ x }} " + "ä" * 300


def house(association: Association = FULL, **changes: str) -> House:
    templates = {**TEMPLATES, **{name.replace("_", ".", 1): each for name, each in changes.items()}}
    return House(association=association, letterhead=b"", letterhead_file="", templates=templates)


def one_template(source: str) -> House:
    templates: Mapping[str, str] = {"mail.html.j2": source}
    return House(association=FULL, letterhead=b"", letterhead_file="", templates=templates)


def page(release: Release, association: Association = FULL) -> str:
    return mail.render(release, house(association)).decode()


def words(html: str) -> list[str]:
    """The words a reader sees, without those of the inbox preview."""
    tree = lxml_html.document_fromstring(html)
    for unseen in [*tree.iter("style", "title"), *tree.find_class("preview")]:
        unseen.drop_tree()
    for comment in tree.xpath("//comment()"):
        comment.drop_tree()
    return "".join(tree.itertext()).split()


def rich_release() -> Release:
    blocks = (
        Heading(2, (Text("Ziele"),)),
        Quote((Paragraph((Link((Text("dort"),), "https://example.org/a"),)),)),
        Table(
            ((Text("Stadt"),), (Text("Zahl"),)), (((Text("Ulm"),), (Text("5"),)),), ("", "right")
        ),
    )
    return sample_release(
        text=Document(blocks), kicker="Wettbewerb", embargo=Embargo(event="Redebeginn")
    )


def newsletter() -> Release:
    item = IssueItem(reference="P 309/2017", title="Quartier 2020", url="https://example.org/309")
    return sample_release(kind="Newsletter", issue=Issue((item,)), inquiries=(), place="")


RELEASES = {"short": sample_release(), "rich": rich_release(), "newsletter": newsletter()}


# What a reader sees


def test_the_letterhead_stands_above_the_text_in_its_order() -> None:
    seen = " ".join(words(page(rich_release())))
    parts = [
        *("Städtetag & Töchter", "Presseinformation", "Geschäftsführendes Vorstandsmitglied"),
        *("Bearbeiterin", "Christiane Conzen", "christiane.conzen@staedtetag-bw.de"),
        *("047.43 - P 309/2017 · Co", "31.07.2017", "Sperrfrist: Redebeginn", "Wettbewerb"),
        *("Statement zum", "Sehr geehrte Damen und Herren,", "Stuttgart.", "Kontakt:", "Anlagen"),
        *("eingetragener Verein", "Königstraße 2, 70173 Stuttgart", "www.example.org"),
        *("VR 1234", "Vertreten durch: Erika Muster", "Verantwortlich: Christiane Conzen"),
    ]
    places = [seen.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_what_an_association_does_not_have_leaves_no_empty_label() -> None:
    seen = " ".join(words(page(sample_release(contact=None), Association(name="Bund"))))
    assert seen.endswith("Bund")
    assert not re.search(r"Telefax|Vertreten|Verantwortlich|Bearbeiterin|\bF\b", seen)


def test_a_newsletter_shows_its_items_and_no_single_contact() -> None:
    seen = " ".join(words(page(newsletter())))
    assert "Quartier 2020 P 309/2017" in seen
    assert "Bearbeiterin" not in seen


def test_an_english_release_is_marked_and_addressed_in_english() -> None:
    html = page(sample_release(language="en"))
    assert html.count('lang="en"') == 2
    assert f"{GREETING[0]}Dear Sir or Madam,{GREETING[1]}" in html


def test_the_preview_says_the_first_words_and_the_embargo() -> None:
    long = Document((Paragraph((Text("Wort " * 60),)),))
    summary = mail.summary(sample_release(text=long, embargo=Embargo(event="Redebeginn")))
    assert summary.startswith("Sperrfrist: Redebeginn – Stuttgart. Wort Wort")
    assert summary.endswith("Wort …")
    assert len(summary) <= 122


# Hostile values


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(mail_trees.blocks(tables=True))
def test_the_words_of_any_text_arrive_unharmed(blocks: tuple[Block, ...]) -> None:
    html = page(sample_release(text=Document(blocks), place=""))
    body = lxml_html.document_fromstring(html).find_class("text")[0]
    for mark in [*body.find_class("note"), *body.xpath(".//comment()")]:
        mark.drop_tree()
    squeezed = "".join("".join(body.itertext()).split())
    for word in mail_trees.words(blocks):
        assert word in squeezed
    assert [html.count(mark) for mark in (*GREETING, *NOTICE)] == [1, 1, 1, 1]


@pytest.mark.parametrize("field", ["kind", "title", "kicker"])
def test_hostile_signs_in_the_head_arrive_unharmed(field: str) -> None:
    html = page(sample_release(**{field: SIGNS}))
    assert " ".join(SIGNS.split()) in " ".join(words(html))
    assert "\r" not in html


def test_a_text_that_quotes_the_marks_of_personal_places_is_harmless() -> None:
    quoted = " ".join((*GREETING, *NOTICE))
    link = Link((Text(quoted),), f"https://example.org/{GREETING[0]}", quoted)
    text = Document((Paragraph((Text(quoted), link)),))
    html = page(sample_release(title=quoted, kicker=quoted, text=text))
    assert [html.count(mark) for mark in (*GREETING, *NOTICE)] == [1, 1, 1, 1]
    assert "".join(words(html)).count(GREETING[0]) == 4
    anchor = lxml_html.document_fromstring(html).xpath("//a[@title]")[0]
    assert anchor.get("title") == quoted


def test_a_control_character_in_the_head_is_refused() -> None:
    with pytest.raises(UnsupportedError, match=r"U\+0001"):
        page(sample_release(title="Titel\x01"))


# The places of personal copies


def test_greeting_and_notice_stand_between_marks() -> None:
    html = page(sample_release())
    assert f"{GREETING[0]}Sehr geehrte Damen und Herren,{GREETING[1]}" in html
    assert f"{NOTICE[0]}{NOTICE[1]}" in html


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>{{ greeting }}</p>", r"\{\{ notice \}\} exactly once"),
        ("<p>{{ notice }}</p>", r"\{\{ greeting \}\} exactly once"),
        ("<p>{{ greeting }}{{ greeting }}{{ notice }}</p>", r"\{\{ greeting \}\} exactly once"),
        (f"<p>{GREETING[1]}{GREETING[0]}{{{{ notice }}}}</p>", "in disorder"),
        (f"<p>{GREETING[0]}{{{{ notice }}}}{GREETING[1]}</p>", "in disorder"),
    ],
)
def test_a_template_without_its_personal_places_is_refused(source: str, fault: str) -> None:
    with pytest.raises(TemplateError, match=rf"^templates/mail\.html\.j2: .*{fault}.* Write"):
        mail.render(sample_release(), one_template(source))


def test_the_notice_may_stand_above_the_greeting() -> None:
    assert mail.render(sample_release(), one_template("<p>{{ notice }}{{ greeting }}</p>"))


# Faults of a template


def test_an_undefined_name_is_told_with_file_line_and_the_nearest_name() -> None:
    with pytest.raises(TemplateError) as caught:
        mail.render(sample_release(), one_template("<p>\n{{ field.contact_nam }}</p>"))
    assert str(caught.value) == (
        "templates/mail.html.j2, line 2: the template names 'contact_nam', which is not there. "
        "Did you mean 'field.contact_name'? templates/README.md lists what a template may name."
    )


def test_an_undefined_name_in_an_inherited_template_is_told_with_that_file() -> None:
    broken = TEMPLATES["mail.html.j2"].replace("{{ text }}", "{{ texxt }}")
    line = broken[: broken.index("texxt")].count("\n") + 1
    house_ = House(
        association=FULL,
        letterhead=b"",
        letterhead_file="",
        templates={**TEMPLATES, "mail.html.j2": broken},
    )
    with pytest.raises(TemplateError, match=rf"^templates/mail\.html\.j2, line {line}: .*'text'\?"):
        mail.render(newsletter(), house_)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a\n{% if %}", r"mail\.html\.j2, line 2: the template cannot be filled"),
        ("a\n{{ field.title | shout }}", r"mail\.html\.j2, line 2: .*shout"),
        ("{% extends 'base.j2' %}", r"base\.j2: the template 'base\.j2' is not there"),
        ("a\n\n{{ ''.__class__.__mro__ }}", r"mail\.html\.j2, line 3: .*"),
        ("{{ field.update({}) }}", r"mail\.html\.j2, line 1: .*may not do"),
        ("a\n{{ field.title + 1 }}", r"mail\.html\.j2, line 2: the template cannot be filled"),
    ],
)
def test_a_broken_template_is_told_with_file_and_line(source: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        mail.render(sample_release(), one_template(source))


def test_a_missing_template_is_told_by_its_name() -> None:
    with pytest.raises(TemplateError, match=r"^templates/page\.html\.j2: .* presskit init"):
        fill(house(), "page.html.j2", {})


# Styles


def test_every_template_looks_the_same_through_another_inliner() -> None:
    other = css_inline.CSSInliner(load_remote_stylesheets=False)
    for name, release in RELEASES.items():
        template = "newsletter.html.j2" if release.draft.issue else "mail.html.j2"
        raw = fill(house(), template, mail.values(release, FULL))
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
    assert len(kept) == html.count("<style") == 3
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


# The mail as a thing to send


def test_a_mail_that_mailboxes_would_cut_off_is_refused() -> None:
    long = Document(tuple(Paragraph((Text("Wort " * 200),)) for _ in range(100)))
    with pytest.raises(UnsupportedError, match=r"the mail has 1\d{5} bytes.*attachment"):
        page(sample_release(text=long))


@pytest.mark.parametrize("name", RELEASES)
def test_the_sample_mails_are_small(name: str) -> None:
    assert len(page(RELEASES[name]).encode()) < 20_000


def test_the_network_is_never_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("no connection may be opened while rendering")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for release in RELEASES.values():
        assert page(release)


_IN_ANOTHER_PROCESS = """
import hashlib
from tests.unit.test_mail import RELEASES, page
print(*(hashlib.sha256(page(each).encode()).hexdigest() for each in RELEASES.values()))
"""


def test_the_same_release_has_the_same_bytes_in_any_process() -> None:
    here = [hashlib.sha256(page(each).encode()).hexdigest() for each in RELEASES.values()]
    again = [hashlib.sha256(page(each).encode()).hexdigest() for each in RELEASES.values()]
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", _IN_ANOTHER_PROCESS]
    other = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert here == again == other.stdout.split()


# The manual of the templates


def test_the_readme_names_every_field_and_value() -> None:
    manual = (FOLDER / "README.md").read_text(encoding="utf-8")
    values = mail.values(sample_release(), ASSOCIATION)
    assert all(f"`{tag}`" in manual and f"| {what} |" in manual for tag, what in FIELDS.items())
    assert all(f"| `{name}` |" in manual for name in values)
    fields, association = values["field"], values["association"]
    assert isinstance(fields, Mapping)
    assert all(f"`field.{name}`" in manual for name in fields)
    assert all(f"`association.{name}`" in manual for name in vars(association))


def test_the_readme_names_every_template_and_block() -> None:
    manual = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in ("mail.html.j2", "newsletter.html.j2"):
        assert f"`{name}`" in manual
        assert all(
            f"`{block}`" in manual for block in re.findall(r"{% block (\w+)", TEMPLATES[name])
        )

"""The HTML mail: the office's templates, styles worked in, and places for each recipient."""

from __future__ import annotations

import hashlib
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from presskit.document import Block, Document, Heading, Link, Paragraph, Quote, Table, Text
from presskit.errors import TemplateError, UnsupportedError
from presskit.letterhead import FIELDS, Association
from presskit.markers import GREETING, MARKERS, NOTICE
from presskit.newsletter import Issue, IssueItem
from presskit.pictures import Picture
from presskit.release import Embargo, Release
from presskit.render import mail, values
from presskit.render.house import House
from presskit.render.page import page_values
from presskit.render.templates import fill
from presskit.testing import sample_release
from tests.unit import mail_trees
from tests.unit.specimens import png

MARKS = tuple(mark for each in MARKERS for mark in (each.opening, each.closing))
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
PICTURES = {
    name: Picture(file_name=name, format="png", width=8, height=4, content=png(8, 4))
    for name in mail_trees.PICTURES
}
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


def test_a_newsletter_shows_its_items_and_its_contact() -> None:
    seen = " ".join(words(page(newsletter())))
    assert "Quartier 2020 P 309/2017" in seen
    assert "Bearbeiterin Christiane Conzen" in seen


def test_a_template_without_the_text_is_refused() -> None:
    source = "<p>{{ greeting }}{{ notice }}</p>"
    with pytest.raises(TemplateError, match=r"leaves out \{\{ text \}\}"):
        mail.render(sample_release(), one_template(source))


def test_an_english_release_is_marked_and_addressed_in_english() -> None:
    html = page(sample_release(language="en"))
    assert html.count('lang="en"') == 2
    assert f"{GREETING.opening}Dear Sir or Madam,{GREETING.closing}" in html


def test_the_preview_says_the_first_words_and_the_embargo() -> None:
    long = Document((Paragraph((Text("Wort " * 60),)),))
    summary = values.summary(sample_release(text=long, embargo=Embargo(event="Redebeginn")))
    assert summary.startswith("Sperrfrist: Redebeginn – Stuttgart. Wort Wort")
    assert summary.endswith("Wort …")
    assert len(summary) <= 122


# Hostile values


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(mail_trees.blocks(tables=True))
def test_the_words_of_any_text_arrive_unharmed(blocks: tuple[Block, ...]) -> None:
    release = sample_release(text=Document(blocks), place="", pictures=PICTURES)
    html = page(release)
    body = lxml_html.document_fromstring(html).find_class("text")[0]
    for mark in [*body.find_class("note"), *body.xpath(".//comment()")]:
        mark.drop_tree()
    squeezed = "".join("".join(body.itertext()).split())
    for word in mail_trees.words(blocks):
        assert word in squeezed
    assert [html.count(mark) for mark in MARKS] == [1, 1, 1, 1]


@pytest.mark.parametrize("field", ["kind", "title", "kicker"])
def test_hostile_signs_in_the_head_arrive_unharmed(field: str) -> None:
    html = page(sample_release(**{field: SIGNS}))
    assert " ".join(SIGNS.split()) in " ".join(words(html))
    assert "\r" not in html


@pytest.mark.parametrize("sign", ["", '"', "'", "\"'", ">", "=", "/>"])
def test_a_text_that_quotes_the_marks_of_personal_places_is_harmless(sign: str) -> None:
    quoted = " ".join((sign, *MARKS[:2], sign, *MARKS[2:]))
    link = Link((Text(quoted),), f"https://example.org/{GREETING.opening}", quoted)
    text = Document((Paragraph((Text(quoted), link)),))
    html = page(sample_release(title=quoted, kicker=quoted, text=text))
    assert [html.count(mark) for mark in MARKS] == [1, 1, 1, 1]
    assert "".join(words(html)).count(GREETING.opening) == 4
    anchor = lxml_html.document_fromstring(html).xpath("//a[@title]")[0]
    assert anchor.get("title") == quoted


def test_a_control_character_in_the_head_is_refused() -> None:
    with pytest.raises(UnsupportedError, match=r"U\+0001"):
        page(sample_release(title="Titel\x01"))


# The places of personal copies


def test_greeting_and_notice_stand_between_marks() -> None:
    html = page(sample_release())
    assert f"{GREETING.opening}Sehr geehrte Damen und Herren,{GREETING.closing}" in html
    assert f"{NOTICE.opening}{NOTICE.closing}" in html


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<p>{{ greeting }}</p>", r"\{\{ notice \}\} exactly once"),
        ("<p>{{ notice }}</p>", r"\{\{ greeting \}\} exactly once"),
        ("<p>{{ greeting }}{{ greeting }}{{ notice }}</p>", r"\{\{ greeting \}\} exactly once"),
        (f"<p>{GREETING.closing}{GREETING.opening}{{{{ notice }}}}</p>", "in disorder"),
        (f"<p>{GREETING.opening}{{{{ notice }}}}{GREETING.closing}</p>", "in disorder"),
    ],
)
def test_a_template_without_its_personal_places_is_refused(source: str, fault: str) -> None:
    with pytest.raises(TemplateError, match=rf"^templates/mail\.html\.j2: .*{fault}.* Write"):
        mail.render(sample_release(), one_template(source + "{{ text }}"))


def test_the_notice_may_stand_above_the_greeting() -> None:
    assert mail.render(
        sample_release(), one_template("<p>{{ notice }}{{ greeting }}</p>{{ text }}")
    )


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
    with pytest.raises(TemplateError, match=r"^templates/other\.html\.j2: .* presskit init"):
        fill(house(), "other.html.j2", {})


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
    given_values = mail.mail_values(sample_release(), house()) | page_values(
        sample_release(), house()
    )
    assert all(f"`{tag}`" in manual and f"| {what} |" in manual for tag, what in FIELDS.items())
    assert all(f"| `{name}` |" in manual for name in given_values)
    fields, association = given_values["field"], given_values["association"]
    assert isinstance(fields, Mapping)
    assert all(f"`field.{name}`" in manual for name in fields)
    assert all(f"`association.{name}`" in manual for name in vars(association))


def test_the_readme_names_every_template_and_block() -> None:
    manual = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name in ("mail.html.j2", "newsletter.html.j2", "page.html.j2"):
        assert f"`{name}`" in manual
        assert all(
            f"`{block}`" in manual for block in re.findall(r"{% block (\w+)", TEMPLATES[name])
        )

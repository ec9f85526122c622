"""The web page: whole in one file, every word in it, nothing fetched."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from presskit.document import Block, Document, Paragraph, Table, Text
from presskit.errors import TemplateError
from presskit.release import Embargo, Release
from presskit.render import page
from presskit.render.house import House
from presskit.testing import sample_release
from tests.unit import mail_trees
from tests.unit.test_mail import FULL, PICTURES, RELEASES, SIGNS, TEMPLATES, house


def read(release: Release, dress: House | None = None) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page.render(release, dress or house()))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mail_trees.blocks(tables=True))
def test_the_words_of_any_text_stand_in_the_page(blocks: tuple[Block, ...]) -> None:
    release = sample_release(text=Document(blocks), place="", pictures=PICTURES)
    body = read(release).find_class("text")[0]
    for mark in [*body.find_class("note"), *body.find_class("back")]:
        mark.drop_tree()
    squeezed = "".join("".join(body.itertext()).split())
    assert all(word in squeezed for word in mail_trees.words(blocks))


def test_its_parts_are_those_of_a_document() -> None:
    tree = read(RELEASES["rich"])
    assert tree.get("lang") == "de"
    assert [each.tag for each in tree.find("body")] == ["header", "main", "footer"]
    (title,) = tree.xpath("//main/article/header/h1")
    assert title.text == sample_release().draft.title
    assert tree.findtext("head/title") == f"{title.text} – {FULL.name}"
    assert tree.xpath("string(//meta[@name='description']/@content)").startswith("Sperrfrist")
    assert tree.xpath("string(//time/@datetime)") == "2017-07-31"
    terms = [each.text_content() for each in tree.xpath("//dl/dt")]
    assert terms == ["Datum", "Nummer", "Aktenzeichen", "Bearbeiterin", "Telefon", "E-Mail"]


def test_its_imprint_names_what_the_law_asks_for() -> None:
    seen = " ".join(read(sample_release()).find("body/footer").text_content().split())
    for part in (*FULL.address, FULL.register, FULL.represented_by, FULL.responsible, FULL.email):
        assert part in seen


@pytest.mark.parametrize("name", RELEASES)
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    html = page.render(RELEASES[name], house()).decode()
    tree = lxml_html.document_fromstring(html)
    assert not tree.xpath("//script | //iframe | //link[@rel!='canonical'] | //object")
    assert not [each for each in tree.xpath("//@*") if each.attrname.startswith("on")]
    assert len(tree.xpath("//style")) == 1
    assert not re.search(r"url\(|@import|http", tree.findtext("head/style"))


def test_hostile_signs_arrive_unharmed() -> None:
    release = sample_release(title=SIGNS, kicker=SIGNS, embargo=Embargo(event=SIGNS))
    shown = " ".join(read(release).text_content().split())
    assert shown.count(" ".join(SIGNS.split())) >= 4


def test_its_address_is_named_where_there_is_a_press_room() -> None:
    room = dataclasses.replace(house(), base_url="https://presse.example.org")
    address = "https://presse.example.org/P-309-2017/"
    assert read(sample_release(), room).xpath("string(//link/@href)") == address
    assert not read(sample_release()).xpath("//link")


def test_a_draft_is_marked_as_one_and_kept_from_search_engines() -> None:
    draft = dataclasses.replace(sample_release(), mark="Entwurf")
    tree = read(draft, dataclasses.replace(house(), base_url="https://presse.example.org"))
    assert tree.find_class("mark")[0].text == "Entwurf"
    assert tree.xpath("string(//meta[@name='robots']/@content)") == "noindex"
    assert not tree.xpath("//link")


def test_notes_and_marks_lead_to_one_another() -> None:
    from presskit.document import Footnote

    note = Footnote((Paragraph((Text("Stand Juli."),)),))
    tree = read(sample_release(text=Document((Paragraph((Text("Wort"), note)),))))
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        assert tree.get_element_by_id(link.get("href")[1:]) is not None
    assert len(tree.xpath("//a[@role='doc-backlink']")) == 1


def test_a_long_table_is_no_reason_to_refuse_it() -> None:
    row = ((Text("Stadt"),), (Text("Zahl"),))
    table = Table(row, (row,) * 10_000, ("", "right"))
    assert page.render(sample_release(text=Document((table,))), house()).count(b"<tr>") == 10_001


def test_a_template_without_the_text_is_refused() -> None:
    empty = dataclasses.replace(house(), templates={**TEMPLATES, "page.html.j2": "<p>leer</p>"})
    with pytest.raises(TemplateError, match=r"page\.html\.j2: .*leaves out \{\{ text \}\}"):
        page.render(sample_release(), empty)

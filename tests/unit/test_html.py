"""The tree as HTML: its words, its meaning, and nothing that could do harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from presskit.document import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    Image,
    LineBreak,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from presskit.errors import UnsupportedError
from presskit.render.html import Medium, Shown, to_html
from tests.unit import mail_trees

media = st.sampled_from(("page", "mail"))
ATTRIBUTES = {
    *("href", "title", "start", "scope", "style", "class", "id", "src", "alt", "width", "height"),
    *("role", "aria-label", "tabindex", "cellpadding", "cellspacing", "border"),
}


def text(content: str) -> tuple[Text]:
    return (Text(content),)


PICTURES = {name: Shown(f"pictures/{name}", 60, 40) for name in mail_trees.PICTURES}


def written(*blocks: Block, medium: Medium = "page") -> str:
    return str(to_html(blocks, PICTURES, medium))


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph(text("Stadt & <Land>")), "<p>Stadt &amp; &lt;Land&gt;</p>"),
        (Heading(3, text("Ziele")), "<h3>Ziele</h3>"),
        (
            Paragraph((Emphasis(text("a")), Strong(text("b")), LineBreak(), Code("c"))),
            "<p><em>a</em><strong>b</strong><br>\n<code>c</code></p>",
        ),
        (Quote((Paragraph(text("so")),)), "<blockquote>\n<p>so</p>\n</blockquote>"),
        (
            OrderedList((ListItem((Paragraph(text("neun")),)),), start=9),
            '<ol start="9">\n<li>neun</li>\n</ol>',
        ),
        (
            BulletList((ListItem((Paragraph(text("a")), Paragraph(text("b")))),)),
            "<ul>\n<li><p>a</p>\n<p>b</p></li>\n</ul>",
        ),
        (CodeBlock("a <\nb"), "<pre><code>a &lt;\nb</code></pre>"),
        (ThematicBreak(), "<hr>"),
        (
            Paragraph((Link(text("dort"), 'https://example.org/?a=1&b="2', 'ein "Titel"'),)),
            '<p><a href="https://example.org/?a=1&amp;b=&#34;2" '
            'title="ein &#34;Titel&#34;">dort</a></p>',
        ),
    ],
)
def test_each_piece_has_the_element_that_means_it(block: Block, expected: str) -> None:
    assert written(block) == expected


def test_a_table_names_its_columns_and_keeps_their_alignment() -> None:
    table = Table((text("Stadt"), text("Zahl")), ((text("Ulm"), text("5")),), ("", "right"))
    assert written(table) == (
        '<div class="table" tabindex="0">\n<table class="data">\n<thead>\n'
        '<tr><th scope="col">Stadt</th><th scope="col" style="text-align:right">Zahl</th></tr>\n'
        "</thead>\n<tbody>\n"
        '<tr><td>Ulm</td><td style="text-align:right">5</td></tr>\n'
        "</tbody>\n</table>\n</div>"
    )


def test_footnotes_are_numbered_and_listed_at_the_end() -> None:
    inner = Footnote((Paragraph(text("zwei")),))
    note = Footnote((Paragraph((Text("eins"), inner)),))
    assert written(Paragraph((Text("Wort"), note)), ThematicBreak()) == (
        '<p>Wort<sup class="note" id="mark-1"><a href="#note-1" role="doc-noteref">1</a></sup></p>'
        '\n<hr>\n<ol class="notes">\n<li id="note-1">eins'
        '<sup class="note" id="mark-2"><a href="#note-2" role="doc-noteref">2</a></sup>'
        ' <a class="back" href="#mark-1" role="doc-backlink"'
        ' aria-label="Zurück zur Stelle im Text (1)">↩</a></li>\n<li id="note-2">zwei'
        ' <a class="back" href="#mark-2" role="doc-backlink"'
        ' aria-label="Zurück zur Stelle im Text (2)">↩</a></li>\n</ol>'
    )


def test_a_mail_has_its_notes_without_ways_back() -> None:
    html = written(Paragraph((Text("Wort"), Footnote((Paragraph(text("eins")),)))), medium="mail")
    assert '<sup class="note"><a href="#note-1">1</a></sup>' in html
    assert '<td class="endnotes"><ol class="notes">\n<li id="note-1">eins</li>\n</ol></td>' in html


def test_a_footnote_within_a_link_does_not_end_the_link() -> None:
    link = Link((Text("a"), Footnote(()), Text("b")), "https://example.org")
    assert written(Paragraph((link,))).startswith(
        '<p><a href="https://example.org">a<sup class="note" id="mark-1">1</sup>b</a></p>'
    )


def test_no_break_spaces_and_hyphens_stay() -> None:
    assert written(Paragraph(text("0711\xa022921‑48"))) == "<p>0711\xa022921‑48</p>"


@pytest.mark.parametrize(
    "target",
    [
        *(
            "javascript:alert(1)",
            "JavaScript:x",
            "java\nscript:x",
            " https://x",
            "data:text/html,x",
        ),
        *("file:///etc/passwd", "presse.html", "", "#oben", "//example.org", "http", "ftp://x"),
    ],
)
def test_a_link_to_anything_but_web_mail_and_phone_is_refused(target: str) -> None:
    with pytest.raises(UnsupportedError, match=r"text, line 4: .*https://, mailto: or tel:"):
        written(Paragraph((Link(text("x"), target),), line=4))


@pytest.mark.parametrize("target", ["HTTPS://example.org", "mailto:a@b.de", "tel:+49711"])
def test_links_to_web_mail_and_phone_are_kept(target: str) -> None:
    assert f'href="{target}"' in written(Paragraph((Link(text("x"), target),)))


def test_a_link_without_words_shows_its_address() -> None:
    html = written(Paragraph((Link((), "https://example.org"),)))
    assert html == '<p><a href="https://example.org">https://example.org</a></p>'


def test_a_link_within_a_link_is_refused() -> None:
    inner = Link(text("b"), "https://example.org/b")
    with pytest.raises(UnsupportedError, match="within another link"):
        written(Paragraph((Link((inner,), "https://example.org/a"),)))


def test_a_picture_alone_is_a_figure_with_its_caption() -> None:
    block = Paragraph((Image("karte.png", "Karte & Plan", "Foto: <Amt>"),))
    image = '<img src="pictures/karte.png" alt="Karte &amp; Plan" width="60" height="40">'
    assert written(block) == (
        f"<figure>\n{image}\n<figcaption>Foto: &lt;Amt&gt;</figcaption>\n</figure>"
    )
    mail = written(block, medium="mail")
    assert f'<tr><td class="picture">{image}</td></tr>' in mail
    assert '<tr><td class="caption">Foto: &lt;Amt&gt;</td></tr>' in mail


def test_a_picture_among_words_stays_among_them() -> None:
    html = written(Paragraph((Text("ein "), Image("karte.png", "Plan"), Text(" dazu"))))
    assert re.fullmatch(r'<p>ein <img src="[^>]*" alt="Plan" [^>]*> dazu</p>', html)


def test_a_picture_that_is_not_there_is_refused_with_the_line_of_its_block() -> None:
    row = ((Image("fehlt.png", "Karte"),),)
    with pytest.raises(UnsupportedError, match=r"^text, line 9: .*'fehlt\.png' is not there"):
        written(Paragraph(text("a"), line=1), Table(row, (), ("",), line=9))


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("www.inklusive-quartiere.de", "https://www.inklusive-quartiere.de"),
        ("https://example.org/a?b=1&c", "https://example.org/a?b=1&amp;c"),
        ("presse@example.org", "mailto:presse@example.org"),
    ],
)
def test_an_address_in_running_text_can_be_followed(words: str, target: str) -> None:
    shown = words.replace("&", "&amp;")
    assert written(Paragraph(text(f"Siehe {words}."))) == (
        f'<p>Siehe <a href="{target}">{shown}</a>.</p>'
    )


def test_an_address_within_a_link_or_code_is_left_alone() -> None:
    link = Link(text("www.example.org"), "https://example.org/x")
    assert written(Paragraph((link, Code("www.example.org")))).count("<a ") == 1


def test_a_mail_frames_what_outlook_would_set_without_margins() -> None:
    quote, code = Quote((Paragraph(text("so")),)), CodeBlock("x")
    html = written(quote, code, medium="mail")
    assert html.count('<table class="frame" role="presentation"') == 2
    assert '<td class="quote"><blockquote>' in html
    assert '<td class="code"><pre>' in html


@pytest.mark.parametrize("sign", ["\0", "\b", "\x0c", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_a_character_no_page_can_show_is_refused(sign: str) -> None:
    with pytest.raises(UnsupportedError, match=rf"line 2: .*U\+{ord(sign):04X}"):
        written(Paragraph(text(f"a{sign}b"), line=2))


@given(mail_trees.blocks(tables=True), media)
def test_every_word_arrives_in_order_whatever_it_is_made_of(
    blocks: tuple[Block, ...], medium: Medium
) -> None:
    page = lxml_html.document_fromstring(f"<body>{written(*blocks, medium=medium)}</body>")
    for mark in [*page.find_class("note"), *page.find_class("back")]:
        mark.text, mark[:] = "", []
    assert "".join("".join(page.itertext()).split()) == "".join(mail_trees.words(blocks))


@given(mail_trees.blocks(tables=True), media)
def test_no_element_comes_out_of_the_words(blocks: tuple[Block, ...], medium: Medium) -> None:
    page = lxml_html.document_fromstring(f"<body>{written(*blocks, medium=medium)}</body>")
    assert not page.xpath("//script | //style | //b | //comment()")
    attributes = {str(name) for element in page.iter() for name in element.attrib}
    assert attributes <= ATTRIBUTES

"""What mail programs cannot show: refused where readers lose content, allowed where only grace."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import TemplateError
from presskit.render import clients, mail
from presskit.render.clients.losses import LOSSES
from presskit.render.clients.support import OUTLOOK, attributes, features, properties
from presskit.render.clients.used import uses
from presskit.testing import sample_release
from tests.unit.test_mail import RELEASES, TEMPLATES, house, page

ROOT = Path(__file__).parents[2]


def fatal(html: str) -> list[str]:
    return [each.feature.key for each in clients.findings(html) if each.loss]


# What is refused, and what is not

LOST = {
    "<video src='a.mp4'></video>": "html-video",
    "<audio controls></audio>": "html-audio",
    "<svg><path d='M0 0'/></svg>": "html-svg",
    "<script>alert(1)</script>": "script",
    "<iframe src='https://example.org'></iframe>": "iframe",
    "<object data='a.pdf'></object>": "html-object",
    "<form><p>x</p></form>": "html-form",
    "<input type='checkbox'>": "html-input-checkbox",
    "<input>": "html-input-text",
    "<button>Mehr</button>": "html-button-submit",
    "<select><option>a</option></select>": "html-select",
    "<img src='a.svg?v=2' alt='x'>": "image-svg",
    "<img src='a.WEBP' alt='x'>": "image-webp",
    "<img src='data:image/png;base64,AA' alt='x'>": "image-base64",
    "<p style='position:absolute; top:0'>a</p>": "css-position",
    "<p style='POSITION : Fixed !important'>a</p>": "css-position",
    "<div style='display:flex'><p>a</p><p>b</p></div>": "css-display-flex",
    "<div style='display: inline-grid'><p>a</p><p>b</p></div>": "css-display-grid",
    "<td style='background:url(a.png);color:#fff'>a</td>": "css-background-image",
    "<table background='a.png'><tr><td style='color:white'>a</td></tr></table>": (
        "css-background-image"
    ),
    "<p style='background-image:linear-gradient(red,blue);color:#ffffff'>a</p>": (
        "css-linear-gradient"
    ),
    "<p style='background-color:rgba(0,0,0,.8)'><a style='color:#eee'>a</a></p>": "css-rgba",
    "<style>p::before{content:'Neu'}</style><p>a</p>": "css-pseudo-element-before",
    "<html amp4email><p>a</p></html>": "amp",
}
FINE = [
    "<video src='a.mp4'><a href='https://example.org'>Film ansehen</a></video>",
    "<video src='a.mp4' style='display:none'></video>",
    "<div style='display:none'><form><input></form></div>",
    "<svg aria-hidden='true'><path d='M0 0'/></svg>",
    "<script type='application/ld+json'>{}</script>",
    "<div style='display:flex'><p>a</p></div>",
    "<div style='display:flex; flex-direction:column'><p>a</p><p>b</p></div>",
    "<p style='position:relative'>a</p>",
    "<p style='position:absolute'></p>",
    "<td style='background:#036 url(a.png);color:#fff'>a</td>",
    "<td bgcolor='#003366' style='background:url(a.png);color:#fff'>a</td>",
    "<td style='background:url(a.png);color:#111'>a</td>",
    "<div style='background-color:#003366'><p style='background:url(a.png);color:#fff'>a</p></div>",
    "<td style='background:url(a.png)'><p style='background-color:#000;color:#fff'>a</p></td>",
    "<p style='border-radius:4px; box-shadow:0 0 2px #000; letter-spacing:1px'>a</p>",
    "<style>@media (min-width:600px){.a{position:absolute;display:flex}}</style><p>a</p>",
    "<style>@media screen{p::after{content:'Neu'}}</style><p>a</p>",
    "<style>p::before{content:''}</style><p>a</p>",
    "<style>@font-face{font-family:X;src:url(x.woff)}</style><p>a</p>",
    "<!--[if mso]><v:rect><form></form></v:rect><![endif]--><p>a</p>",
    "<p><!--[if !mso]><!--><img src='a.webp' alt='x'><!--<![endif]--></p>",
    "<p>position:absolute; display:flex; &lt;video&gt;</p>",
    "<p style='color:red;;:x;}'>a</p>",
]


@pytest.mark.parametrize(("html", "feature"), LOST.items())
def test_what_costs_readers_the_content_is_fatal(html: str, feature: str) -> None:
    assert fatal(html) == [feature]


@pytest.mark.parametrize("html", FINE)
def test_what_costs_only_grace_or_has_a_stand_in_is_not(html: str) -> None:
    assert fatal(html) == []


def test_a_part_that_outlook_does_not_see_is_judged_by_the_others() -> None:
    open_, close = "<p>a</p><!--[if !mso]><!-->", "<!--<![endif]-->"
    hidden = f"{open_}<div style='display:flex'><p>a</p><p>b</p></div>{close}"
    (within,) = (each for each in clients.findings(hidden) if each.loss)
    (after,) = (each for each in clients.findings(f"{open_}{close}<form></form>") if each.loss)
    assert OUTLOOK not in within.clients
    assert OUTLOOK in after.clients


# Our own templates


@pytest.mark.parametrize("name", RELEASES)
def test_our_own_mails_lose_nothing_and_only_this_grace(name: str) -> None:
    found = clients.findings(page(RELEASES[name]))
    assert all(each.loss is None for each in found)
    assert {each.feature.key for each in found} <= {
        *("html-lang", "html-dir", "html-role", "html-aria-label", "css-at-media"),
        *("css-max-height", "css-max-width", "css-overflow", "css-table-layout"),
        *("css-word-wrap", "css-overflow-wrap", "css-white-space"),
    }


def refused(template: str, name: str = "mail.html.j2") -> TemplateError:
    dress = house(**{name.replace(".", "_", 1): template})
    with pytest.raises(TemplateError) as caught:
        mail.render(sample_release(), dress)
    return caught.value


def test_a_fault_is_told_with_its_line_the_programs_and_the_way_out() -> None:
    source = TEMPLATES["mail.html.j2"]
    assert source.count(".masthead {") == 1
    error = refused(source.replace(".masthead {", ".masthead { display:\n flex;"))
    line = source[: source.index(".masthead {")].count("\n") + 1
    assert str(error) == (
        f"templates/mail.html.j2, line {line}: the template uses 'display: flex', which Outlook "
        "for Windows, GMX, web.de cannot show: what should stand side by side falls apart. Set what "  # noqa: E501
        "stands side by side into the cells of a table (role=“presentation”)."
    )
    assert error.facts["feature"] == "css-display-flex"


def test_an_element_is_found_in_the_template_too() -> None:
    source = TEMPLATES["mail.html.j2"].replace(
        "{{ text }}", "<video src='a.mp4'></video>{{ text }}"
    )
    line = source[: source.index("<video")].count("\n") + 1
    assert str(refused(source)).startswith(f"templates/mail.html.j2, line {line}: ")


def test_what_stays_in_a_style_block_may_do_more_for_those_who_can() -> None:
    block = '<style data-premailer="ignore" data-css-inline="keep">'
    source = TEMPLATES["mail.html.j2"].replace(block, f"{block}\n.x {{ display: flex; }}", 1)
    assert mail.render(sample_release(), house(mail_html_j2=source))


# The data


def test_every_judgement_is_about_a_feature_that_some_program_lacks() -> None:
    missing = [key for key in LOSSES if key not in features() or not features()[key].not_in]
    assert missing == []


def test_the_extract_says_where_it_comes_from() -> None:
    text = resources.files(clients).joinpath("caniemail.json").read_text(encoding="utf-8")
    data = json.loads(text)
    assert data["source"].startswith("https://www.caniemail.com")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", data["date"])
    assert data["licence"] == "MIT"
    assert data["copyright"]
    assert attributes()["background"] == "html-background"
    assert properties()["max-width"] == "css-max-width"


def test_the_script_makes_the_extract(tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    feature = {
        "slug": "css-x",
        "title": "x",
        "last_test_date": "2024-01-01",
        "stats": {"outlook": {"windows": {"2007": "y", "2019": "n #1"}}, "yahoo": {"ios": {}}},
    }
    data = {"last_update_date": "2025-01-02 03:04", "data": [feature]}
    (package / "data/caniemail.json").write_text(json.dumps(data), encoding="utf-8")
    about = '{"name": "caniemail", "version": "9", "license": "MIT"}'
    (package / "package.json").write_text(about, encoding="utf-8")
    (package / "LICENSE").write_text("MIT License\n\nCopyright © Somebody\n", encoding="utf-8")
    target = tmp_path / "extract.json"
    script = str(ROOT / "docs/clients/extract.py")
    subprocess.run([sys.executable, script, str(package), str(target)], check=True)
    made = json.loads(target.read_text(encoding="utf-8"))
    assert made["date"] == "2025-01-02"
    assert made["features"] == {
        "css-x": {"a": [], "n": [OUTLOOK], "tested": "2024-01-01", "title": "x"}
    }


# Anything at all

_pieces = st.sampled_from(
    (
        *("<div style='", "display:flex;", "position:", "'>", "<p>", "</div>", "<!--[if mso]>"),
        *("<![endif]-->", "<style>", "@media {", "}", "{", "</style>", "{{ x }}", "{% if %}"),
        *("url(", ")", "color:#fff;", "background:", "<svg", ">", "\x00", "<video>", "é", "&#0;"),
        *("content:'a'", "p::before{", "<td background=", "rgba(", "/*", "*/", "!important", "<"),
    )
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(_pieces, st.text(max_size=5)), max_size=25).map("".join))
def test_no_page_brings_it_down(html: str) -> None:
    assert isinstance(clients.findings(html), tuple)


@pytest.mark.parametrize("html", ["", " ", "\x00", "<", "<!--", "<?xml version='1.0'?>", "\ud800"])
def test_a_page_that_is_none_uses_nothing(html: str) -> None:
    assert list(uses(html)) == []


def test_a_page_nested_without_end_is_read_to_its_end() -> None:
    assert fatal("<div>" * 3000 + "<form>x</form>") in ([], ["html-form"])

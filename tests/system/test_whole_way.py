"""The whole way through the installed command, as a press officer walks it."""

from __future__ import annotations

import json
import mailbox
import os
import subprocess
import sys
import zipfile
from email import message_from_bytes, policy
from pathlib import Path

import bagit
import docx
import pytest
from conftest import write_draft
from mailservers import Inbox, real_server

SETTINGS = "presskit.toml"


def presskit(
    *arguments: str, folder: Path, check: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Call the command in a folder."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "presskit", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    if check:
        assert done.returncode == 0, done.stderr
    return done


def refused(*arguments: str, folder: Path, **environment: str) -> str:
    """Call the command, see it refuse in one line on stderr without a traceback."""
    done = presskit(*arguments, folder=folder, check=False, **environment)
    assert done.returncode == 1, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("presskit: ")
    assert "Traceback" not in done.stderr
    return line


@pytest.fixture
def home(tmp_path: Path) -> Path:
    presskit("init", "office", folder=tmp_path)
    return tmp_path / "office"


def test_one_release_all_the_way(home: Path) -> None:
    plan = presskit("publish", "drafts/quartier-2020.md", "--dry-run", folder=home).stdout
    assert "Would publish P 309/2017" in plan
    assert not (home / "archive/P").exists()

    published = presskit("publish", "drafts/quartier-2020.md", folder=home).stdout
    assert published.startswith("P 309/2017  Statement zur Presseinformation")
    bag = home / "archive/P/2017/P-309-2017.v1"
    bagit.Bag(str(bag)).validate()
    assert docx.Document(str(bag / "data/P-309-2017.docx")).core_properties.title.startswith(
        "Statement zur Presseinformation"
    )

    assert "P 309/2017  31.07.2017" in presskit("find", "p309/17", folder=home).stdout
    assert "P 309/2017" in presskit("find", "Quartierswettbewerb", folder=home).stdout
    shown = json.loads(presskit("show", "309", "--json", folder=home).stdout)
    assert shown["file_references"] == ["047.43"]

    dry = presskit("send", "P 309/2017", "--to", "press", "--dry-run", folder=home).stdout
    assert "lokales@example.org  Erika Mustermann" in dry
    assert "4 messages would leave. Nothing was sent." in dry
    assert not (home / "outbox").exists()

    assert "4 accepted" in presskit("send", "P 309/2017", "--to", "press", folder=home).stdout
    messages = [
        message_from_bytes(bytes(each), policy=policy.default)
        for each in mailbox.Maildir(home / "outbox")
    ]
    assert sorted(str(each["To"].addresses[0].addr_spec) for each in messages) == [
        "agentur@example.org",
        "land@example.org",
        "lokales@example.org",
        "redaktion@example.org",
    ]
    again = presskit("send", "P 309/2017", "--to", "press", folder=home).stdout
    assert "0 accepted now, 4 of 4 on these lists have it." in again
    assert len(mailbox.Maildir(home / "outbox")) == 4
    assert "4 accepted" in presskit("dispatches", "309", folder=home).stdout


def test_a_preview_is_marked_and_draws_no_number(home: Path) -> None:
    presskit("preview", "drafts/quartier-2020.md", folder=home)
    for _again in range(2):
        out = presskit("preview", "drafts/quartier-2020.md", "--to", "seen", folder=home).stdout
    assert "seen/quartier-2020.docx" in out
    text = (home / "seen/quartier-2020.txt").read_text(encoding="utf-8")
    assert "047.43 - Entwurf · Co" in text
    assert "P 309" not in text
    assert sorted(each.name for each in (home / "preview").iterdir()) == [
        "quartier-2020.docx",
        "quartier-2020.html",
        "quartier-2020.mail.html",
        "quartier-2020.pdf",
        "quartier-2020.txt",
    ]
    assert not (home / "archive/P").exists()
    assert presskit("publish", "drafts/quartier-2020.md", folder=home).stdout.startswith(
        "P 309/2017"
    )


def test_newsletter_and_statement_go_the_same_way(home: Path) -> None:
    for name in ("quartier-2020", "qr-10", "newsletter"):
        presskit("publish", f"drafts/{name}.md", folder=home)
    assert "QR#10" in presskit("find", "qr 10", folder=home).stdout
    text = presskit("show", "NL 1/2017", folder=home).stdout
    assert "Stefan Schmutz, Bürgermeister, Stadt Ladenburg (0:34 Min.)" in " ".join(text.split())
    assert "3 accepted" in presskit(
        "send", "QR#10", "--to", "member-cities", folder=home
    ).stdout.replace("4 accepted", "3 accepted")
    assert "4 accepted" in presskit("send", "NL 1/2017", folder=home).stdout


def test_over_smtp_with_settings_and_environment(home: Path) -> None:
    presskit("publish", "drafts/quartier-2020.md", folder=home)
    inbox = Inbox()
    with real_server(inbox) as port:
        smtp_settings(home, port)
        presskit("send", "309", folder=home)
    assert len(inbox.messages) == 7


def smtp_settings(home: Path, port: int) -> None:
    path = home / SETTINGS
    text = path.read_text(encoding="utf-8")
    text = text.replace('"outbox"\noutbox', '"smtp"\noutbox').replace(
        "port = 587", f"port = {port}"
    )
    text = text.replace('"localhost"', '"127.0.0.1"').replace('"starttls"', '"none"')
    path.write_text(text, encoding="utf-8", newline="\n")


def test_a_new_draft_is_filled_and_ready_for_text(home: Path) -> None:
    presskit("new", 'Städte "begrüßen": mehr Geld', folder=home)
    path = home / "drafts/staedte-begruessen-mehr-geld.md"
    path.write_text(path.read_text(encoding="utf-8") + "Ein Satz.\n", encoding="utf-8")
    out = presskit("publish", str(path), folder=home).stdout
    assert "Städte „begrüßen“: mehr Geld" in out
    assert out.startswith("P 309/")
    assert "already" in refused("new", 'Städte "begrüßen": mehr Geld', folder=home)


@pytest.mark.parametrize("series", ["NL", "QR"])
def test_each_series_has_its_own_head(home: Path, series: str) -> None:
    presskit("new", "Kim Beispiel", "--series", series, folder=home)
    path = home / "drafts/kim-beispiel.md"
    text = path.read_text(encoding="utf-8").replace("- reference: ", "- reference: P 309/2017")
    path.write_text(text + "Ein Satz.\n", encoding="utf-8")
    presskit("publish", "drafts/quartier-2020.md", folder=home)
    assert series in presskit("publish", str(path), folder=home).stdout


def test_the_demo_shows_all_of_it(tmp_path: Path) -> None:
    out = presskit("demo", folder=tmp_path).stdout
    assert "7 accepted by the mail server" in out
    assert "The catcher kept 7 messages" in out
    assert len(mailbox.Maildir(tmp_path / "presskit-demo/caught-mail")) == 7
    assert "presskit-demo-2" in presskit("demo", folder=tmp_path).stdout


# wrong input: one sentence, the place, the remedy, nothing changed


def test_without_an_office_the_way_to_one_is_named(tmp_path: Path) -> None:
    assert "presskit init" in refused("find", folder=tmp_path)
    assert "is no office" in refused("--office", "nowhere", "find", folder=tmp_path)
    assert "is no office" in refused("find", folder=tmp_path, PRESSKIT_OFFICE="nowhere")


def test_init_never_writes_over_anything(home: Path) -> None:
    assert "not empty" in refused("init", ".", folder=home)


BAD_DRAFTS = [
    ({"titel": "x"}, "line 5, key 'titel': unknown key. Did you mean 'title'?"),
    ({"title": ""}, "key 'title': this is missing."),
    ({"date": "2017-02-30"}, "line 3, key 'date': '2017-02-30' is not a date of the calendar."),
    ({"contact": "niemand"}, "'niemand' is not among the contacts"),
    ({"lists": "[presse]"}, "there is no list 'presse'"),
    ({"attachments": "[fehlt.pdf]"}, "the file 'fehlt.pdf' cannot be read"),
    ({"reference": "P 2017"}, "names no year"),
    ({"reference": "QR#5"}, "is not a number of the series 'P'"),
    ({"series": "X"}, "'X' is not one of P, NL, QR"),
]


@pytest.mark.parametrize(("head", "sentence"), BAD_DRAFTS)
def test_a_bad_draft_is_refused_by_line(home: Path, head: dict[str, str], sentence: str) -> None:
    write_draft(home, **head)
    line = refused("publish", "drafts/note.md", folder=home)
    assert "drafts/note.md" in line or "reference" in head
    assert sentence in line
    assert not (home / "archive/P").exists()


def test_a_taken_reference_names_what_took_it(home: Path) -> None:
    presskit("publish", "drafts/quartier-2020.md", folder=home)
    line = refused("publish", "drafts/quartier-2020.md", folder=home)
    assert "P 309/2017 is taken" in line
    assert "147 Bewerbungen" in line


def test_bad_settings_are_refused_by_line(home: Path) -> None:
    path = home / SETTINGS
    path.write_text(path.read_text("utf-8").replace("time_zone", "timezone"), encoding="utf-8")
    line = refused("find", folder=home)
    assert "presskit.toml, line 17, key 'association.timezone': unknown key." in line
    assert "'time_zone'" in line


def test_a_letterhead_without_its_title_is_refused(home: Path) -> None:
    path = home / "templates/letterhead.docx"
    strip_tag(path, "press.title")
    line = refused("publish", "drafts/quartier-2020.md", folder=home)
    assert "templates/letterhead.docx" in line
    assert "press.title" in line
    assert not (home / "archive/P").exists()


def strip_tag(path: Path, tag: str) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content.replace(tag.encode(), b"other.tag"))


def test_a_template_with_an_undefined_variable_is_refused(home: Path) -> None:
    path = home / "templates/mail.html.j2"
    path.write_text(path.read_text("utf-8") + "{{ absender }}", encoding="utf-8")
    line = refused("publish", "drafts/quartier-2020.md", folder=home)
    assert "templates/mail.html.j2, line" in line
    assert "absender" in line


def test_a_list_with_a_broken_encoding_is_refused_by_line(home: Path) -> None:
    presskit("publish", "drafts/quartier-2020.md", folder=home)
    path = home / "recipients/press.csv"
    path.write_bytes(path.read_bytes() + "bär@example.org;ä".encode() + b"\xe4\n")
    line = refused("send", "309", "--to", "press", folder=home)
    assert "recipients/press.csv, line 6" in line
    assert not (home / "outbox").exists()


HOSTILE = "Größe <b>\"& 'x' 😀</b> " + "sehr lang " * 30


def test_a_hostile_title_passes_unharmed(home: Path) -> None:
    write_draft(home, title=json.dumps(HOSTILE + "\r\nBcc: x@example.org", ensure_ascii=False))
    presskit("publish", "drafts/note.md", folder=home)
    shown = json.loads(presskit("show", "309", "--json", folder=home).stdout)
    title = shown["title"]
    assert title.startswith('Größe <b>"& ‚x‘ 😀</b> sehr lang')
    assert title.endswith("Bcc: x@example.org")
    presskit("send", "309", "--to", "press", folder=home)
    (one, *_) = mailbox.Maildir(home / "outbox")
    message = message_from_bytes(bytes(one), policy=policy.default)
    assert message["Subject"] == title
    assert message["Bcc"] is None
    document = docx.Document(str(home / "archive/P/2017/P-309-2017.v1/data/P-309-2017.docx"))
    assert document.core_properties.title[:255] == title[:255]


def test_json_is_json_on_every_command_that_lists(home: Path) -> None:
    presskit("publish", "drafts/quartier-2020.md", folder=home)
    presskit("send", "309", folder=home)
    for arguments in (
        ["find", "--json"],
        ["show", "309", "--json"],
        ["dispatches", "309", "--json"],
    ):
        assert json.loads(presskit(*arguments, folder=home).stdout)


def test_unknown_options_are_usage_faults(home: Path) -> None:
    assert presskit("find", "--nonsense", folder=home, check=False).returncode == 2

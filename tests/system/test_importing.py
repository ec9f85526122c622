"""Import on the command line: from an old page and an edited Word file to a filed release."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from presskit.cli import presskit
from presskit.desk.publish import plan_publication
from presskit.errors import PresskitError
from presskit.office import Office

PAGE = """P 309/2017 Az.: 047.43 / Kurzer Titel (31.07.2017)

PRESSEINFORMATION
Bearbeiterin
Christiane Conzen
E
christiane.conzen@staedtetag-bw.de
T 0711 22921-
48
Az
047.43 - P 309/2017 · Co
31.07.2017

Die Überschrift

Stuttgart. Der Text mit *Sternen* und 31. Juli.
"""


def run(office: Office, *arguments: str) -> Result:
    result = CliRunner().invoke(presskit, ["--office", str(office.folder), *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        assert isinstance(result.exception, PresskitError), result.exception
    return result


def page(folder: Path) -> Path:
    file = folder / "P 309.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_an_old_page_goes_all_the_way_under_its_own_number(office: Office, tmp_path: Path) -> None:
    imported = run(office, "import", str(page(tmp_path)))
    assert imported.exit_code == 0, imported.output
    draft = office.folder / "drafts" / "p-309.md"
    assert "contact: conzen" in draft.read_text(encoding="utf-8")
    published = run(office, "publish", str(draft))
    assert published.exit_code == 0, published.output
    assert "P 309/2017" in published.output
    assert "Die Überschrift" in run(office, "find", "309").output
    assert not (office.folder / "outbox").exists()


def test_an_exported_word_file_comes_back_as_the_same_draft(office: Office, tmp_path: Path) -> None:
    plan = plan_publication(office, office.folder / "drafts/quartier-2020.md")
    word = next(each for each in plan.renditions if each.format == "docx")
    (tmp_path / "zurueck.docx").write_bytes(word.content)
    assert run(office, "import", str(tmp_path / "zurueck.docx")).exit_code == 0
    again = plan_publication(office, office.folder / "drafts/zurueck.md").draft
    assert again.text == plan.draft.text
    for key in ("title", "date", "contact", "inquiries", "place", "file_references", "kind"):
        assert getattr(again, key) == getattr(plan.draft, key)


def test_a_dry_run_shows_each_value_and_writes_nothing(office: Office, tmp_path: Path) -> None:
    before = sorted((office.folder / "drafts").iterdir())
    result = run(office, "import", "--dry-run", str(page(tmp_path)))
    assert "contact.phone" in result.output
    assert "certain" in result.output
    assert "0711 22921-48" in result.output
    assert sorted((office.folder / "drafts").iterdir()) == before


def test_the_same_bytes_are_not_imported_twice(office: Office, tmp_path: Path) -> None:
    assert run(office, "import", str(page(tmp_path))).exit_code == 0
    result = run(office, "import", str(page(tmp_path)))
    assert result.exit_code == 1
    assert "imported before, as drafts/p-309.md" in result.output


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    office: Office, tmp_path: Path
) -> None:
    broken = tmp_path / "kaputt.docx"
    broken.write_bytes(b"PK\x03\x04kaputt")
    result = run(office, "import", "--json", str(broken), str(page(tmp_path)))
    assert result.exit_code == 1
    start = result.output.index("[\n")
    told = json.loads(result.output[start:])
    assert "error" in told[0]
    assert told[1]["draft"] == "drafts/p-309.md"

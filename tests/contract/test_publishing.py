"""Publishing on both databases: numbers, bags and catalogue come together or not at all."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from pathlib import Path
from typing import Any

import bagit
import pytest
import sqlalchemy as sa
from conftest import change_settings, write_draft

from presskit.archive import bags, filing
from presskit.database.tables import numbers
from presskit.desk.find import find, show
from presskit.desk.publish import plan_publication, publish
from presskit.errors import ArchiveError, DraftError, NumberError, PresskitError
from presskit.office import Office

SAMPLE = "drafts/quartier-2020.md"


def publish_file(office: Office, path: Path | str) -> str:
    plan = plan_publication(office, office.folder / path)
    return str(publish(office, plan, "Test").reference)


def held(office: Office) -> list[str]:
    with office.database.connect() as connection:
        return list(connection.scalars(sa.select(numbers.c.written).order_by(numbers.c.number)))


def test_the_sample_keeps_the_number_it_was_given(any_office: Office) -> None:
    assert publish_file(any_office, SAMPLE) == "P 309/2017"


def test_the_next_draft_draws_the_number_after_it(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    assert publish_file(any_office, write_draft(any_office.folder)) == "P 310/2017"


def test_a_never_restarting_series_goes_on_in_the_next_year(any_office: Office) -> None:
    publish_file(any_office, write_draft(any_office.folder))
    later = write_draft(any_office.folder, "b.md", date="2018-01-02")
    assert publish_file(any_office, later) == "P 310/2018"


def test_a_yearly_series_starts_anew(any_office: Office) -> None:
    first = write_draft(any_office.folder, "a.md", series="NL", contact="")
    second = write_draft(any_office.folder, "b.md", series="NL", contact="", date="2018-01-02")
    assert [publish_file(any_office, each) for each in (first, second)] == [
        "NL 1/2017",
        "NL 1/2018",
    ]


def test_a_number_given_elsewhere_is_passed_over(any_office: Office) -> None:
    publish_file(any_office, write_draft(any_office.folder, reference="P 310/2017"))
    publish_file(any_office, write_draft(any_office.folder, "b.md"))
    assert publish_file(any_office, write_draft(any_office.folder, "c.md")) == "P 311/2017"


def test_a_taken_reference_is_refused_with_its_holder(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    with pytest.raises(NumberError, match=r"P 309/2017 is taken: published on 2017-07-31 .*147"):
        publish_file(any_office, SAMPLE)
    assert held(any_office) == ["P 309/2017"]


def test_a_number_of_a_never_restarting_series_is_taken_in_every_year(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    again = write_draft(any_office.folder, reference="P 309/2016")
    with pytest.raises(NumberError, match="is taken"):
        publish_file(any_office, again)


def test_the_bag_is_valid_for_the_library_of_congress(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    bag = bagit.Bag(str(any_office.archive_folder / "P/2017/P-309-2017.v1"))
    bag.validate()
    assert bag.info["External-Identifier"] == "P 309/2017"
    assert all(path.isascii() for path in bag.entries)


def test_the_record_tells_the_release_without_presskit(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    data = any_office.archive_folder / "P/2017/P-309-2017.v1/data"
    record = json.loads((data / "release.json").read_text(encoding="utf-8"))
    assert record["reference"] == "P 309/2017"
    assert record["file_references"] == ["047.43"]
    assert record["contact"]["initials"] == "Co"
    assert set(record["files"]) == {
        str(each.relative_to(data).as_posix())
        for each in data.rglob("*")
        if each.is_file() and each.name not in ("release.json", "tree.json")
    }


@pytest.mark.parametrize(
    "spelling",
    ["P 309/2017", "p309/17", "P-309-2017", "309/2017", "309", "P\N{NO-BREAK SPACE}309/2017"],
)
def test_it_is_found_in_every_spelling(any_office: Office, spelling: str) -> None:
    publish_file(any_office, SAMPLE)
    assert [str(each.reference) for each in find(any_office, [spelling], 5)] == ["P 309/2017"]


@pytest.mark.parametrize("spelling", ["QR#10", "qr 10", "QR-10", "qr10"])
def test_a_statement_is_found_in_every_spelling(any_office: Office, spelling: str) -> None:
    publish_file(any_office, "drafts/qr-10.md")
    assert show(any_office, spelling).release.title.startswith("Stefan Schmutz, Bürgermeister")


def test_a_newsletter_names_its_releases_as_the_archive_knows_them(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    publish_file(any_office, "drafts/qr-10.md")
    publish_file(any_office, "drafts/newsletter.md")
    text = " ".join(show(any_office, "NL 1/2017").text.split())
    assert "147 Bewerbungen beim landesweiten" in text
    assert "P 309/2017, 31.07.2017" in text
    assert "Stefan Schmutz" in text


def test_a_newsletter_with_an_unknown_release_is_refused_by_name(any_office: Office) -> None:
    with pytest.raises(NumberError, match=r"newsletter\.md, line 6, key 'items'.*'P 309/2017'"):
        publish_file(any_office, "drafts/newsletter.md")


def test_two_series_with_one_number_make_a_short_spelling_ambiguous(any_office: Office) -> None:
    publish_file(any_office, write_draft(any_office.folder, reference="P 10/2017"))
    publish_file(any_office, "drafts/qr-10.md")
    with pytest.raises(NumberError, match=r"'10' can mean (P 10/2017 or QR#10|QR#10 or P 10/2017)"):
        show(any_office, "10")


def test_an_error_while_filing_leaves_neither_number_nor_bag(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_publication(any_office, any_office.folder / SAMPLE)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bags, "_sync_tree", full_disk)
    with pytest.raises(ArchiveError, match=r"No space left.*no number was spent"):
        publish(any_office, plan, "Test")
    assert held(any_office) == []
    assert bags.staged_folders(any_office.archive_folder) == ()
    assert not (any_office.archive_folder / "P").exists()


def test_a_bag_committed_but_not_moved_is_finished_by_the_next_command(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_publication(any_office, any_office.folder / SAMPLE)
    with monkeypatch.context() as broken:
        broken.setattr(bags, "put_in_place", _stopped)
        with pytest.raises(KeyboardInterrupt):
            publish(any_office, plan, "Test")
    with contextlib.closing(Office.open(any_office.folder, any_office.clock)) as again:
        assert show(again, "P 309/2017").text
    assert again.settled == ["finished filing P/2017/P-309-2017.v1"]


def test_a_bag_staged_without_a_number_is_cleared_up(any_office: Office) -> None:
    bags.stage(any_office.archive_folder, {"a.txt": b"a"}, {})
    assert any_office.catalogue.newest(5) == ()
    assert bags.staged_folders(any_office.archive_folder) == ()
    assert "cleared up" in any_office.settled[0]


def test_clearing_up_waits_for_a_publication_under_way(any_office: Office) -> None:
    plan = plan_publication(any_office, any_office.folder / SAMPLE)
    filed = filing.Slot.file
    clearing = threading.Thread(
        target=filing.settle, args=(any_office.database, any_office.archive_folder)
    )

    def file_and_let_another_clear_up(slot: filing.Slot, *arguments: Any) -> None:
        filed(slot, *arguments)
        clearing.start()
        # It must still be waiting; without the wait it has long cleared the staged bag away.
        clearing.join(0.5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filing.Slot, "file", file_and_let_another_clear_up)
        publish(any_office, plan, "Test")
    clearing.join()
    bagit.Bag(str(any_office.archive_folder / "P/2017/P-309-2017.v1")).validate()


def test_an_unknown_folder_in_the_archive_is_never_written_over(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    (any_office.archive_folder / "P/2017/P-310-2017.v1").mkdir()
    with pytest.raises(ArchiveError, match="does not know"):
        publish_file(any_office, write_draft(any_office.folder))
    assert held(any_office) == ["P 309/2017"]


def test_an_altered_file_is_not_given_out(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    path = any_office.archive_folder / "P/2017/P-309-2017.v1/data/P-309-2017.txt"
    path.write_text("something else", encoding="utf-8")
    with pytest.raises(ArchiveError, match="is not the one that was filed"):
        show(any_office, "309")


def test_the_same_draft_gives_the_same_bytes(any_office: Office, tmp_path: Path) -> None:
    first = plan_publication(any_office, any_office.folder / SAMPLE).renditions
    copy = tmp_path / "copy"
    shutil.copytree(any_office.folder, copy, ignore=shutil.ignore_patterns("*.sqlite3*"))
    with contextlib.closing(Office.open(copy, any_office.clock)) as other:
        assert plan_publication(other, copy / SAMPLE).renditions == first


def test_a_move_that_fails_after_the_commit_says_that_it_is_published(any_office: Office) -> None:
    plan = plan_publication(any_office, any_office.folder / SAMPLE)
    obstacle = any_office.archive_folder / "P"
    obstacle.write_text("a file")
    with pytest.raises(
        ArchiveError, match=r"P 309/2017 is published, but .*Do not publish it again"
    ):
        publish(any_office, plan, "Test")
    with contextlib.closing(Office.open(any_office.folder, any_office.clock)) as blocked:
        assert len(find(blocked, ["309"], 5)) == 1
        assert "could not be settled" in blocked.settled[0]
    obstacle.unlink()
    with contextlib.closing(Office.open(any_office.folder, any_office.clock)) as again:
        assert show(again, "309").text


def test_a_strangers_file_among_the_staged_bags_disturbs_nobody(any_office: Office) -> None:
    (any_office.archive_folder / ".staging").mkdir(parents=True)
    (any_office.archive_folder / ".staging/.DS_Store").write_bytes(b"x")
    assert publish_file(any_office, SAMPLE) == "P 309/2017"


def test_a_lost_register_gives_no_number_a_second_time(office: Office) -> None:
    publish_file(office, SAMPLE)
    office.close()
    for path in office.folder.glob("presskit.sqlite3*"):
        path.unlink()
    with (
        contextlib.closing(Office.open(office.folder, office.clock)) as fresh,
        pytest.raises(ArchiveError, match="the register of numbers is empty"),
    ):
        publish_file(fresh, write_draft(office.folder))


def test_a_changed_restart_rule_reuses_no_number(any_office: Office) -> None:
    publish_file(any_office, SAMPLE)
    change_settings(
        any_office.folder,
        lambda text: text.replace(
            'restart = "never"\nstart = 309', 'restart = "yearly"\nstart = 309'
        ),
    )
    with contextlib.closing(Office.open(any_office.folder, any_office.clock)) as changed:
        assert publish_file(changed, write_draft(any_office.folder)) == "P 310/2017"


@pytest.mark.parametrize(
    "typed",
    ["öffentlichkeit", "OEFFENTLICHKEIT", "25. Oktober", "047.43", "Conzen", '"Nein"', "z. B."],
)
def test_words_are_found_as_people_type_them(any_office: Office, typed: str) -> None:
    text = 'Die Öffentlichkeit sagt am 25. Oktober z. B. "Nein".'
    head = {"file_reference": '"047.43"'}
    publish_file(any_office, write_draft(any_office.folder, text=text, **head))
    assert len(find(any_office, [typed], 5)) == 1


def test_a_statement_with_a_title_of_its_own_still_names_who_speaks(any_office: Office) -> None:
    head = {"series": "QR", "person": "Kim Beispiel", "city": "Ulm", "duration": "0:34"}
    publish_file(any_office, write_draft(any_office.folder, contact="", **head))
    assert "Kim Beispiel, Ulm (0:34 Min.)" in show(any_office, "QR 1").text


def test_an_empty_newsletter_is_refused(any_office: Office) -> None:
    path = write_draft(any_office.folder, text="", series="NL", contact="")
    with pytest.raises(DraftError, match="has no text"):
        publish_file(any_office, path)


def test_a_picture_is_refused_with_the_drafts_own_line(any_office: Office) -> None:
    path = write_draft(any_office.folder, text="Ein Satz.\n\n![Ulm](ulm.png)")
    with pytest.raises(DraftError, match=r"^drafts/note\.md, line 8: .*'ulm\.png'"):
        publish_file(any_office, path)


def test_words_with_wildcards_are_looked_for_as_they_are(any_office: Office) -> None:
    publish_file(any_office, write_draft(any_office.folder, text="Ein Plus von 100 % im Jahr."))
    assert find(any_office, ["Plus"], 5)
    assert not find(any_office, ["P%us"], 5)


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_every_refusal_is_one_line(any_office: Office) -> None:
    with pytest.raises(PresskitError) as caught:
        publish_file(any_office, "drafts/missing.md")
    assert "\n" not in str(caught.value)

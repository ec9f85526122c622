"""The audience of some lists: each person once, every fault told."""

from __future__ import annotations

import pytest

from presskit.errors import RecipientsError
from presskit.people import DistributionList
from presskit.recipients.audience import Audience, gather

FILES = {
    "press.csv": b"E-Mail;Name\nA@example.org;A\nb@example.org;B\na@EXAMPLE.org;Again\nkein;C\n",
    "cities.csv": b"email\nB@example.org\nc@example.org\n",
    "empty.csv": b"email\n",
    "wrong.csv": b"email\nkein\n",
    "list.xlsx": b"PK",
}


def read_file(name: str) -> bytes:
    if name not in FILES:
        raise FileNotFoundError(2, "No such file or directory", name)
    return FILES[name]


def gathered(*files: str) -> Audience:
    lists = [
        DistributionList(key=file.partition(".")[0], title=file, file=file, basis="press")
        for file in files
    ]
    return gather(lists, read_file)


def test_each_person_is_there_once_with_the_list_that_brought_them() -> None:
    audience = gathered("press.csv", "cities.csv")
    assert [(each.key, each.list.key) for each in audience.members] == [
        ("a@example.org", "press"),
        ("b@example.org", "press"),
        ("c@example.org", "cities"),
    ]
    assert [each.recipient.name for each in audience.members] == ["A", "B", ""]
    assert audience.duplicates == 2


def test_who_gets_no_mail_is_told_with_file_and_line() -> None:
    (problem,) = gathered("press.csv").left_out
    assert str(problem).startswith("recipients/press.csv, line 5: 'kein' is no e-mail address")


@pytest.mark.parametrize("file", ["empty.csv", "wrong.csv"])
def test_a_list_without_anybody_is_refused(file: str) -> None:
    with pytest.raises(RecipientsError, match=f"recipients/{file}.*: the list .* has nobody"):
        gathered("press.csv", file)


def test_a_list_all_of_whose_people_are_known_is_fine() -> None:
    assert len(gathered("press.csv", "press.csv").members) == 2


def test_a_missing_file_is_named() -> None:
    with pytest.raises(RecipientsError, match=r"recipients/gone\.csv: the file of the list 'gone'"):
        gathered("gone.csv")


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(RecipientsError, match="cannot be read"):
        gathered("list.xlsx")

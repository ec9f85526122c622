"""presskit.toml and lists.toml: every fault is named with its key, its line and the remedy."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import OfficeError, PresskitError, RecipientsError
from presskit.recipients.lists import read_lists
from presskit.settings import read_settings
from presskit.toml_lines import find_lines

GOOD = """\
[association]
name = "Städtetag"
time_zone = "Europe/Berlin"

[series.P]
start = 309

[contacts.conzen]
name = "Christiane Conzen"

[mail]
from = "Presse <presse@example.org>"
port = 587

[database]
url = "sqlite:///presskit.sqlite3"

[web]
base_url = "https://presse.example.org/"
"""

# what is written instead of what, the line the message must name, what it must say
FAULTS = (
    ("name = ", "nam = ", 2, "Did you mean 'name'?"),
    ('name = "Städtetag"\n', 'name = "Städtetag"\nnmae = "x"\n', 3, "Did you mean 'name'?"),
    ('"Städtetag"', "3", 2, "must be text"),
    ('"Städtetag"', "", 2, "TOML"),
    ('"Städtetag"', '"Städte', 2, "TOML"),
    ('"Städtetag"', '"St\\u0000dte"', 2, "control character"),
    ("Europe/Berlin", "Europe/Berlim", 3, "no time zone"),
    ("Europe/Berlin", "Europe", 3, "no time zone"),
    ("Europe/Berlin", "../../etc/passwd", 3, "no time zone"),
    ("[association]", "[asociation]", 1, "association"),
    ("[series.P]", "[series.p]", 5, "capital letters"),
    ("[series.P]", "[series.CON]", 5, "cannot name a series"),
    ("[series.P]\nstart = 309\n", "series = 5\n", 5, "unknown key"),
    ("start = 309", "start = 0", 6, "out of range"),
    ("start = 309", 'start = "viele"', 6, "not a whole number"),
    ("start = 309", "start = true", 6, "not a whole number"),
    ("start = 309", "start = 3.5", 6, "not a whole number"),
    ("start = 309", "start = 309\nstart = 310", 7, "TOML"),
    ("start = 309", 'start = 1\npattern = "P {nummer}"', 7, "no pattern"),
    ("start = 309", 'start = 1\npattern = "Q {number}"', 7, "cannot be read back"),
    ("start = 309", 'restart = "yearly"\npattern = "P {number}"', 7, "counts by the year"),
    ("start = 309", 'restart = "jährlich"', 6, "is not one of never, yearly"),
    ('name = "Christiane Conzen"', 'email = "x"', 8, "missing"),
    ('name = "Christiane Conzen"', 'name = "x"\n"e mail" = "x"', 10, "Did you mean 'email'?"),
    ("port = 587", "port = 70000", 13, "out of range"),
    ("port = 587", "port = -1", 13, "out of range"),
    ("port = 587", f"port = {'9' * 5000}", 1, "out of bounds"),
    ("port = 587", 'security = "ssl"', 13, "starttls"),
    ("Presse <presse@example.org>", "Presse", 12, "no e-mail address"),
    ("sqlite:///presskit.sqlite3", "presskit.sqlite3", 16, "no database address"),
    ("https://presse.example.org/", "presse.example.org", 19, "no web address"),
    ("[web]", "[web]\n[wbe]", 19, "unknown key"),
)


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=[each[1] for each in FAULTS])
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(OfficeError) as caught:
        read_settings(GOOD.replace(old, new, 1))
    assert str(caught.value).startswith(f"presskit.toml, line {line}")
    assert said in str(caught.value)
    assert caught.value.remedy
    assert len(str(caught.value).splitlines()) == 1


def test_good_settings_are_read() -> None:
    found = read_settings(GOOD)
    assert found.default_series.start == 309
    assert found.contacts["conzen"].name == "Christiane Conzen"
    assert found.base_url == "https://presse.example.org"


@pytest.mark.parametrize("table", ["association", "series", "mail"])
def test_a_missing_table_is_named(table: str) -> None:
    rest = "\n".join(part for part in GOOD.split("\n\n") if f"[{table}" not in part)
    with pytest.raises(OfficeError, match=f"'{table}': this table is missing"):
        read_settings(rest)


def test_an_empty_table_lacks_its_keys_and_is_not_missing() -> None:
    with pytest.raises(OfficeError, match=r"line 1, key 'association\.name': this is missing"):
        read_settings("[association]\n" + GOOD[GOOD.index("[series") :])


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(OfficeError):
        read_settings("a = " + "[" * 5000 + "]" * 5000)


TRICKY = '''\
title = "a = 1"            # b = 2
"quoted key" = 1
"it's" = 0
dotted.key = 1
text = """
fake = 1
[fake]
port = "\\""" quoted """""
literal = \'\'\'
other = 2
\'\'\'
inline = {a = 1, "b" = {c = [1, "x"]}}
numbers = [
  1.5,   # first
  [2, 3],
  {d = 4},
]
when = 2017-07-31 10:00:00

[one.two]
port = 1
[ three . "four" ]
port = 2
[[many]]
port = 3
[[many]]
port = 4
[many.sub]
port = 5
'''


def test_the_line_of_every_key_is_found() -> None:
    tomllib.loads(TRICKY)
    assert find_lines(TRICKY) == {
        ("title",): 1,
        ("quoted key",): 2,
        ("it's",): 3,
        ("dotted",): 4,
        ("dotted", "key"): 4,
        ("text",): 5,
        ("literal",): 9,
        ("inline",): 12,
        ("inline", "a"): 12,
        ("inline", "b"): 12,
        ("inline", "b", "c"): 12,
        ("inline", "b", "c", 0): 12,
        ("inline", "b", "c", 1): 12,
        ("numbers",): 13,
        ("numbers", 0): 14,
        ("numbers", 1): 15,
        ("numbers", 1, 0): 15,
        ("numbers", 1, 1): 15,
        ("numbers", 2): 16,
        ("numbers", 2, "d"): 16,
        ("when",): 18,
        ("one",): 20,
        ("one", "two"): 20,
        ("one", "two", "port"): 21,
        ("three",): 22,
        ("three", "four"): 22,
        ("three", "four", "port"): 23,
        ("many",): 24,
        ("many", 0): 24,
        ("many", 0, "port"): 25,
        ("many", 1): 26,
        ("many", 1, "port"): 27,
        ("many", 1, "sub"): 28,
        ("many", 1, "sub", "port"): 29,
    }


PIECES = (
    *(
        "[a]",
        "\n",
        "b",
        " = ",
        "1",
        '"""',
        "'''",
        "'",
        '"',
        "\\",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "#",
    ),
    *("[[c]]", "\r\n", "é", "2017-07-31", "true", "-1.5e3", '"x"', "b = 1\n", 'c = {d = "]"}\n'),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(deadline=None, max_examples=400)
def test_lines_are_found_in_any_valid_toml(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {path[0] for path in find_lines(text)} == set(values)


@given(
    st.one_of(
        st.text(),
        st.tuples(st.integers(0, len(GOOD)), st.text(max_size=5)).map(
            lambda cut: GOOD[: cut[0]] + cut[1] + GOOD[cut[0] :]
        ),
    )
)
@settings(deadline=None, max_examples=200)
def test_nothing_but_an_office_error_leaves_the_settings(text: str) -> None:
    try:
        read_settings(text)
    except OfficeError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017


LISTS = '[press]\nfile = "press.csv"\nbasis = "press"\n'
LIST_FAULTS = (
    ("[press]", "[Press]", 1, "cannot name a list"),
    ("[press]", "[press_list]", 1, "cannot name a list"),
    ("[press]", f"[{'a' * 64}]", 1, "cannot name a list"),
    ("[press]", "['a\\b']", 1, "cannot name a list"),
    (LISTS, "press = 3", 1, "must be a table"),
    (LISTS, "[press]", 1, "key 'press.file': this is missing"),
    ('"press"', '"pres"', 3, "Did you mean 'press'?"),
    ('basis = "press"\n', "", 1, "key 'press.basis': this is missing"),
    ('"press.csv"', "3", 2, "must be text"),
    ("file", "titel = 1\nfile", 2, "Did you mean 'title'?"),
)


@pytest.mark.parametrize(("old", "new", "line", "said"), LIST_FAULTS)
def test_a_fault_of_the_lists_is_named(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(RecipientsError) as caught:
        read_lists(LISTS.replace(old, new, 1), "recipients/lists.toml")
    assert str(caught.value).startswith(f"recipients/lists.toml, line {line}")
    assert said in str(caught.value)


def test_lists_are_read_in_their_order() -> None:
    assert list(read_lists(LISTS + LISTS.replace("[press]", "[b-1]"), "l")) == ["press", "b-1"]
    assert read_lists("", "l") == {}


def test_a_long_value_does_not_fill_the_screen() -> None:
    with pytest.raises(PresskitError) as caught:
        read_settings(GOOD.replace("Europe/Berlin", "x" * 100_000).replace("port", "p" * 100_000))
    assert len(str(caught.value)) < 1000

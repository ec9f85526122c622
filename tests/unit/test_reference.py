"""Series and references: written, read again in every spelling, ordered, as file names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import NumberError
from presskit.reference import Reference, Series, Spelling

PRESS = Series(letter="P", pattern="P {number}/{year}")
VOICES = Series(letter="QR", pattern="QR#{number}")
PATTERNS = ("{letter} {{number}}/{{year}}", "{letter}-{{number}}-{{year}}", "{letter}#{{number}}")

letters = st.from_regex(r"[A-Z]{1,8}", fullmatch=True).filter(
    lambda each: each not in ("CON", "PRN", "AUX", "NUL")
)
numbers = st.integers(1, 999_999_999)
years = st.integers(1900, 2199)


@st.composite
def series(draw: st.DrawFn) -> Series:
    letter = draw(letters)
    pattern = draw(st.sampled_from((*PATTERNS, "{{number}}/{{year}}"))).format(letter=letter)
    return Series(letter=letter, pattern=pattern)


references = st.builds(Series.reference, series(), numbers, years)


@given(references)
@settings(deadline=None)
def test_what_is_written_is_read_again(reference: Reference) -> None:
    assert Spelling.read(reference.written).matches(reference)
    assert Spelling.read(reference.file_name).matches(reference)
    assert Spelling.read(f"{reference.file_name}.v2").matches(reference)


@given(st.lists(references))
@settings(deadline=None)
def test_file_names_are_unique_and_ascii(found: list[Reference]) -> None:
    keys = {(each.series, each.number, each.year) for each in found}
    assert len({each.file_name for each in found}) == len(keys)
    assert all(each.file_name.isascii() and "/" not in each.file_name for each in found)


@given(st.lists(references))
@settings(deadline=None)
def test_references_with_and_without_years_can_be_sorted(found: list[Reference]) -> None:
    shelf = sorted(found)
    assert all(not later < earlier for earlier, later in pairwise(shelf))


@given(st.text(max_size=20))
@settings(deadline=None)
def test_any_text_is_a_reference_or_is_refused(text: str) -> None:
    try:
        assert Spelling.read(text).number >= 0
    except NumberError:
        assert not text.isdigit() or not text.isascii() or len(text) > 9


SPELLINGS = (
    *("P 309/2017", "p309/17", "P-309-2017", "309/2017", "309", "P 309 / 2017", "P309/17"),
    *("P\N{NO-BREAK SPACE}309/2017", "P–309–2017", "P‑309‑2017", " p  309/2017 ", "P-309-2017.v1"),
    *("P 309", "P#309", "P Nr. 309/2017", "Nr. 309", "P_309_2017", "#309", "p 0309/2017"),
)


@pytest.mark.parametrize("written", SPELLINGS)
def test_every_spelling_finds_the_release(written: str) -> None:
    assert Spelling.read(written).matches(PRESS.reference(309, 2017))


@pytest.mark.parametrize("written", ["QR#10", "qr 10", "QR10", "QR-10", "10", "qr.10", "QR # 10"])
def test_a_count_without_years_is_found(written: str) -> None:
    assert Spelling.read(written).matches(VOICES.reference(10, 2017))


@pytest.mark.parametrize(
    "written", ["QR 309", "P 309/2016", "P 309/16", "P 310/2017", "QR#10/2017"]
)
def test_another_reference_is_not_found(written: str) -> None:
    assert not Spelling.read(written).matches(PRESS.reference(309, 2017))
    assert not Spelling.read(written).matches(VOICES.reference(10, 2017))


GARBAGE = (
    *("", " ", "P", "P /2017", "P 309/", "P 309/201", "P 309/20177", "-5", "309 2017", "P 3 0 9"),
    *("P 309/2017 · Co", "047.43", "Ｐ ３０９", "P ３０９", "P 309\x002017", "P 1234567890", "Ä 5"),
    *("P--309", "../309", "P 309/2017\nBcc: x", "ſ 5", "P 309/2017/1", "P 1e5"),
)


@pytest.mark.parametrize("written", GARBAGE)
def test_garbage_is_refused(written: str) -> None:
    with pytest.raises(NumberError, match="is not a reference"):
        Spelling.read(written)


BAD_PATTERNS = (
    *(
        "P",
        "P {number} {number}",
        "P {nummer}",
        "P {number:05}",
        "P {number!r}",
        "P {}",
        "P {{number}}",
    ),
    *(
        "P {number",
        "P number}",
        "P {year}/{number}",
        "P {number}{year}",
        "P {number} {year}",
        "P9 {number}",
    ),
    *(
        "Q {number}",
        "Ä {number}",
        "P {number}/{year}/{year}",
        "",
        "P {number.real}",
        "P. Q {number}",
    ),
)


@pytest.mark.parametrize("pattern", BAD_PATTERNS)
def test_a_pattern_that_cannot_be_read_back_is_refused(pattern: str) -> None:
    with pytest.raises(NumberError) as caught:
        Series(letter="P", pattern=pattern)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("letter", ["", "p", "Ä", "P 1", "P/", "NINELETTE", "CON", "P\n"])
def test_a_series_is_named_by_capital_letters(letter: str) -> None:
    with pytest.raises(NumberError, match="cannot name a series"):
        Series(letter=letter, pattern=f"{letter} {{number}}")


def test_a_yearly_count_needs_a_year() -> None:
    with pytest.raises(NumberError, match="counts by the year"):
        Series(letter="NL", pattern="NL {number}", restart="yearly")


def test_the_count_goes_on_or_restarts() -> None:
    yearly = Series(letter="NL", pattern="NL {number}/{year}", restart="yearly")
    assert (PRESS.cycle(2017), yearly.cycle(2017)) == (0, 2017)

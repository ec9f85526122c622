"""Messages: one line each, whatever the facts hold."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import Place, PresskitError


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None)
def test_a_message_is_one_short_line_that_can_be_printed(fact: str, key: str) -> None:
    error = PresskitError(
        "{fact} and {fact!r}.", remedy="Look at {fact}.", place=Place("a.md", 3, key), fact=fact
    )
    assert len(f"a{error}b".splitlines()) == 1
    assert len(str(error)) < 2500
    str(error).encode("utf-8")


def test_a_message_names_place_sentence_and_remedy() -> None:
    error = PresskitError(
        "{n} is too much.", remedy="Take less.", place=Place("a.toml", 3, "k"), n=9
    )
    assert str(error) == "a.toml, line 3, key 'k': 9 is too much. Take less."

"""The text as a whole can be read with ease (LIX, Björnsson 1968).

LIX is the mean number of words a sentence and the percentage of words longer than six letters:
newspapers lie about 50, official language beyond 60. Texts of fewer than 100 words are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.intake.sentences import WORD, sentences

_FEWEST = 100


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    texts = [each.text for each in page.passages if each.kind == "paragraph"]
    words = [word for text in texts for word in WORD.findall(text)]
    number = sum(1 for text in texts for _ in sentences(text))
    if len(words) < _FEWEST or not number:
        return
    long_words = sum(len(word) > 6 for word in words)
    lix = len(words) / number + 100 * long_words / len(words)
    if lix > knobs["most"]:
        yield Observation(
            sentence="the text is hard to read (LIX {lix}): {words} words a sentence, {long} % of "
            "them long.",
            remedy="Shorten sentences, and say with verbs what stands in nouns.",
            facts={
                "lix": round(lix),
                "words": round(len(words) / number),
                "long": round(100 * long_words / len(words)),
            },
        )


RULE = Rule(name="readability", severity="hint", look=_look, knobs={"most": 72})

"""On which line of a TOML text each table, key and list entry stands (TOML 1.0).

The text must be valid; :mod:`tomllib` gives its values, but not where they stand.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
    (?P<string> \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<comment> \#[^\n]* )
    | (?P<bare> [^\s"'\#=\[\]{},.]+ )
    | (?P<sign> [=\[\]{},.\n] )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


def find_lines(text: str) -> dict[Path, int]:
    """The first line (1 and up) of each table, key and list entry by its path."""
    return _Finder(_tokens(text)).document()


def _tokens(text: str) -> list[_Token]:
    tokens = []
    line, counted = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", counted, found.start())
        counted = found.start()
        if found.lastgroup and found.lastgroup != "comment":
            tokens.append(_Token(found.lastgroup, found[0], line))
    return tokens


class _Finder:
    """Walks over the signs of a TOML text and notes where keys stand."""

    def __init__(self, tokens: list[_Token]) -> None:
        end = _Token("sign", "\n", tokens[-1].line if tokens else 1)
        self._tokens = [*tokens, end]
        self._at = 0
        self._repeated: dict[Path, int] = {}
        self._lines: dict[Path, int] = {}

    def document(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip("\n"):
            if self._now.text == "[" and self._now.kind == "sign":
                table = self._heading()
            else:
                self._pair(table)
        return self._lines

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _skip(self, signs: str) -> bool:
        """Go on to the next token that is none of the signs; False at the end."""
        while self._at < len(self._tokens) and self._is_sign(signs):
            self._at += 1
        return self._at < len(self._tokens)

    def _is_sign(self, signs: str) -> bool:
        return self._now.kind == "sign" and self._now.text in signs

    def _note(self, path: Path, line: int) -> None:
        for length in range(1, len(path) + 1):
            self._lines.setdefault(path[:length], line)

    def _heading(self) -> Path:
        line, opened = self._now.line, self._at
        self._skip("[")
        repeated = self._at - opened == 2
        path = self._resolved(self._key())
        self._skip("]")
        if repeated:
            self._repeated[path] = self._repeated.get(path, -1) + 1
            path = (*path, self._repeated[path])
        self._note(path, line)
        return path

    def _resolved(self, key: Path) -> Path:
        """The path of a heading; ``[a.b]`` below ``[[a]]`` belongs to the last ``a``."""
        path: Path = ()
        for part in key[:-1]:
            path = (*path, part)
            if path in self._repeated:
                path = (*path, self._repeated[path])
        return (*path, *key[-1:])

    def _key(self) -> Path:
        parts: list[str] = []
        while not self._is_sign("=]"):
            if not self._is_sign("."):
                parts.append(_unquoted(self._now.text))
            self._at += 1
        return tuple(parts)

    def _pair(self, table: Path) -> None:
        line = self._now.line
        path = (*table, *self._key())
        self._note(path, line)
        self._at += 1
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._is_sign("{"):
            self._inline_table(path)
        elif self._is_sign("["):
            self._array(path)
        else:
            while not self._is_sign(",]}\n"):
                self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._skip(",\n") and not self._is_sign("}"):
            self._pair(path)
        self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._skip(",\n") and not self._is_sign("]"):
            self._note((*path, index), self._now.line)
            self._value((*path, index))
            index += 1
        self._at += 1


def _unquoted(key: str) -> str:
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key

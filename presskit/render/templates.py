"""The office's templates: filled in a sandbox, and never with anything that is not there."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import re
import traceback
from collections.abc import Callable, Iterator, Mapping

import jinja2
from jinja2.exceptions import SecurityError

from presskit import german
from presskit.errors import Place, PresskitError, TemplateError
from presskit.render.house import House
from presskit.render.sandbox import Sandbox, budgeted

_FIELD_LIST = "templates/README.md lists what a template may name."


def environment(house: House) -> Sandbox:
    """The sandbox in which the templates of a house run: everything escaped, nothing undefined."""
    return _environment(frozenset(house.templates.items()), house.folder)


def fill(house: House, name: str, values: Mapping[str, object]) -> str:
    """The text of a template with the values in their places.

    Raises :class:`TemplateError` with the template's file and line for whatever is wrong in it.
    """
    try:
        template = environment(house).get_template(name)
        with budgeted(sum(len(each) for each in values.values() if isinstance(each, str))) as count:
            return "".join(count(each) for each in template.generate(values))
    except PresskitError:
        raise
    except jinja2.TemplateNotFound as error:
        raise _missing(house, str(error.name or name)) from error
    except jinja2.TemplateSyntaxError as error:
        raise _faulty(error, Place(error.filename or name, error.lineno)) from error
    except Exception as error:
        # What fails while a template runs is the template's fault: the values are plain data.
        place = _place(error, house, name)
        if isinstance(error, jinja2.UndefinedError):
            raise _undefined(error, place, values) from error
        raise _faulty(error, place) from error


def check_text(page: str, given: Mapping[str, object], place: Place) -> None:
    """Refuse a filled template in which the text of the release is missing."""
    if str(given["text"]) not in page:
        raise TemplateError(
            "the template leaves out {{{{ {name} }}}}.",
            remedy="Write {{{{ {name} }}}} in one place of the text that every reader sees.",
            place=place,
            name="text",
        )


@functools.lru_cache(maxsize=4)
def _environment(templates: frozenset[tuple[str, str]], folder: str) -> Sandbox:
    # A DictLoader would not tell the file's path, which messages need.
    environment = Sandbox(jinja2.FunctionLoader(_loader(dict(templates), folder)))
    environment.filters["phone_uri"] = german.phone_uri
    return environment


_Source = tuple[str, str | None, Callable[[], bool] | None]


def _loader(templates: Mapping[str, str], folder: str) -> Callable[[str], _Source | None]:
    def load(name: str) -> _Source | None:
        source = templates.get(name)
        return None if source is None else (source, f"{folder}/{name}", lambda: True)

    return load


def _place(error: Exception, house: House, name: str) -> Place:
    """The innermost line of a template in the traceback, which Jinja writes in template lines."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = {f"{house.folder}/{each}" for each in house.templates}
    found = [Place(each.filename, each.lineno) for each in frames if each.filename in ours]
    return found[-1] if found else Place(f"{house.folder}/{name}")


def _missing(house: House, name: str) -> TemplateError:
    return TemplateError(
        "the template {name!r} is not there.",
        remedy="Put it into {folder}; a new office made by presskit init has one to copy.",
        place=Place(f"{house.folder}/{name}"),
        name=name,
        folder=house.folder,
    )


def _faulty(error: Exception, place: Place) -> TemplateError:
    reason = str(error).rstrip(".")
    if isinstance(error, SecurityError):
        return TemplateError(
            "the template asks for something templates may not do: {reason}.",
            remedy="Use the values only. " + _FIELD_LIST,
            place=place,
            reason=reason,
        )
    return TemplateError(
        "the template cannot be filled: {reason}.",
        remedy="Mend this line; the Jinja manual calls its rules the template syntax.",
        place=place,
        reason=reason,
    )


def _undefined(
    error: jinja2.UndefinedError, place: Place, values: Mapping[str, object]
) -> TemplateError:
    # Jinja tells the name only within its message, always as the last word in quotation marks.
    quoted = re.findall(r"'([^']*)'", str(error))
    name = quoted[-1] if quoted else str(error)
    known = _known(values)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = "Did you mean {nearest!r}? " if near else ""
    return TemplateError(
        "the template names {name!r}, which is not there.",
        remedy=hint + _FIELD_LIST,
        place=place,
        name=name,
        nearest=known[near[0]] if near else "",
    )


def _known(values: Mapping[str, object]) -> dict[str, str]:
    """Every name a template may write, by its last part: ``contact_name`` is in ``field``."""
    known = {name: name for name in values}
    for name, value in values.items():
        known.update({part: f"{name}.{part}" for part in _parts(value)})
    return known


def _parts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value
    elif dataclasses.is_dataclass(value):
        yield from (each.name for each in dataclasses.fields(value))

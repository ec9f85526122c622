"""The sandbox of the templates: they see values, change nothing, and end.

Jinja's own sandbox keeps a template off the machine but lets it run for ever and fill the memory.
Here every turn of a loop, every call of a macro and every long text that is made counts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.filters import do_join, do_replace
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST_STEPS = 10_000
_MOST_CHARACTERS = 20_000_000
_LONGEST_REPEATED = 100_000
_MOST_BITS = 4096

# Those that can make anything out of nothing, or something else each time.
_NO_FILTERS = (
    *("batch", "center", "filesizeformat", "format", "indent", "pprint", "random", "round"),
    *("slice", "tojson", "wordwrap"),
)
_NO_GLOBALS = ("lipsum", "cycler", "joiner")
_NO_METHODS = frozenset(
    ("center", "expandtabs", "format", "format_map", "join", "ljust", "rjust", "translate", "zfill")
)


@dataclass
class _Budget:
    """What one filling of a template may still use."""

    steps: int = _MOST_STEPS
    characters: int = _MOST_CHARACTERS


_BUDGET: ContextVar[_Budget] = ContextVar("budget")


@contextlib.contextmanager
def budgeted(characters: int) -> Iterator[Callable[[str], str]]:
    """A fresh budget for one filling, ``characters`` on top; gives what counts each output."""
    token = _BUDGET.set(_Budget(characters=_MOST_CHARACTERS + characters))
    try:
        yield _spend
    finally:
        _BUDGET.reset(token)


def _spend(text: str) -> str:
    _reserve(len(text))
    return text


def _reserve(characters: int) -> None:
    budget = _BUDGET.get(None) or _Budget()
    budget.characters -= characters
    if budget.characters < 0:
        raise TemplateRuntimeError("it makes more text than any mail or page can hold")


class _Counting(CodeGenerator):
    """Compiles templates so that loops, macros and joined texts are counted."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - named by Jinja
        """A loop whose every turn is a step."""
        node.body.insert(0, self._step(node))
        super().visit_For(node, frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        """A macro whose every call is a step."""
        node.body.insert(0, self._step(node))
        super().visit_Macro(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Joined texts, counted by their length."""
        self.write("environment.joined((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def _step(self, node: nodes.Node) -> nodes.ExprStmt:
        call = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None)
        step = nodes.ExprStmt(call)
        step.set_lineno(node.lineno)
        step.set_environment(self.environment)
        return step


class Sandbox(ImmutableSandboxedEnvironment):
    """Everything is escaped, nothing is undefined, and no template runs for ever."""

    code_generator_class = _Counting
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name in _NO_FILTERS:
            del self.filters[name]
        for name in _NO_GLOBALS:
            del self.globals[name]
        self.filters["replace"] = _replace
        self.filters["join"] = _join

    def step(self) -> None:
        """One more turn of a loop or call of a macro."""
        budget = _BUDGET.get(None) or _Budget()
        budget.steps -= 1
        if budget.steps < 0:
            raise TemplateRuntimeError("its loops do not come to an end")

    def joined(self, parts: tuple[object, ...]) -> str:
        """Texts behind one another, for ``~``."""
        return _spend(markup_join(parts))

    def wrap_str_format(self, value: Any) -> None:
        """Jinja would let ``text.format`` pass, which can fill the memory with blanks."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may reach for it; methods that make long texts of short ones, not."""
        if isinstance(obj, str | bytes) and attr in _NO_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call(self, context: Context, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call something; ``text.replace`` is counted as the filter is."""
        if getattr(obj, "__name__", "") == "replace" and isinstance(
            getattr(obj, "__self__", None), str
        ):
            _reserve_replaced(obj.__self__, *args[:2])
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon, unless the result would fill the memory."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("a text cannot be filled with “%”")
        if operator == "**" or (isinstance(left, int) and isinstance(right, int)):
            _check_bits(operator, left, right)
        elif operator in "*+":
            _check_repeated(operator, left, right)
        return super().call_binop(context, operator, left, right)


def _check_bits(operator: str, left: Any, right: Any) -> None:
    bits = [each.bit_length() for each in (left, right) if isinstance(each, int)]
    power = operator == "**" and isinstance(right, int) and max(bits) * abs(right) > _MOST_BITS
    if power or sum(bits) > _MOST_BITS:
        raise SecurityError("the number would become too large")


def _check_repeated(operator: str, left: Any, right: Any) -> None:
    sizes = [len(each) for each in (left, right) if hasattr(each, "__len__")]
    times = [abs(each) for each in (left, right) if isinstance(each, int)]
    if operator == "*" and sizes and times and sizes[0] * times[0] > _LONGEST_REPEATED:
        raise SecurityError("the text would become too long")
    _reserve(sum(sizes))


def _reserve_replaced(text: object, old: object = "", new: object = "") -> None:
    written, sought = str(text), str(old)
    places = written.count(sought) if sought else len(written) + 1
    _reserve(len(written) + places * len(str(new)))


@jinja2.pass_eval_context
def _replace(
    eval_ctx: nodes.EvalContext, s: str, old: str, new: str, count: int | None = None
) -> str:
    _reserve_replaced(s, old, new)
    return do_replace(eval_ctx, s, old, new, count)


@jinja2.pass_eval_context
def _join(
    eval_ctx: nodes.EvalContext, value: Any, d: str = "", attribute: str | int | None = None
) -> str:
    parts = list(value)
    _reserve(len(parts) * len(str(d)))
    return _spend(do_join(eval_ctx, parts, d, attribute))

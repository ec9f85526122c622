"""Templates end: no loop without end, no text that fills the memory."""

from __future__ import annotations

import time

import pytest

from presskit.errors import TemplateError
from presskit.render.templates import fill
from tests.unit.test_mail import one_template

TEXT = "a" * 100_000
RUNAWAYS = [
    "{% for a in range(9999) %}{% for b in range(9999) %}{% set x = 1 %}{% endfor %}{% endfor %}",
    "{% for a in range(9999) %}{{ text }}{% endfor %}",
    "{% for a in range(9999) %}{% set x = text ~ text %}{% endfor %}",
    "{% for a in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include 'mail.html.j2' %}{% include 'mail.html.j2' %}",
    "{% set s = namespace(x='aa') %}{% for i in range(60) %}{% set s.x = s.x ~ s.x %}{% endfor %}",
    "{% set s = namespace(x='aa') %}{% for i in range(60) %}{% set s.x = s.x + s.x %}{% endfor %}",
    "{% set s = namespace(x=7) %}{% for i in range(60) %}{% set s.x = s.x * s.x %}{% endfor %}",
    "{{ range(10 ** 9) }}",
    "{{ 'a' * 10 ** 9 }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ 9 ** 999999999 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ 'a'.center(10 ** 9) }}",
    "{{ 'a' | center(10 ** 9) }}",
    "{{ 'a' | indent(10 ** 9) }}",
    "{{ lipsum(n=10 ** 8) }}",
    "{{ text.replace('a', text) }}",
    "{{ text | replace('a', text) }}",
    "{{ text | replace('', text) }}",
    "{{ text | join(text) }}",
]


@pytest.mark.parametrize("source", RUNAWAYS)
def test_a_template_that_would_run_away_is_stopped_with_its_place(source: str) -> None:
    began = time.process_time()
    with pytest.raises(TemplateError, match=r"^templates/mail\.html\.j2"):
        fill(one_template(source), "mail.html.j2", {"text": TEXT})
    assert time.process_time() - began < 30  # without the limits: days, or no memory left


def test_what_templates_do_by_day_they_may_do() -> None:
    source = (
        "{% macro shout(x) %}{{ x | upper }}!{% endmacro %}"
        "{% for i in range(3) %}{{ loop.index }}{% endfor %} {{ shout('a') }} {{ 'a' ~ 2 ~ 'b' }} "
        "{{ 'x-y'.replace('-', '+') }} {{ 'x-y' | replace('-', '+') }} {{ [1, 2] | join(', ') }} "
        "{{ 2 ** 3 }} {{ 7 % 4 }} {{ '-' * 3 }} {{ 'a' + 'b' }} {{ text | length }} {{ '<' ~ '>' }}"
    )
    filled = fill(one_template(source), "mail.html.j2", {"text": TEXT})
    assert filled == "123 A! a2b x+y x+y 1, 2 8 3 --- ab 100000 &lt;&gt;"


def test_one_filling_does_not_use_up_the_next() -> None:
    source = "{% for i in range(9000) %}{% endfor %}{{ text }}"
    for _ in range(3):
        assert fill(one_template(source), "mail.html.j2", {"text": TEXT}) == TEXT

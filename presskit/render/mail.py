"""Release -> HTML mail: a page on its own, and the master of every personal copy.

What differs from recipient to recipient stands between comments, so that a dispatch exchanges
bytes and never parses HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from presskit.errors import Place, TemplateError, UnsupportedError
from presskit.markers import GREETING, MARKERS, NOTICE, Marker, pieces
from presskit.release import Release
from presskit.render.clients import check_clients
from presskit.render.house import House
from presskit.render.html import check_characters, to_html
from presskit.render.pictures import MailPart, mail_logo, mail_pictures
from presskit.render.templates import check_text, fill
from presskit.render.values import values
from presskit.wording import word

# Gmail cuts a mail off after about 102 kB and hides the rest, the footer with it.
MOST_BYTES = 95_000
_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL | re.I)


def render(release: Release, house: House) -> bytes:
    """The mail of a release, UTF-8, with its styles inlined; the same release, the same bytes.

    The greeting is the one to everyone, the notice is empty; a dispatch puts its own between the
    marks ``GREETING`` and ``NOTICE``. The pictures it carries are those of ``mail_parts``.
    """
    from presskit.render.inlining import inline_css  # costs half a second, so only when needed

    name = template_name(release)
    place = Place(f"{house.folder}/{name}")
    given = mail_values(release, house)
    page = fill(house, name, given)
    check_text(page, given, place)
    page = check_characters(page.replace("\r\n", "\n").replace("\r", "\n"))
    # Working the styles in only adds to what is not style: far too much need not be worked on.
    _check_size(_STYLE.sub("", page).encode())
    html = inline_css(page, place)
    check_clients(html, house, name)
    _check_marks(html, place)
    content = html.encode()
    _check_size(content)
    return content


def template_name(release: Release) -> str:
    """The file of the template that a release's mail is made with."""
    return "newsletter.html.j2" if release.draft.issue else "mail.html.j2"


def mail_values(release: Release, house: House) -> dict[str, object]:
    """What a mail's template may name beside what all templates may."""
    language = release.draft.language
    shown = {source: part.shown for source, part in mail_pictures(release, house).items()}
    logo = mail_logo(release, house)
    return {
        **values(release, house.association),
        "text": to_html(release.blocks(), shown, "mail", language),
        "logo": logo.shown if logo else None,
        "greeting": _between(GREETING, word("to_everyone", language) + ","),
        "notice": _between(NOTICE, ""),
    }


def with_files_beside(html: str, parts: Iterable[MailPart], folder: str = "mail") -> str:
    """The mail for a browser: what it carries is looked for in a folder beside it.

    For looking at only; what is filed and sent refers to its own parts (``cid:``, RFC 2392).
    """
    for each in parts:
        if each.content_id:
            html = html.replace(f'"{each.shown.address}"', f'"{folder}/{each.file_name}"')
    return html


def _between(marker: Marker, content: str) -> Markup:
    # The marks are constants of the program.
    return Markup(marker.opening) + content + Markup(marker.closing)  # noqa: S704


def _check_marks(html: str, place: Place) -> None:
    """Refuse a page in which a personal place is missing, doubled, or in disorder."""
    for marker in MARKERS:
        if html.count(marker.opening) != 1 or html.count(marker.closing) != 1:
            raise _bad_marks("needs {{{{ {name} }}}} exactly once", marker.name, place)
    if pieces(html) is None:
        raise _bad_marks("has the marks of {{{{ {name} }}}} in disorder", GREETING.name, place)


def _bad_marks(fault: str, name: str, place: Place) -> TemplateError:
    return TemplateError(
        f"the template {fault}.",
        remedy="Write {{{{ {name} }}}} in one place of the text that every reader sees.",
        place=place,
        name=name,
    )


def _check_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UnsupportedError(
            "the mail has {size} bytes, and mailboxes cut off what is over {most}.",
            remedy="Shorten the text, or put long tables and lists into an attachment.",
            size=len(content),
            most=MOST_BYTES,
        )

"""Release -> HTML mail: a page on its own, and the master of every personal copy.

What differs from recipient to recipient stands between comments, so that a dispatch exchanges
bytes and never parses HTML.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from presskit.document import Paragraph, plain
from presskit.errors import Place, TemplateError, UnsupportedError
from presskit.letterhead import Association, fields
from presskit.markers import GREETING, MARKERS, NOTICE, Marker, pieces
from presskit.release import Release
from presskit.render.house import House
from presskit.render.html import check_characters, to_html
from presskit.render.templates import fill
from presskit.wording import word, words

# Gmail cuts a mail off after about 102 kB and hides the rest, the footer with it.
MOST_BYTES = 95_000
_SUMMARY_LENGTH = 120


def render(release: Release, house: House) -> bytes:
    """The mail of a release, UTF-8, with its styles inlined; the same release, the same bytes.

    The greeting is the one to everyone, the notice is empty; a dispatch puts its own between the
    marks ``GREETING`` and ``NOTICE``.
    """
    from presskit.render.inlining import inline_css  # costs half a second, so only when needed

    name = "newsletter.html.j2" if release.draft.issue else "mail.html.j2"
    place = Place(f"{house.folder}/{name}")
    given = values(release, house.association)
    page = fill(house, name, given)
    if str(given["text"]) not in page:
        raise _bad_marks("leaves out {{{{ {name} }}}}", "text", place)
    page = check_characters(page.replace("\r\n", "\n").replace("\r", "\n"))
    html = inline_css(page, place)
    _check_marks(html, place)
    content = html.encode()
    _check_size(content)
    return content


def values(release: Release, association: Association) -> dict[str, object]:
    """What a mail template may name; ``templates/README.md`` explains each to the office."""
    draft = release.draft
    greeting = word("to_everyone", draft.language) + ","
    return {
        "field": _template_fields(release, association),
        "text": to_html(release.blocks()),
        "summary": summary(release),
        "greeting": _between(GREETING, greeting),
        "notice": _between(NOTICE, ""),
        "association": association,
        "language": draft.language,
        "words": words(draft.language),
    }


def summary(release: Release) -> str:
    """The first words of the text, as an inbox shows them beside the subject; embargo first."""
    draft = release.draft
    paragraphs = (each for each in release.blocks() if isinstance(each, Paragraph))
    first = next((plain(each.children) for each in paragraphs), "")
    parts = [draft.embargo.written(draft.language) if draft.embargo else "", first]
    text = " – ".join(" ".join(part.split()) for part in parts if part.strip())
    if len(text) <= _SUMMARY_LENGTH:
        return text
    return text[:_SUMMARY_LENGTH].rpartition(" ")[0].rstrip(" ,;:–") + " …"


def _template_fields(release: Release, association: Association) -> Mapping[str, str]:
    """``press.contact.name`` of the letterhead is ``field.contact_name`` in a template."""
    found = fields(release, association)
    return {tag.removeprefix("press.").replace(".", "_"): text for tag, text in found.items()}


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

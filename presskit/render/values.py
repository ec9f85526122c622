"""What every HTML template may name; ``templates/README.md`` explains each to the office."""

from __future__ import annotations

from collections.abc import Mapping

from presskit.document import Paragraph, plain
from presskit.letterhead import Association, fields
from presskit.release import Release
from presskit.wording import words

_SUMMARY_LENGTH = 120


def values(release: Release, association: Association) -> dict[str, object]:
    """The values that the templates of mail and page share."""
    language = release.draft.language
    return {
        "field": _template_fields(release, association),
        "summary": summary(release),
        "association": association,
        "language": language,
        "words": words(language),
        "mark": release.mark,
    }


def summary(release: Release) -> str:
    """The first words of the text, as an inbox shows them beside the subject; embargo first."""
    draft = release.draft
    paragraphs = (each for each in release.blocks() if isinstance(each, Paragraph))
    first = next((text for each in paragraphs if (text := plain(each.children).strip())), "")
    parts = [draft.embargo.written(draft.language) if draft.embargo else "", first]
    text = " – ".join(" ".join(part.split()) for part in parts if part.strip())
    if len(text) <= _SUMMARY_LENGTH:
        return text
    return text[:_SUMMARY_LENGTH].rpartition(" ")[0].rstrip(" ,;:–") + " …"


def _template_fields(release: Release, association: Association) -> Mapping[str, str]:
    """``press.contact.name`` of the letterhead is ``field.contact_name`` in a template."""
    found = fields(release, association)
    return {tag.removeprefix("press.").replace(".", "_"): text for tag, text in found.items()}

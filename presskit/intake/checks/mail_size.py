"""The mail is small enough for mailboxes: its HTML, and the message with all that is attached.

Gmail cuts off what is over about 102 kB of HTML; many mail servers take no message over 10 MB, and
hardly any one over 25 MB. Sizes are in kB and MB of 1000; attachments grow by a third in a mail.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from presskit.german import file_size
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_HTML = "the mail’s HTML has {size}, and mailboxes cut off what is over 100 kB."
_SHORTEN = "Shorten the text, or put long tables and lists into an attachment."
_MESSAGE = "the message will have {size} with its attachments, and many servers refuse that."
_PUBLISH = "Make the files smaller, or put them on a web page and link to it."


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    html = page.around.mail_size or 0
    if html > knobs["html_kb"] * 1000:
        yield _seen(_HTML, _SHORTEN, html, html > knobs["most_html_kb"] * 1000)
    attached = sum(len(each.content) for each in page.draft.attachments) if page.draft else 0
    # Base64 makes four characters of three bytes, and a line end for each 76 of them.
    message = html * 2 + attached * 4 // 3 * 78 // 76
    if message > knobs["message_mb"] * 1_000_000:
        seen = _seen(_MESSAGE, _PUBLISH, message, message > knobs["most_message_mb"] * 1_000_000)
        line = page.draft.lines.get("attachments", 0) if page.draft else 0
        yield dataclasses.replace(seen, line=line)
    for each in page.draft.attachments if page.draft else ():
        if len(each.content) > knobs["attachment_mb"] * 1_000_000:
            sentence = "the attachment {name!r} has {size}."
            facts = {"name": each.file_name, "size": file_size(len(each.content))}
            yield page.key("attachments", sentence, _PUBLISH, **facts)


def _seen(sentence: str, remedy: str, size: int, too_large: bool) -> Observation:
    return Observation(
        sentence=sentence,
        remedy=remedy,
        severity="error" if too_large else None,
        facts={"size": file_size(size)},
    )


RULE = Rule(
    name="mail-size",
    severity="warning",
    look=_look,
    knobs={
        "html_kb": 80,
        "most_html_kb": 95,
        "attachment_mb": 5,
        "message_mb": 10,
        "most_message_mb": 25,
    },
)

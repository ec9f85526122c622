"""Release -> web page: whole in one file, its pictures beside it in ``pictures/``.

It can be read, printed and kept without the network; in the archive's bag and in the press room
the pictures stand where the page looks for them.
"""

from __future__ import annotations

from presskit.errors import Place
from presskit.release import Release
from presskit.render.house import House
from presskit.render.html import check_characters, to_html
from presskit.render.pictures import logo_within_page, page_pictures
from presskit.render.templates import check_text, fill
from presskit.render.values import values

TEMPLATE = "page.html.j2"


def render(release: Release, house: House) -> bytes:
    """The page of a release, UTF-8; the same release, the same bytes."""
    given = page_values(release, house)
    page = fill(house, TEMPLATE, given)
    check_text(page, given, Place(f"{house.folder}/{TEMPLATE}"))
    return check_characters(page.replace("\r\n", "\n").replace("\r", "\n")).encode()


def page_values(release: Release, house: House) -> dict[str, object]:
    """What the page's template may name beside what all templates may."""
    draft = release.draft
    return {
        **values(release, house.association),
        "text": to_html(release.blocks(), page_pictures(release), "page", draft.language),
        "logo": logo_within_page(house),
        "address": "" if release.mark else house.address_of(release.reference),
        "day": draft.date.isoformat(),
    }

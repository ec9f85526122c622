"""The starter office: the files a new office begins with, wherever presskit was installed from."""

from __future__ import annotations

from pathlib import Path

from presskit.settings import FILE_NAME

# Named one by one: a folder as a whole would carry an office's live lists into the package.
FILES = (
    FILE_NAME,
    "drafts/quartier-2020.md",
    "drafts/inklusive-quartiere.txt",
    "drafts/newsletter.md",
    "drafts/qr-10.md",
    "templates/README.md",
    "templates/letterhead.docx",
    "templates/mail.html.j2",
    "templates/newsletter.html.j2",
    "templates/page.html.j2",
    "templates/release.typ",
    "templates/fonts/LICENSE-DejaVu.txt",
    "templates/fonts/LICENSE.txt",
    "templates/fonts/DejaVuSans.ttf",
    "templates/fonts/LiberationMono-Bold.ttf",
    "templates/fonts/LiberationMono-Regular.ttf",
    "templates/fonts/LiberationSans-Bold.ttf",
    "templates/fonts/LiberationSans-BoldItalic.ttf",
    "templates/fonts/LiberationSans-Italic.ttf",
    "templates/fonts/LiberationSans-Regular.ttf",
    "templates/fonts/LiberationSerif-Bold.ttf",
    "templates/fonts/LiberationSerif-BoldItalic.ttf",
    "templates/fonts/LiberationSerif-Italic.ttf",
    "templates/fonts/LiberationSerif-Regular.ttf",
    "templates/fonts/README.md",
    "recipients/README.md",
    "recipients/lists.toml",
    "recipients/press.csv",
    "recipients/member-cities.csv",
    "archive/README.md",
)


def starter_folder() -> Path:
    """The packed starter office, or the root of the checkout."""
    package = Path(__file__).resolve().parent
    packed = package / "starter_office"
    return packed if packed.is_dir() else package.parent

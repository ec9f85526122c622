"""Found a new office: a folder with settings, templates, sample drafts and sample lists."""

from __future__ import annotations

from pathlib import Path

from presskit import starter
from presskit.errors import OfficeError


def found_office(folder: Path) -> tuple[str, ...]:
    """Write the starter office into a new or empty folder; gives the files written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OfficeError(
            "{folder} is there already and not empty; nothing was changed.",
            remedy="Name a new folder, or empty that one.",
            folder=folder,
        )
    source = starter.starter_folder()
    try:
        for name in starter.FILES:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((source / name).read_bytes())
    except OSError as fault:
        raise OfficeError(
            "the office cannot be made in {folder}: {fault}.",
            remedy="Make room or mend the rights, empty the folder and try again.",
            folder=folder,
            fault=fault.strerror,
        ) from None
    return starter.FILES

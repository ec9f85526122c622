"""Found a new office: a folder with settings, templates, sample drafts and sample lists."""

from __future__ import annotations

from pathlib import Path

from presskit import starter
from presskit.errors import OfficeError


def found_office(folder: Path) -> tuple[str, ...]:
    """Write the starter office into a new or empty folder; gives the files written."""
    if folder.exists() and not folder.is_dir():
        raise OfficeError("{folder} is a file.", remedy="Name a new folder.", folder=folder)
    if _holds_something(folder):
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


def _holds_something(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError as fault:
        raise OfficeError(
            "{folder} cannot be looked into: {fault}.",
            remedy="Name another folder, or mend its rights.",
            folder=folder,
            fault=fault.strerror,
        ) from None

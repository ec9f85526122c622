"""A command loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from presskit.desk.publish import plan_publication, publish
from presskit.office import Office

HEAVY = (
    *("docx", "premailer", "lxml", "jinja2", "markdown_it", "yaml", "rich", "smtplib", "bagit"),
    *("alembic", "email_validator", "presskit.render", "presskit.intake", "presskit.dispatch"),
)


def loaded(folder: Path, *arguments: str) -> set[str]:
    """The names of all modules a command loads."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "presskit", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-500:]
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_a_word_about_itself_costs_no_database(office: Office, arguments: list[str]) -> None:
    modules = loaded(office.folder, *arguments)
    assert "click" in modules
    assert not modules & {*HEAVY, "sqlalchemy"}


@pytest.mark.parametrize("arguments", [["find", "309"], ["find", "Quartier"]])
def test_looking_up_loads_no_documents_and_no_mail(office: Office, arguments: list[str]) -> None:
    plan = plan_publication(office, office.folder / "drafts/quartier-2020.md")
    publish(office, plan, "Test")
    modules = loaded(office.folder, *arguments)
    assert "presskit.archive.catalogue" in modules
    assert not modules & set(HEAVY)

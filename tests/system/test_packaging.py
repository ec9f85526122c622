"""The package: wheel, editable install and bare checkout alike, and no live list in any of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from presskit import starter

ROOT = Path(__file__).parents[2]
# What an office holds and nobody else may see: each must stay out of every package.
CANARIES = (
    "recipients/canary.csv",
    "recipients/lists-old/canary.csv",
    "archive/P/2017/P-1-2017.v1/data/canary.txt",
    "outbox/new/canary",
    "preview/canary.docx",
    "presskit.sqlite3",
    "presskit.sqlite3-wal",
    "drafts/canary.docx",
    "drafts/canary.md",
    "templates/canary.docx",
    ".presskit/canary.lock",
    ".env",
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and source package, built from a checkout in which an office has been at work."""
    folder = tmp_path_factory.mktemp("packages")
    checkout = folder / "checkout"
    unwanted = shutil.ignore_patterns(
        ".git", "*.sqlite3*", "__pycache__", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, checkout, ignore=unwanted)
    for name in CANARIES:
        path = checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if "sqlite3" in name else "canary@example.org")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    return folder


def names(packages: Path) -> dict[str, bytes]:
    """Every file of both packages."""
    (wheel,) = packages.glob("*.whl")
    (source,) = packages.glob("*.tar.gz")
    found = {}
    with zipfile.ZipFile(wheel) as archive:
        found |= {f"wheel/{name}": archive.read(name) for name in archive.namelist()}
    with tarfile.open(source) as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file:
                found[f"source/{member.name}"] = file.read()
    return found


def test_no_canary_is_in_any_package(packages: Path) -> None:
    for name, content in names(packages).items():
        assert "canary" not in name
        if not name.endswith("test_packaging.py"):
            assert b"canary@example.org" not in content, name


def test_the_wheel_has_the_package_the_starter_office_and_nothing_at_its_top(
    packages: Path,
) -> None:
    inside = [name for name in names(packages) if name.startswith("wheel/")]
    tops = {name.split("/")[1] for name in inside}
    assert {each for each in tops if not each.endswith(".dist-info")} == {"presskit"}
    for name in starter.FILES:
        assert f"wheel/presskit/starter_office/{name}" in inside
    assert "wheel/presskit/database/migrations/versions/0001_first_tables.py" in inside


def test_the_starter_office_is_listed_alike_for_program_and_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert tuple(included) == starter.FILES
    assert all(included[name] == f"presskit/starter_office/{name}" for name in included)


def office_of(command: list[str], folder: Path, **environment: str) -> list[str]:
    """The files of an office that a way of calling presskit makes."""
    done = subprocess.run(
        [*command, "init", str(folder)],
        cwd=folder.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )


def test_wheel_checkout_and_editable_install_make_the_same_office(
    packages: Path, tmp_path: Path
) -> None:
    (wheel,) = packages.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    module = [sys.executable, "-m", "presskit"]
    expected = sorted(starter.FILES)
    assert office_of(module, tmp_path / "wheel", PYTHONPATH=str(site)) == expected
    assert office_of(module, tmp_path / "editable") == expected
    launcher = [sys.executable, str(packages / "checkout/cli.py")]
    assert office_of(launcher, tmp_path / "bare") == expected


def test_the_wheel_publishes_and_sends(packages: Path, tmp_path: Path) -> None:
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "presskit", "demo", "demo"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
    )
    assert "7 accepted by the mail server" in done.stdout, done.stderr
    where = [sys.executable, "-c", "import presskit; print(presskit.__file__)"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    used = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert used.stdout.startswith(str(tmp_path / "site"))


def test_a_checkout_is_an_office(packages: Path) -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "publish", "drafts/quartier-2020.md", "--dry-run"],
        cwd=packages / "checkout",
        env={**os.environ, "PRESSKIT_OFFICE": ""},
        capture_output=True,
        text=True,
    )
    assert "Would publish P 309/2017" in done.stdout, done.stderr

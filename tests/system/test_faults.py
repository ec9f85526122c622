"""What must survive: many at once, a kill at any instant, a full disk."""

from __future__ import annotations

import mailbox
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import bagit
import pytest
from conftest import change_settings, write_draft

from presskit.desk.publish import plan_publication, publish
from presskit.desk.send import send
from presskit.office import Office
from presskit.reporter import SilentReporter

LOTS = 30
SOME = [pytest.param(6, id="some"), pytest.param(60, id="many", marks=pytest.mark.slow)]


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "presskit", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def kill_later(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Let a process run for a while and kill it, if it is still there."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()


def numbers_of(office: Office) -> list[int]:
    return sorted(each.reference.number for each in office.catalogue.newest(1000))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_twenty_at_once_get_twenty_numbers_and_no_hole(
    office: Office, database: str, request: pytest.FixtureRequest
) -> None:
    if database == "postgresql":
        from conftest import new_database, use_database

        use_database(office.folder, new_database(request.getfixturevalue("postgresql")))
        office = Office.open(office.folder)
        request.addfinalizer(office.close)
    for number in range(20):
        write_draft(office.folder, f"d{number}.md", title=f"Notiz {number}")
    running = [start(office.folder, "publish", f"drafts/d{number}.md") for number in range(20)]
    outputs = [each.communicate()[0].decode() for each in running]
    assert [each.returncode for each in running] == [0] * 20, outputs
    given = {re.search(r"^P (\d+)/2017", each, re.MULTILINE)[1] for each in outputs}  # type: ignore[index]
    assert given == {str(number) for number in range(309, 329)}
    assert numbers_of(office) == list(range(309, 329))
    bags = list((office.archive_folder / "P/2017").iterdir())
    assert len(bags) == 20
    for bag in bags:
        bagit.Bag(str(bag)).validate()


@pytest.mark.parametrize("times", SOME)
def test_a_publication_killed_at_any_instant_leaves_all_or_nothing(
    office: Office, times: int
) -> None:
    chance = random.Random(309)
    write_draft(office.folder)
    began = time.monotonic()
    start(office.folder, "publish", "drafts/note.md").communicate()
    lasts = time.monotonic() - began
    for _ in range(times):
        process = start(office.folder, "publish", "drafts/note.md")
        # The work itself is in the last part, after the start-up of the interpreter.
        kill_later(process, chance.uniform(0.4, 1.1) * lasts)
    catalogue = numbers_of(office)
    assert catalogue == list(range(309, 309 + len(catalogue)))
    bags = sorted((office.archive_folder / "P/2017").iterdir())
    assert len(bags) == len(catalogue)
    for bag in bags:
        bagit.Bag(str(bag)).validate()
    assert not list((office.archive_folder / ".staging").iterdir())
    assert publish_one(office) == 309 + len(catalogue)


def publish_one(office: Office) -> int:
    plan = plan_publication(office, office.folder / "drafts/note.md")
    return publish(office, plan, "Test").reference.number


@pytest.mark.parametrize("times", SOME)
def test_a_sending_killed_at_any_instant_loses_nobody_and_doubles_nobody(
    office: Office, times: int
) -> None:
    chance = random.Random(310)
    write_draft(office.folder)
    publish_one(office)
    people = [f"kim{number}@example.org" for number in range(LOTS * times)]
    (office.folder / "recipients/press.csv").write_text("email\n" + "\n".join(people) + "\n")
    command = ("send", "309", "--to", "press")
    for _ in range(times):
        process = start(office.folder, *command)
        wait_for_mail(office, process)
        kill_later(process, chance.uniform(0, 0.1))
    report = send(office, "309", ["press"], "Test", SilentReporter())
    assert {each.state for each in report.not_reached} <= {"uncertain"}
    uncertain = len(report.not_reached)
    got = Counter(
        message_from_bytes(bytes(each))["To"] for each in mailbox.Maildir(office.folder / "outbox")
    )
    assert max(got.values()) == 1
    # Each kill leaves at most one message a line in the dark.
    assert uncertain <= times * office.settings.mail.connections
    accepted = report.after.served
    assert accepted + uncertain == len(people)
    assert accepted <= len(got) <= accepted + uncertain


def wait_for_mail(office: Office, process: subprocess.Popen[bytes]) -> None:
    """Wait until a sending has laid down at least one more message, or has ended."""
    new = office.folder / "outbox/new"
    before = len(list(new.iterdir())) if new.exists() else 0
    while process.poll() is None:
        if new.exists() and len(list(new.iterdir())) > before:
            return
        time.sleep(0.005)


@pytest.mark.skipif(os.name == "nt", reason="limits of a process are a thing of Unix")
@pytest.mark.parametrize("octets", [3_000, 9_000])
def test_a_disk_that_takes_no_more_leaves_nothing_behind(office: Office, octets: int) -> None:
    write_draft(office.folder)
    _ = office.database
    program = (
        "import resource, sys; from presskit.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({octets}, {octets}));"
        "sys.argv = ['presskit', 'publish', 'drafts/note.md']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        cwd=office.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout
    assert done.stderr.startswith("presskit: ")
    assert "Traceback" not in done.stderr
    assert numbers_of(office) == []
    assert not (office.archive_folder / "P").exists()
    assert publish_one(office) == 309


@pytest.mark.root
def test_a_really_full_disk_is_named(office: Office, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs root: run as root on Linux")
    try:
        staging = office.archive_folder
        change_settings(office.folder, lambda text: text)
        subprocess.run(["mount", "--bind", str(disk), str(staging)], check=True)
        (staging / "filler").write_bytes(b"x" * 395_000)
        write_draft(office.folder)
        done = subprocess.run(
            [sys.executable, "-m", "presskit", "publish", "drafts/note.md"],
            cwd=office.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        (staging / "filler").unlink()
        assert publish_one(office) == 309
    finally:
        subprocess.run(["umount", str(office.archive_folder)], capture_output=True)
        subprocess.run(["umount", str(disk)], capture_output=True)

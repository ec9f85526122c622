"""How long a person waits for a short command: whole processes, from start to end.

``python bench/startup.py``; exit code 1 when a command loads what it must not.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROUNDS = 15
REFERENCE = "P 309/2017"
PEER = '''
import sqlite3, sys
import click

@click.command()
@click.argument("database")
@click.argument("number", type=int)
def find(database, number):
    """Look a number up."""
    rows = sqlite3.connect(database).execute(
        "SELECT n.written, strftime('%d.%m.%Y', v.date), v.title FROM versions v JOIN numbers n"
        " ON (n.series, n.cycle, n.number) = (v.series, v.cycle, v.number)"
        " WHERE v.number = ? ORDER BY v.date DESC", [number])
    sys.stdout.reconfigure(encoding="utf-8")
    for row in rows:
        click.echo("  ".join(row))

find()
'''
HEAVY = ("sqlalchemy", "alembic", "asyncio", "email", "jinja2", "rich", "yaml", "markdown_it")
FORBIDDEN = ("docx", "premailer", "lxml", "smtplib", "presskit.dispatch")


def main() -> None:
    """Measure, then look which modules the short commands load."""
    with tempfile.TemporaryDirectory() as made:
        office = Path(made) / "office"
        _run([_presskit(), "demo", str(office)], Path(made))
        peer = Path(made) / "peer.py"
        peer.write_text(PEER, encoding="utf-8")
        commands = _commands(office, peer)
        outputs = {name: _run(command, office) for name, command in commands.items()}
        assert outputs["presskit find"] == outputs["click + sqlite3, raw"], outputs
        _show_times(_times(commands, office))
        sys.exit(_show_modules(office))


def _commands(office: Path, peer: Path) -> Mapping[str, Sequence[str]]:
    database = str(office / "presskit.sqlite3")
    return {
        "python -c pass": (sys.executable, "-c", "pass"),
        'python -c "import click"': (sys.executable, "-c", "import click"),
        "click + sqlite3, raw": (sys.executable, str(peer), database, "309"),
        "presskit --version": (_presskit(), "--version"),
        "presskit --help": (_presskit(), "--help"),
        "presskit find": (_presskit(), "find", REFERENCE),
    }


def _presskit() -> str:
    found = shutil.which("presskit", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit("presskit is not installed beside this Python.")
    return found


def _run(command: Sequence[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return done.stdout


def _times(commands: Mapping[str, Sequence[str]], office: Path) -> dict[str, list[float]]:
    """Wall milliseconds of each command in each round, interleaved."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            begin = time.perf_counter()
            _run(command, office)
            times[name].append((time.perf_counter() - begin) * 1e3)
    return times


def _show_times(times: Mapping[str, Sequence[float]]) -> None:
    medians = {name: statistics.median(found) for name, found in times.items()}
    table = Table(title=f"Whole processes, median of {ROUNDS}", title_justify="left")
    table.add_column("command")
    for name in ("ms", "lowest-highest", "/ python", "/ click", "/ raw look-up"):
        table.add_column(name, justify="right")
    for name, median in medians.items():
        spread = f"{min(times[name]):.0f}-{max(times[name]):.0f}"
        ratios = [f"{median / medians[peer]:.2f}" for peer in list(medians)[:3]]
        table.add_row(name, f"{median:.0f}", spread, *ratios)
    Console(width=110).print(table)


def _show_modules(office: Path) -> int:
    """What the commands load; gives 1 where one is forbidden."""
    broken = 0
    for words in (("--version",), ("find", REFERENCE)):
        loaded = _loaded(words, office)
        heavy = [f"{name} {_own(name, loaded):.0f} ms" for name in HEAVY if name in loaded]
        forbidden = [name for name in FORBIDDEN if name in loaded]
        broken |= bool(forbidden)
        print(f"\npresskit {words[0]}: {len(loaded)} modules; heavy: {', '.join(heavy) or 'none'}")
        print(f"  must not be loaded, and is: {', '.join(forbidden) or 'none'}")
        print(f"  presskit's own modules: {_own('presskit', loaded):.0f} ms")
    return broken


def _own(package: str, loaded: Mapping[str, float]) -> float:
    """Milliseconds of a package's own modules."""
    return sum(
        each for name, each in loaded.items() if name == package or name.startswith(f"{package}.")
    )


def _loaded(words: Sequence[str], office: Path) -> dict[str, float]:
    """Own milliseconds of each module, by ``-X importtime``, which slows everything down."""
    command = (sys.executable, "-X", "importtime", "-m", "presskit", *words)
    done = subprocess.run(command, cwd=office, capture_output=True, encoding="utf-8", check=True)
    lines = re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", done.stderr, re.MULTILINE)
    return {name: int(micros) / 1e3 for micros, name in lines}


if __name__ == "__main__":
    main()

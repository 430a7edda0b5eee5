"""What can be wrong with a workbook or a delimited text before its tables are known."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class BrokenWorkbookError(SourceError):
    """The file begins like a workbook, but it is cut off or damaged."""

    code = "PG115"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh="工作簿已损坏：" + reason.zh, en="the workbook is damaged: " + reason.en),
            advice=Text(
                zh="请重新下载；如果 Excel 或 WPS 能打开，请另存一份再试",
                en="Download it once more; if Excel or WPS opens it, save a fresh copy",
            ),
            place=place,
        )


class EncryptedWorkbookError(SourceError):
    """The workbook can be opened with a password only."""

    code = "PG116"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="工作簿设有打开密码", en="the workbook is encrypted with a password"),
            advice=Text(
                zh="请用密码打开后另存一份不加密的",
                en="Open it with the password and save a copy without one",
            ),
            place=place,
        )


class WorkbookTooLargeError(SourceError):
    """Reading the workbook would take more memory or time than one file may have."""

    code = "PG117"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh="工作簿过大：" + reason.zh, en="the workbook is too large: " + reason.en),
            advice=Text(
                zh="请只保留绩效目标表，删去其余工作表，或拆成几个文件",
                en="Keep only the sheets with target tables, or split it into several files",
            ),
            place=place,
        )


class UnsafeWorkbookError(SourceError):
    """An XML part declares a document type: no office program does, attackers do."""

    code = "PG118"

    def __init__(self, place: Place, part: str) -> None:
        super().__init__(
            Text(
                zh=f"工作簿的 {part} 带有文档类型声明（DTD），可能是恶意文件",
                en=f"{part} in the workbook declares a document type (DTD), as an attack would",
            ),
            advice=Text(
                zh="请勿打开来历不明的文件；如来源可靠，请另存一份再试",
                en="Do not open files of unknown origin; if you trust it, save a fresh copy",
            ),
            place=place,
        )


class UnreadWorkbookFormatError(SourceError):
    """The workbook is in a spreadsheet format that is recognised but not read."""

    code = "PG119"

    def __init__(self, place: Place, format_name: Text) -> None:
        super().__init__(
            Text(
                zh=f"这是{format_name.zh}，本版本不能读取",
                en=f"this is {format_name.en}, which this version does not read",
            ),
            advice=Text(zh="请另存为 .xlsx", en="Save it as .xlsx"),
            place=place,
        )

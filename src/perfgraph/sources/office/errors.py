"""What can be wrong with a file that LibreOffice has to open."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.sources.office.kinds import Kind
from perfgraph.text import Text


class LibreOfficeMissingError(SourceError):
    """The format is read through LibreOffice, and that is not installed."""

    code = "PG130"

    def __init__(self, place: Place, kind: Kind) -> None:
        better = "xlsx" if kind.is_workbook else "docx"
        command = f"apt-get install {_package(kind)}"
        super().__init__(
            Text(
                zh=f"这是{kind.name.zh}，要用 LibreOffice 读取，但没有安装",
                en=f"this is {kind.name.en}, which LibreOffice opens, and it is not installed",
            ),
            advice=Text(
                zh=f"请安装（Debian、Ubuntu：{command}），或另存为 .{better}",
                en=f"Install it (Debian, Ubuntu: {command}), or save the file as .{better}",
            ),
            place=place,
        )


class LibreOfficeFailedError(SourceError):
    """LibreOffice gave no document: the file is damaged, or a part of LibreOffice is missing."""

    code = "PG131"

    def __init__(self, place: Place, kind: Kind) -> None:
        package = _package(kind)
        super().__init__(
            Text(
                zh=f"LibreOffice 打不开这个文件（{kind.name.zh.strip()}）",
                en=f"LibreOffice cannot open this file ({kind.name.en})",
            ),
            advice=Text(
                zh=f"文件可能已损坏，请重新下载；如果别的同类文件也打不开，请安装 {package}",
                en=f"It may be damaged: download it again. If others fail too, install {package}",
            ),
            place=place,
        )


class LibreOfficeLimitError(SourceError):
    """LibreOffice needed more time or space for the file than it may have."""

    code = "PG132"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"LibreOffice 转换时超出限制：{reason.zh}",
                en=f"LibreOffice went over a limit with it: {reason.en}",
            ),
            advice=Text(
                zh="请检查文件来源；如内容属实，请拆分，或另存为 .docx、.xlsx",
                en="Check where it comes from; if genuine, split it or save it as .docx or .xlsx",
            ),
            place=place,
        )


def _package(kind: Kind) -> str:
    return "libreoffice-calc" if kind.is_workbook else "libreoffice-writer"

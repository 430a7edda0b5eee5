"""What can be wrong with a source file, before any table in it is understood."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class UnreadableFileError(SourceError):
    """There is no such file, it is a folder, or it may not be opened."""

    code = "PG101"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh="文件无法打开：" + reason.zh, en="the file cannot be opened: " + reason.en),
            advice=Text(zh="请检查路径和权限", en="Check the path and the permissions"),
            place=place,
        )


class EmptyFileError(SourceError):
    """The file holds no text at all."""

    code = "PG102"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="文件是空的", en="the file is empty"),
            advice=Text(zh="请重新下载或重新导出该文件", en="Download it or export it once more"),
            place=place,
        )


class UnsupportedFormatError(SourceError):
    """The file is binary: a known format that is not read yet, or an unknown one."""

    code = "PG103"

    def __init__(self, place: Place, format_name: Text) -> None:
        super().__init__(
            Text(
                zh=f"这是{format_name.zh}，本版本还不能读取",
                en=f"this is {format_name.en}, which this version does not read",
            ),
            advice=Text(
                zh="请提供 Word（.docx）、Excel、PDF 或网页；图片须先做文字识别（OCR）",
                en="Give a Word (.docx), Excel or PDF file or a web page; an image needs OCR first",
            ),
            place=place,
        )


class UnknownEncodingError(SourceError):
    """The bytes are no text in UTF-8, UTF-16 or GB18030."""

    code = "PG104"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="无法识别文字编码（不是 UTF-8、UTF-16 或 GB18030）",
                en="the text encoding is unknown (not UTF-8, UTF-16 or GB18030)",
            ),
            advice=Text(zh="请另存为 UTF-8 编码", en="Save the file as UTF-8"),
            place=place,
        )

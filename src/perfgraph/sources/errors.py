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
                zh="请另存为 Word、Excel 或 PDF；图片须先做文字识别（OCR）；其他压缩包请先解开",
                en="Save it as Word, Excel or PDF; an image needs OCR first; unpack other archives",
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


class LargeFileError(SourceError):
    """The file has more bytes than are read."""

    code = "PG138"

    def __init__(self, place: Place, most: int) -> None:
        super().__init__(
            Text(zh=f"文件超过 {most:,} 字节", en=f"the file has over {most:,} bytes"),
            advice=Text(
                zh="请检查是否给错了文件；如内容属实，请拆分",
                en="Check that it is the right file; if it is genuine, split it",
            ),
            place=place,
        )


class ChangedFileError(SourceError):
    """The file was written to while it was read: a download or a copy is not finished."""

    code = "PG139"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="读取过程中文件被改动", en="the file changed while it was read"),
            advice=Text(
                zh="请等下载、复制或保存完成后再试",
                en="Wait until the download, the copy or the saving is done, and try again",
            ),
            place=place,
        )

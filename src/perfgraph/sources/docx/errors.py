"""What can be wrong with a Word file, before any table in it is understood."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class DamagedWordFileError(SourceError):
    """The archive or the XML in it is cut off or garbled."""

    code = "PG110"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh=f"Word 文件已损坏：{reason.zh}", en=f"the Word file is damaged: {reason.en}"),
            advice=Text(
                zh="请重新下载；如仍无法读取，请用 Word 或 WPS 打开并修复后另存",
                en="Download it once more; if that does not help, open it in Word and save it anew",
            ),
            place=place,
        )


class ProtectedWordFileError(SourceError):
    """The file is encrypted, so that a password is needed to open it."""

    code = "PG111"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="文件有密码保护，无法读取", en="the file is protected by a password"),
            advice=Text(
                zh="请用密码打开，取消加密后另存",
                en="Open it with its password and save it without one",
            ),
            place=place,
        )


class OversizedWordFileError(SourceError):
    """The file would take more memory or time than any real document does."""

    code = "PG112"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"文件超出可读取的范围：{reason.zh}",
                en=f"the file is beyond what is read: {reason.en}",
            ),
            advice=Text(
                zh="请检查文件来源；如内容属实，请拆分成几个文件",
                en="Check where it comes from; if it is genuine, split it into several files",
            ),
            place=place,
        )


class NotWordFileError(SourceError):
    """The bytes are no Word document, or hold none."""

    code = "PG113"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="文件内容不是 Word 文档（.docx）", en="this is no Word document (.docx)"),
            advice=Text(
                zh="请检查扩展名是否与内容相符，或用 Word 另存为 .docx",
                en="Check that its extension fits its content, or save it as .docx in Word",
            ),
            place=place,
        )


class ImportedChunkError(SourceError):
    """The text stands in a web page inside the file, which Word imports when it opens the file."""

    code = "PG114"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="正文以嵌入网页的形式存放，要由 Word 打开时才导入",
                en="the text is an embedded web page that only Word imports, on opening",
            ),
            advice=Text(
                zh="请用 Word 打开后另存为 .docx，或直接读取原网页",
                en="Open it in Word and save it as .docx, or read the web page itself",
            ),
            place=place,
        )

"""What can be wrong with a PDF file, each with what to do about it."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class EncryptedPdfError(SourceError):
    """The PDF opens with a password only."""

    code = "PG125"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="PDF 已加密，需要密码才能打开", en="the PDF is encrypted and needs a password"),
            advice=Text(
                zh="请用密码打开后另存为不加密的 PDF，再读取",
                en="Open it with the password, save it without one and read that file",
            ),
            place=place,
        )


class ImageOnlyPdfError(SourceError):
    """The pages are pictures: there is no text to read."""

    code = "PG126"

    def __init__(self, place: Place, pages: int) -> None:
        super().__init__(
            Text(
                zh=f"PDF 共 {pages} 页，全是图像，没有文字层（多为扫描件）",
                en=f"all {pages} pages of the PDF are images without text, as from a scanner",
            ),
            advice=Text(
                zh="请先做文字识别（OCR），例如 ocrmypdf -l chi_sim 输入.pdf 输出.pdf，再读取结果",
                en="Recognise the text first (OCR), such as with"
                " ocrmypdf -l chi_sim in.pdf out.pdf, and read the result",
            ),
            place=place,
        )


class DamagedPdfError(SourceError):
    """The bytes are not a PDF that can be read to its end."""

    code = "PG127"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh="PDF 已损坏：" + reason.zh, en="the PDF is damaged: " + reason.en),
            advice=Text(
                zh="请重新下载，或在 PDF 阅读器中打开后另存",
                en="Download it again, or open it in a PDF reader and save it anew",
            ),
            place=place,
        )


class PdfTooLargeError(SourceError):
    """The PDF goes beyond a limit that keeps reading bounded in time and memory."""

    code = "PG128"

    def __init__(self, place: Place, excess: Text) -> None:
        super().__init__(
            Text(zh="PDF 超出读取限制：" + excess.zh, en="the PDF exceeds a limit: " + excess.en),
            advice=Text(
                zh="请拆分文件，只保留绩效目标表所在的页",
                en="Split the file and keep only the pages with the target tables",
            ),
            place=place,
        )


class UnmappedTextPdfError(SourceError):
    """The fonts do not say which characters their glyphs stand for."""

    code = "PG129"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="PDF 的字体没有文字对照表（ToUnicode），文字无法还原",
                en="the fonts of the PDF do not map their glyphs to characters (no ToUnicode)",
            ),
            advice=Text(
                zh="请从原 Word 或 Excel 文件重新导出 PDF，或做文字识别（OCR）",
                en="Export the PDF again from Word or Excel, or recognise its text (OCR)",
            ),
            place=place,
        )

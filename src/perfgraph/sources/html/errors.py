"""What can be wrong with a web page or a web archive beyond what any source file may suffer."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class PageTooLargeError(SourceError):
    """The page passes a limit of size, nesting or spans."""

    code = "PG120"

    def __init__(self, place: Place, limit: str) -> None:
        super().__init__(
            Text(
                zh=f"网页超出可读取的范围（上限：{limit}）",
                en=f"the web page is beyond what is read (the limit is {limit})",
            ),
            advice=Text(
                zh="请只保存表格所在的部分，或改用原始的 Word、Excel 文件",
                en="Save only the part with the table, or use the original Word or Excel file",
            ),
            place=place,
        )


class BrokenPageError(SourceError):
    """The page cannot be parsed, or the web archive holds no page."""

    code = "PG121"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="网页或网页存档（mht）已损坏，找不到可读取的页面",
                en="the web page or web archive (mht) is damaged: no page in it can be read",
            ),
            advice=Text(
                zh="请在浏览器中重新打开网页，另存为“网页，仅 HTML”",
                en="Open the page in a browser once more and save it as HTML only",
            ),
            place=place,
        )

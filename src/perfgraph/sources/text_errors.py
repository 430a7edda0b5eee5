"""What can be wrong with a table that was taken out of its document as plain text."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text

_ORIGINAL = Text(
    zh="请改用原始的 Word、Excel、PDF 文件或网页，不要用复制出来的文字",
    en="Use the original Word, Excel or PDF file or the web page, not text copied out of it",
)


class RunTogetherError(SourceError):
    """The cells stand side by side without anything between them."""

    code = "PG122"

    def __init__(self, place: Place, example: str) -> None:
        super().__init__(
            Text(
                zh=f"单元格的文字连在一起，看不出边界（如“{example}”）",
                en=f"the cells run together without a border between them, as in '{example}'",
            ),
            advice=_ORIGINAL,
            place=place,
        )


class ProseError(SourceError):
    """The targets are told in sentences; there is no table."""

    code = "PG123"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="绩效目标写成了段落，没有表格",
                en="the targets are told in paragraphs; there is no table",
            ),
            advice=Text(
                zh="请提供绩效目标表本身；段落文字不在读取范围内",
                en="Give the target table itself; paragraphs are out of scope",
            ),
            place=place,
        )


class TooManyCellsError(SourceError):
    """A text holds more cells than any published table."""

    code = "PG124"

    def __init__(self, place: Place, limit: int) -> None:
        super().__init__(
            Text(
                zh=f"文本中的单元格超过 {limit:,} 个",
                en=f"the text holds more than {limit:,} cells",
            ),
            advice=Text(zh="请拆分文件后再读取", en="Split the file and read its parts"),
            place=place,
        )

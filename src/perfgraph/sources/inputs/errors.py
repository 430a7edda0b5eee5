"""What can be wrong with an archive or a folder, before any file in it is read."""

from __future__ import annotations

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.text import Text


class DamagedArchiveError(SourceError):
    """The ZIP archive, or an entry of it, is cut off, garbled or compressed in a rare way."""

    code = "PG133"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"ZIP 压缩包无法解开：{reason.zh}",
                en=f"the ZIP archive cannot be unpacked: {reason.en}",
            ),
            advice=Text(
                zh="请重新下载；如果能用别的软件解开，请解开后给出文件夹",
                en="Download it again; if other software unpacks it, give the folder instead",
            ),
            place=place,
        )


class ProtectedEntryError(SourceError):
    """An entry of a ZIP archive is encrypted."""

    code = "PG134"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="压缩包中的文件有密码", en="the file is encrypted in its archive"),
            advice=Text(
                zh="请用密码解开压缩包，再给出文件夹",
                en="Unpack the archive with its password and give the folder",
            ),
            place=place,
        )


class ArchiveLimitError(SourceError):
    """The archive unfolds to more than any real one does: a ZIP bomb, or far too many files."""

    code = "PG135"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"压缩包超出可读取的范围：{reason.zh}",
                en=f"the archive is beyond what is read: {reason.en}",
            ),
            advice=Text(
                zh="请检查来源；如内容属实，请解开后给出文件夹",
                en="Check where it comes from; if it is genuine, unpack it and give the folder",
            ),
            place=place,
        )


class ArchiveAsFileError(SourceError):
    """An archive was given where one document is read."""

    code = "PG136"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="这是装有文件的 ZIP 压缩包，此处只读一个文件",
                en="this is a ZIP archive of files, and one document is read here",
            ),
            advice=Text(
                zh="请解开后给出其中的文件，或用 perfgraph convert、load、validate 处理整个压缩包",
                en="Give a file of it, or all of it to perfgraph convert, load or validate",
            ),
            place=place,
        )


class NothingToReadError(SourceError):
    """A folder or an archive holds no file that could be a source."""

    code = "PG137"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="其中没有可读取的文件", en="there is no file in it that could be read"),
            advice=Text(
                zh="请给出含有 Word、Excel、PDF、网页或文本文件的文件夹或压缩包",
                en="Give a folder or an archive with Word, Excel, PDF, HTML or text files",
            ),
            place=place,
        )

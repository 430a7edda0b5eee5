"""Why the work on an item was ended."""

from __future__ import annotations

from perfgraph.errors import PerfgraphError
from perfgraph.model import Place
from perfgraph.text import Text

_SIMPLER = Text(
    zh="文件可能已损坏：请重新下载，或用 Office 另存；内容很多时请拆分",
    en="It may be damaged: download it again or save it anew; if it is very long, split it",
)


class WorkerError(PerfgraphError):
    """The work on a file was ended; base of the reasons."""

    code = "PG701"


class TooSlowError(WorkerError):
    """The file was not done within the time limit."""

    code = "PG702"

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(
            Text(
                zh=f"{seconds:g} 秒内没有处理完", en=f"it was not done within {seconds:g} seconds"
            ),
            advice=_SIMPLER,
            place=place,
        )


class OutOfMemoryError(WorkerError):
    """The file needs more memory than one may have."""

    code = "PG703"

    def __init__(self, place: Place, memory_bytes: int) -> None:
        megabytes = memory_bytes // 2**20
        super().__init__(
            Text(
                zh=f"处理它需要超过 {megabytes} MB 内存",
                en=f"it needs over {megabytes} MB of memory",
            ),
            advice=_SIMPLER,
            place=place,
        )


class CrashError(WorkerError):
    """The process ended by itself: a fault in a library, or the system ended it."""

    code = "PG704"

    def __init__(self, place: Place, exit_code: int | None) -> None:
        super().__init__(
            Text(
                zh=f"处理它的进程意外结束（{exit_code}）",
                en=f"the process that worked on it ended unexpectedly ({exit_code})",
            ),
            advice=_SIMPLER,
            place=place,
        )


class MistakeError(WorkerError):
    """perfgraph itself made a mistake on the file."""

    code = "PG705"

    def __init__(self, place: Place, what: str) -> None:
        super().__init__(
            Text(zh=f"perfgraph 在这个文件上出错：{what}", en=f"perfgraph failed on it: {what}"),
            advice=Text(
                zh="这是程序的错误：请连同文件报告",
                en="This is a fault of the program: please report it with the file",
            ),
            place=place,
        )

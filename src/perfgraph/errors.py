"""Everything that can go wrong, as one tree of exceptions with codes.

    PerfgraphError            PG000
      SourceError             PG1xx  a file cannot be read
      RecordError             PG2xx  a table cannot be understood
      StoreError              PG3xx  a store cannot be opened, read or written
      QueryError              PG4xx  a question cannot be asked or answered
      ShapesError             PG5xx  shapes cannot be used
      SettingsError           PG6xx  an option is wrong

Each says what is wrong and what to do, in zh and en, and where. Catch only at the edge.
"""

from __future__ import annotations

from typing import ClassVar

from perfgraph.model import Place
from perfgraph.text import Language, Text


class PerfgraphError(Exception):
    """Base of all errors that a user may see."""

    code: ClassVar[str] = "PG000"

    def __init__(self, message: Text, *, advice: Text | None = None, place: Place | None = None):
        super().__init__(message.en)
        self.message = message
        self.advice = advice
        self.place = place

    def render(self, language: Language) -> str:
        """Return one line: place, what is wrong, what to do, code."""
        line = self.message.pick(language)
        if self.place is not None:
            line = f"{self.place}: {line}"
        if self.advice is not None:
            line += ("。" if language == "zh" else ". ") + self.advice.pick(language)
        return f"{line} [{self.code}]"

    def __str__(self) -> str:
        return self.render("en")

    def __reduce__(self) -> tuple[object, ...]:
        """Let errors pass from one process to another: not by calling ``__init__`` again."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[PerfgraphError], arguments: tuple[object, ...], content: dict[str, object]
) -> PerfgraphError:
    error = kind.__new__(kind)
    error.args = arguments
    error.__dict__.update(content)
    return error


class SourceError(PerfgraphError):
    """A source file cannot be read."""

    code = "PG100"


class RecordError(PerfgraphError):
    """A table cannot be understood."""

    code = "PG200"


class StoreError(PerfgraphError):
    """A store cannot be opened, read or written."""

    code = "PG300"


class QueryError(PerfgraphError):
    """A question cannot be asked or answered."""

    code = "PG400"


class ShapesError(PerfgraphError):
    """Shapes cannot be used."""

    code = "PG500"


class SettingsError(PerfgraphError):
    """An option or a setting is wrong."""

    code = "PG600"

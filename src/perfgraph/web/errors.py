"""What a query or a request may be refused for: codes PG43x, and PG44x for the server."""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.errors import PerfgraphError, QueryError, SettingsError
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a query text: line and column from 1, and the line itself."""

    line: int
    column: int
    text: str

    @property
    def excerpt(self) -> str:
        """The line with a caret under the column; wide characters are given wide blanks.

        >>> print(Spot(1, 8, "SELECT * WHRE").excerpt)
        SELECT * WHRE
               ^
        """
        start = max(0, self.column - 60)
        shown = self.text[start : start + 100]
        before = shown[: self.column - 1 - start]
        gap = "".join("\u3000" if ord(c) > 0x2E7F else "\t" if c == "\t" else " " for c in before)
        return f"{shown}\n{gap}^"


class RefusedError(QueryError):
    """A query is not asked; ``status`` is the HTTP status that says so."""

    code = "PG430"
    status = 400

    def __init__(self, message: Text, *, advice: Text | None = None, spot: Spot | None = None):
        super().__init__(message, advice=advice)
        self.spot = spot


class QuerySyntaxError(RefusedError):
    """The text is no SPARQL query."""

    code = "PG431"


class ForbiddenError(RefusedError):
    """The query asks for something that this server does not do: SERVICE, LOAD, update."""

    code = "PG432"
    status = 403


class TooComplexError(RefusedError):
    """The query is over a limit on length, nesting, operators or patterns."""

    code = "PG433"


class DeadlineError(QueryError):
    """The query was stopped at the deadline."""

    code = "PG434"


class BusyError(QueryError):
    """No process became free in time."""

    code = "PG435"


class CrashedError(QueryError):
    """The process of the query ended: memory limit, or a fault of the engine."""

    code = "PG436"


class TooLargeError(QueryError):
    """The answer is larger than the server hands out."""

    code = "PG437"


class EvaluationError(QueryError):
    """The engine could not evaluate a well-formed query."""

    code = "PG438"


class UnavailableError(PerfgraphError):
    """The store cannot be read at the moment."""

    code = "PG439"


class UnknownGraphError(RefusedError):
    """FROM names a graph that the store does not have."""

    code = "PG441"


class WritesOffError(ForbiddenError):
    """No token is configured, so nothing can be written."""

    code = "PG442"


class UnauthorizedError(RefusedError):
    """The request needs a token and has none, or one that is not known."""

    code = "PG443"
    status = 401


class ScopeError(ForbiddenError):
    """The token does not allow this."""

    code = "PG444"


class TokensFileError(SettingsError):
    """The file of tokens cannot be used."""

    code = "PG445"


class BudgetError(QueryError):
    """The client has used up its query time; ``seconds`` from now it has some again."""

    code = "PG480"

    def __init__(self, message: Text, *, advice: Text, seconds: float) -> None:
        super().__init__(message, advice=advice)
        self.seconds = seconds


class ClientGoneError(QueryError):
    """The client closed its connection, so its query was stopped."""

    code = "PG481"


class AddressError(SettingsError):
    """The server cannot listen where it was told to."""

    code = "PG641"

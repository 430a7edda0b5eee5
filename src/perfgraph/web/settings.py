"""What a server is told: where the store is, and how much one query may cost. Nothing is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from perfgraph.text import Language

Engine = Literal["auto", "memory", "disk"]

SECRETS = ("PERFGRAPH_TOKEN",)
"""Variables of the environment that no process for queries or writes inherits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may cost; each limit is far below what harms the server.

    Measured on pyoxigraph 0.5.13: 3,000 nested braces or 10,000 chained operators end the process,
    a star of 200 triple patterns is planned for a minute. The deadline stops what passes.
    """

    characters: int = 100_000
    """Longest query text."""
    depth: int = 100
    """Deepest nesting of brackets."""
    operators: int = 1_000
    """Most operators, UNION included: a chain of them is nested in the engine."""
    patterns: int = 200
    """Most triple patterns."""
    seconds: float = 20.0
    """Deadline of a query; its process is killed then."""
    slow_seconds: float = 0.2
    """A query that takes longer goes on in the slow lane, at a low priority."""
    queue_seconds: float = 5.0
    """Longest wait for a free process."""
    client_seconds: float = 300.0
    """Query time that one client may use up in ``client_window`` seconds; 0 sets no budget."""
    client_window: float = 300.0
    """Seconds in which a client's budget fills up again."""
    rows: int = 1_000_000
    """Most rows of an answer; a longer one is cut and says so."""
    result_bytes: int = 256 * 1024 * 1024
    """Largest answer; a larger one is cut and says so, or refused if its format has no rows."""
    cache_bytes: int = 64 * 1024 * 1024
    """Answers that one server process keeps for the next who asks the same; 0 keeps none."""
    memory_bytes: int = 4 * 1024**3
    """Address space that a query may take, where the system can limit it."""
    rows_on_page: int = 500
    """Rows that a page shows; it says when there are more."""
    upload_bytes: int = 64 * 1024 * 1024
    """Largest graph that is sent to be written."""
    write_seconds: float = 120.0
    """Deadline of a write; nothing is changed when it passes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Configuration of a server."""

    store: str
    """A directory, or a ``sparql+http`` URL."""
    language: Language = "zh"
    """Language of a page when the reader's browser asks for neither zh nor en."""
    limits: Limits = field(default_factory=Limits)
    engine: Engine = "auto"
    """Where queries find the data: in memory, on disk, or in memory where it fits there."""
    query_processes: int = 2
    """Queries that one server process runs at the same time."""
    waiting_queries: int = 16
    """Queries of one server process that may wait for a free process."""
    slow_queries: int = 8
    """Slow queries that one server process runs beside them; 0 lets them keep their places."""
    server_processes: int = 2
    token: str | None = field(default=None, repr=False)
    """The token of a single-user server, which allows everything."""
    tokens: str | None = None
    """File of tokens, kept as hashes; see ``access``."""
    private: bool = False
    """Whether reading needs a token too."""
    proxies: int = 0
    """Reverse proxies in front whose X-Forwarded headers are believed."""
    prefix: str = ""
    """Path under which the service is seen, such as ``/budget``."""
    access_log: str = ""
    """File for a line of JSON on every request; ``-`` is standard error, empty none."""
    services: tuple[str, ...] = ()
    """Endpoints that SERVICE may ask; none unless they are listed."""

    @property
    def threads(self) -> int:
        """Requests that one server process takes at once.

        Pages and health checks have room beside the queries that run or wait.
        """
        return self.query_processes + self.waiting_queries + self.slow_queries + 8

"""What a server is told: where the store is, and how much one query may cost. Nothing is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgraph.text import Language

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
    queue_seconds: float = 5.0
    """Longest wait for a free process."""
    result_bytes: int = 256 * 1024 * 1024
    """Largest answer; a larger one is refused, never cut."""
    memory_bytes: int = 4 * 1024**3
    """Address space of a query process, where the system can limit it."""
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
    query_processes: int = 2
    """Queries that one server process runs at the same time."""
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
    services: tuple[str, ...] = ()
    """Endpoints that SERVICE may ask; none unless they are listed."""

    @property
    def threads(self) -> int:
        """Requests that one server process takes at once.

        Twice as many queries may wait as run; pages and health checks have room beside them.
        """
        return 3 * self.query_processes + 4

"""One source file → its RDF as bytes: what a process does for ``perfgraph convert``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from perfgraph.cli.sources import Given, Unused
from perfgraph.serialisation import Format
from perfgraph.sources import SourceFile
from perfgraph.version import __version__


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of one file."""

    sha256: str
    """Of the source."""
    content: bytes
    unused: Unused | None


@dataclass(frozen=True, slots=True)
class Converting:
    """The work, with the options that what comes out depends on."""

    given: Given
    form: Format
    with_provenance: bool

    def __call__(self, source: SourceFile) -> Converted:
        """Return the RDF of ``source``.

        Raises:
            PerfgraphError: the file cannot be read or understood.
        """
        conversion = self.given.convert(source)
        content = conversion.write(self.form, with_provenance=self.with_provenance)
        return Converted(source.sha256, content, Unused.of(conversion.document))

    def digest(self) -> str:
        """Return what changes when the same file may give another output."""
        options = asdict(self)
        for name in ("labels", "keys"):
            file: Path | None = getattr(self.given, name)
            options["given"][name] = None if file is None else _digest(file)
        del options["given"]["limits"]  # they decide whether a file is read, not what is read
        options["version"] = __version__
        return hashlib.sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()


def _digest(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None  # told when it is used

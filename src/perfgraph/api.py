"""The public Python functions: convert, validate, connect. Everything else may change."""

from __future__ import annotations

from pathlib import Path

from perfgraph.conversion import Conversion, convert
from perfgraph.errors import PerfgraphError
from perfgraph.validation import FileReport, Report, data_graph, validate_by_scheme, with_codes

__all__ = ["Conversion", "Report", "convert", "report_on", "validate"]


def validate(subject: str | Path | Conversion, *, profile: str | Path | None = None) -> Report:
    """Return what the rules find in one document.

    Args:
        subject: a source file, or a conversion of one.
        profile: a named profile or a file of shapes; by default that of the indicator scheme.

    Raises:
        SourceError: the file cannot be read.
        RecordError: its tables cannot be understood.
        ShapesError: the profile does not exist or cannot be used.
    """
    conversion = subject if isinstance(subject, Conversion) else convert(subject)
    return Report((report_on(conversion, profile=profile),))


def report_on(
    conversion: Conversion, *, name: str | None = None, profile: str | Path | None = None
) -> FileReport:
    """Return the report on one conversion; ``name`` is the file as the user named it."""
    graph = with_codes(data_graph(conversion.quads()))
    used, findings = validate_by_scheme(graph, profile)
    document = conversion.document
    return FileReport(name or document.file, document.sha256, used, findings)


def failed(name: str, error: PerfgraphError) -> FileReport:
    """Return the report on a file that could not be read."""
    return FileReport(name, error=error)

"""Files, folders and ZIP archives as a user names them → the files in them, one after the other.

What is no candidate (pictures, programs, hidden files) is listed with the reason; nothing is
unpacked to a place that an archive could choose, and what a file holds is not looked at.
"""

from perfgraph.sources.inputs.gathering import Gathered, Input, Skipped, gathered
from perfgraph.sources.inputs.limits import DEFAULT_LIMITS, Limits
from perfgraph.sources.inputs.reader import Reader

__all__ = [
    "DEFAULT_LIMITS",
    "Gathered",
    "Input",
    "Limits",
    "Reader",
    "Skipped",
    "gathered",
]

"""What reading made of a document, shown to people: the role of every cell, and how sure it is.

It runs when it is asked for; reading does not need it. The modules ``inspection_text``,
``inspection_html`` and ``inspection_json`` write an inspection.
"""

from __future__ import annotations

from perfgraph.inspection.confidence import of as confidence_of
from perfgraph.inspection.inspection import Inspection, inspect
from perfgraph.inspection.reading import Reading
from perfgraph.inspection.reading import of as reading_of

__all__ = ["Inspection", "Reading", "confidence_of", "inspect", "reading_of"]

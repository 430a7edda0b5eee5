"""Report → CSV with a byte order mark, so that Excel reads the Chinese: a row for each finding.

Printed text stands there as it is printed, also where it begins with ``=``: a spreadsheet program
may take it for a formula. The workbook form has no such cells.
"""

from __future__ import annotations

import csv
import io

from perfgraph.reports.rows import COLUMNS, lines
from perfgraph.text import Language
from perfgraph.validation.report import Report


def to_csv(report: Report, language: Language) -> bytes:
    """Return ``report`` as UTF-8, messages in ``language``; the columns have fixed names."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows(line.values for line in lines(report, language))
    return buffer.getvalue().encode("utf-8-sig")

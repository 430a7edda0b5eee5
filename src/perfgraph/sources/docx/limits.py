"""How much of a Word file is read, and why no more.

Real files are far below; the limits keep one worker under 300 MB whatever the input.
"""

from __future__ import annotations

MAX_ENTRIES = 20_000
"""Files in the archive: a document full of scans has a few thousand pictures."""

MAX_DOCUMENT_BYTES = 100_000_000
"""Unpacked main part: about 1,500 target tables as Word writes them."""

MAX_PART_BYTES = 8_000_000
"""Unpacked styles, lists and relations: those of Word's own templates take up to 1 MB."""

MAX_BLOCK_WEIGHT = 1_200_000
"""Tags and, twice, attributes of one paragraph or table of the body; one weighs about 120 bytes in
memory. A cell as Word writes it weighs about 80, so that a table may have some 15,000 cells."""

MAX_WEIGHT = 12_000_000
"""The same for the whole main part: this bounds the time, to less than a minute."""

MAX_PARAGRAPHS = 500_000
"""Paragraphs, empty ones too: three for every cell."""

MAX_CELLS = 150_000
"""Cells of all tables: about 2,500 target tables."""

MAX_COLUMNS = 1_000
"""Grid columns of a row. Word allows 63; other programs write finer grids."""

MAX_NESTING = 20
"""Tables and text boxes inside each other; a page has no room for so many frames."""

MAX_TEXT_ABOVE = 40
"""Paragraphs that are kept while a table may follow: a heading is a few lines."""

"""Who filed a document, in which region and for which year, and how each was found.

What is not printed is found by name, or given by an option; the evidence says which. Nothing is
looked up outside the package.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from perfgraph.model import BudgetUnit, Region, Value
from perfgraph.records.errors import BadOptionError
from perfgraph.text import Text

UNKNOWN_REGION = "000000"
_REGIONS = Path(__file__).with_name("regions.csv")
_UNIT = re.compile(
    r"^[\[【(（]?(\d{3,9})[\]】)）]?(?:\s*[-—]\s*|\s+)?((?:(?<=\s)\d|[^\d\s—-]).*)$", re.DOTALL
)
_CODE_BEHIND = re.compile(r"^(.*[^\d\s])\s*[\[【(（](?!20\d\d\D)(\d{3,9})[\]】)）]$", re.DOTALL)
"""某局（212001）; a year in brackets is no code."""
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_DEPARTMENT_DIGITS = 3
_LONGEST_NAME = 15


@lru_cache(maxsize=4096)
def name_key(name: str, digits: int) -> str:
    """Return the first ``digits`` hex digits of SHA-256 over the name without white space.

    NFKC makes （ ） and ( ) equal, so a retyped name keeps its key.

    >>> name_key("院士特别津贴和授衔专家津贴", 10)
    '8a0c05c7b0'
    """
    squeezed = "".join(unicodedata.normalize("NFKC", name).split())
    return hashlib.sha256(squeezed.encode()).hexdigest()[:digits]


def budget_unit(printed: str, region: Region) -> BudgetUnit:
    """Return the unit printed as ``printed``, such as 353215天津市引进人才综合服务中心."""
    code, name = _parts(printed)
    if code is None:
        return BudgetUnit("n" + name_key(name, 10), name, region, "minted from the name", False)
    key = "d" + code if len(code) == _DEPARTMENT_DIGITS else code
    return BudgetUnit(key, name, region, "printed", True)


def unit_name(printed: str) -> str:
    """Return the name in a printed unit cell, without its code.

    >>> unit_name("[812]某局"), unit_name("某中心"), unit_name("某局（212001）")
    ('某局', '某中心', '某局')
    """
    return _parts(printed)[1]


def _parts(printed: str) -> tuple[str | None, str]:
    """Return the code printed before or behind a name, and the name."""
    text = printed.strip()
    if match := _UNIT.match(text):
        return match[1], match[2].strip()
    if match := _CODE_BEHIND.match(text):
        return match[2], match[1].strip()
    return None, text


def given_unit(code: str, name: str | None, region: Region) -> BudgetUnit:
    """Return the unit of the option ``--unit``.

    Raises:
        BadOptionError: ``code`` is not 3 to 18 digits or capital letters.
    """
    if not re.fullmatch(r"[0-9A-Z]{3,18}", code):
        raise BadOptionError(
            "--unit", code, Text(zh="单位编码，如 353215", en="a code like 353215")
        )
    key = "d" + code if len(code) == _DEPARTMENT_DIGITS else code
    return BudgetUnit(key, name, region, "option", True)


def given_region(code: str) -> Region:
    """Return the region of the option ``--region``.

    Raises:
        BadOptionError: ``code`` is not six digits.
    """
    if not re.fullmatch(r"\d{6}", code):
        expected = Text(zh="六位行政区划代码，如 120000", en="a GB/T 2260 code like 120000")
        raise BadOptionError("--region", code, expected)
    return Region(code, _names().get(code), "option")


def find_region(unit: str, document: str) -> Region:
    """Return the region whose name begins the unit's name, else the document's.

    A committee of the Party has the region after 中共.

    >>> find_region("天津市引进人才综合服务中心", "").code
    '120000'
    >>> find_region("武汉市青山区教育局", "").code  # 青山区 alone would be ambiguous
    '420107'
    >>> find_region("中共宁德市委党史和地方志研究室", "").code
    '350900'
    """
    for text, evidence in ((unit, "unit name"), (document, "document name")):
        if code := _region_code("".join(text.split()).removeprefix("中共")):
            return Region(code, _names()[code], evidence)
    return Region(UNKNOWN_REGION, None, "none")


def find_year(titles: Iterable[str], file: str, values: Iterable[Value]) -> tuple[int | None, str]:
    """Return the fiscal year and its evidence: title, file name, values or none.

    >>> find_year(["2025年部门预算"], "a.txt", []), find_year([], "x-2024-targets.txt", [])
    ((2025, 'title'), (2024, 'file name'))
    """
    dates = (d for value in values for d in (value.start, value.end) if d is not None)
    candidates = (
        ("title", {int(year) for title in titles for year in _YEAR.findall(title)}),
        # A file in an archive is named with its folders: 2024-2025.zip/2025年/目标表.docx.
        *(("file name", set(map(int, _YEAR.findall(part)))) for part in file.split("/")[::-1]),
        ("values", {date.year for date in dates}),
    )
    for evidence, years in candidates:
        if len(years) == 1:
            return years.pop(), evidence
    return None, "none"


@lru_cache(maxsize=1024)
def _region_code(text: str) -> str | None:
    """Return the code of the longest region name that begins ``text``, if it is the only one.

    Remembered, because the tables of a unit repeat its name.
    """
    matches = sorted(_matches(text, ""), key=lambda match: (-match[0], match[1]))
    if not matches:
        return None
    longest, code = matches[0]
    # 嘉峪关市 is the name of a city and of all that is in it: the city is meant.
    is_meant = all(other.startswith(code.rstrip("0")) for n, other in matches[1:] if n == longest)
    return code if is_meant else None


def _matches(text: str, within: str) -> Iterator[tuple[int, str]]:
    """Yield (length, code) of the chains of region names that begin ``text``."""
    for length in range(2, min(_LONGEST_NAME, len(text)) + 1):
        for code in _codes().get(text[:length], ()):
            if code.startswith(within) and code != within.ljust(6, "0"):
                yield length, code
                narrower = code[:2] if code.endswith("0000") else code[:4]
                if not within or narrower != within:
                    yield from (
                        (length + more, inner) for more, inner in _matches(text[length:], narrower)
                    )


@cache
def _names() -> dict[str, str]:
    with _REGIONS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code, name in _names().items():
        codes[name] = (*codes.get(name, ()), code)
    return codes

"""A seed → budget units, one after another: who they are and where. No unit comes twice."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

UNITS_PER_REGION = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """One budget unit: GB/T 2260 region, six-digit code, name, and what kind of office it is."""

    region: str
    code: str
    name: str
    office: str


def units(offices: tuple[str, ...], seed: int) -> Iterator[Unit]:
    """Yield units, some in each region, until the regions are used up.

    The code is the number of the office's department and of the unit in it, as finance systems
    write it; the name begins with the full name of the region, which is how readers find it.
    """
    names = _region_names()
    regions = sorted(names)
    random.Random(f"{seed}/regions").shuffle(regions)
    departments = {office: 101 + 11 * number for number, office in enumerate(offices)}
    for region in regions:
        dice = random.Random(f"{seed}/units/{region}")
        for office in sorted(dice.sample(offices, UNITS_PER_REGION)):
            code = f"{departments[office]}{dice.randint(1, 60):03}"
            yield Unit(region, code, names[region] + office, office)


def _region_names() -> dict[str, str]:
    """Return code → name from the province down, without names that two regions share."""
    with (files("perfgraph.records") / "regions.csv").open(encoding="utf-8") as file:
        printed = {row["code"]: row["name"] for row in csv.DictReader(file)}
    full = {
        code: "".join(
            printed.get(above, "")
            for above in dict.fromkeys((code[:2] + "0000", code[:4] + "00", code))
        )
        for code in printed
    }
    count = Counter(full.values())
    return {code: name for code, name in full.items() if count[name] == 1}

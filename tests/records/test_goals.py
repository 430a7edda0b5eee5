from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.model import Cell, Place
from perfgraph.records.goals import goals


def read(text: str) -> list[str]:
    return [goal.text for goal in goals(Cell(text, Place("a.txt", 1, 1, 1)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.甲。", ["甲。"]),
        ("1.甲。\n2.乙。", ["甲。", "乙。"]),
        ("1、甲；2、乙；3、丙", ["甲；", "乙；", "丙"]),
        ("（1）甲。（2）乙。", ["甲。", "乙。"]),
        ("甲。", ["甲。"]),
        ("目标：1.甲。2.乙。", ["目标：1.甲。2.乙。"]),  # what stands before 1 belongs to no goal
        ("1.甲。3.丙。", ["甲。3.丙。"]),  # numbers that do not run on are no list
        ("完成1.5万元支出。", ["完成1.5万元支出。"]),
        ("1.甲1.2万元。2.乙。", ["甲1.2万元。", "乙。"]),
        ("   ", []),
    ],
)
def test_goals_are_parted_where_the_list_numbers_run(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(st.lists(st.text("甲乙丙丁，、0123456789万元", min_size=1), min_size=1, max_size=12))
def test_no_text_of_a_goal_cell_is_lost(parts: list[str]) -> None:
    text = "\n".join(f"{number}.项{part}。" for number, part in enumerate(parts, 1))
    found = goals(Cell(text, Place("a.txt", 1, 1, 1)))
    assert "\n".join(goal.raw for goal in found) == text
    assert [goal.order for goal in found] == list(range(1, len(found) + 1))

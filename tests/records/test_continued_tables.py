"""A table that a page break cuts goes on in the next one; another table stays another one."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Document, Evidence, Place
from perfgraph.records import Given, load, read
from perfgraph.records.errors import MissingColumnError, NoTargetTableError
from tests.records.tables import tables

BLOCK = """
# 353215天津市某中心
# 单位：万元
项目名称 >2 | 甲项目 >3
预算数 >2 | 10 >3
绩效目标 >2 | 目标 >3
"""
HEADER = "绩效指标 ^4 | 一级指标 | 二级指标 | 三级指标 | 指标值"
PLAIN_HEADER = "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值"
FIRST = f"""{BLOCK.strip()}
{HEADER}
产出指标 ^3 | 数量指标 ^2 | 甲 | 1个
乙 | 2个
质量指标 | 丙 | 100%
"""
REST = """
| 产出指标 | 时效指标 | 丁 | 2025年12月底前
| 效益指标 | 社会效益指标 | 戊 | 提升
| 满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""
EVERY = ["甲", "乙", "丙", "丁", "戊", "己"]
UNRELATED = """
序号 | 姓名 | 职务 | 电话 | 备注
1 | 张 | 主任 | 8888 | 无
"""


def read_drawn(*drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables("\n---\n".join(drawn)), Given(), load())


def names(document: Document) -> list[str | None]:
    (project,) = document.projects
    return [one.name for one in project.indicators]


@pytest.mark.parametrize(
    "rest",
    [
        REST,
        f"# 续表\n{REST.strip()}",
        f"# 353215天津市某中心\n# 单位：万元\n{REST.strip()}",
        f"# - 2 -\n{REST.strip()}",
        f"{PLAIN_HEADER}\n{REST.strip()}",
        f"# 续表\n{PLAIN_HEADER}\n{REST.strip()}",
        f"续表 >5\n{PLAIN_HEADER}\n{REST.strip()}",
    ],
    ids=["bare", "said", "same-heading", "page-number", "header", "said-header", "said-in-a-row"],
)
def test_the_rest_of_a_table_is_read_with_it(rest: str) -> None:
    document = read_drawn(FIRST, rest)
    assert names(document) == EVERY
    places = [one.name_cell.place.fragment for one in document.projects[0].indicators]
    rows = document.tables[1].rows
    first = next(row for row in rows if [c.text for c in row.cells[1:2]] == ["产出指标"])
    assert places[:3] == ["t1.r5.c4", "t1.r6.c4", "t1.r7.c4"]
    assert places[3] == f"t2.r{first.index}.c4"
    assert document.unused == ()


def test_what_is_merged_above_the_break_goes_on_below_it() -> None:
    rest = "| | | 丙二 | 90%\n| | 时效指标 | 丁 | 2025年12月底前"
    project = read_drawn(FIRST, rest).projects[0]
    levels = [(one.level1_text, one.level2_text) for one in project.indicators[3:]]
    assert levels == [("产出指标", "质量指标"), ("产出指标", "时效指标")]
    assert project.indicators[3].level_evidence is Evidence.FILLED_DOWN


def test_a_header_block_and_its_indicators_may_be_two_tables() -> None:
    indicators = f"{PLAIN_HEADER}\n{REST.strip()}"
    assert names(read_drawn(BLOCK, indicators)) == ["丁", "戊", "己"]


def test_a_continuation_with_columns_of_its_own_is_read_by_their_order() -> None:
    wide = FIRST.replace("三级指标 | 指标值", "三级指标 >2 | 指标值 >2")
    wide = wide.replace("甲 | 1个", "甲 >2 | 1个 >2").replace("乙 | 2个", "乙 >2 | 2个 >2")
    wide = wide.replace("丙 | 100%", "丙 >2 | 100% >2").replace(" >3", " >5")
    document = read_drawn(wide, REST)
    assert names(document) == EVERY
    assert document.projects[0].indicators[5].targets[0].text == "≥90%"


def test_a_table_may_go_on_more_than_once() -> None:
    one, two, three = REST.strip().split("\n")
    assert names(read_drawn(FIRST, one, f"# 续表\n{two}", three)) == EVERY


def test_the_next_form_may_begin_below_the_rest() -> None:
    other = f"{REST.strip()}\n{BLOCK.strip()}\n{PLAIN_HEADER}\n{REST.strip()}"
    other = "\n".join(line for line in other.split("\n") if not line.startswith("#"))
    first, second = read_drawn(FIRST, other.replace("甲项目", "乙项目")).projects
    assert [one.name for one in first.indicators] == EVERY
    assert (first.table.index, [one.index for one in first.further_tables]) == (1, [2])
    assert [one.name for one in second.indicators] == ["丁", "戊", "己"]
    assert (second.name, second.table.index, second.further_tables) == ("乙项目", 2, ())


@pytest.mark.parametrize(
    "other",
    [
        UNRELATED,
        f"# 附件2 人员名单\n{UNRELATED.strip()}",
        f"# 部门整体支出绩效目标表\n{REST.strip()}",
        f"# 2.乙项目绩效目标表\n{REST.strip()}",
        "一级指标 | 指标值 | 三级指标\n产出指标 | 1个 | 甲",
    ],
    ids=["unrelated", "other-heading", "department", "other-project", "other-columns"],
)
def test_another_table_stays_another_one(other: str) -> None:
    document = read_drawn(FIRST, other)
    assert names(document) == ["甲", "乙", "丙"]
    printed = [cell for row in document.tables[1].rows for cell in row if not cell.is_blank]
    assert list(document.unused) == printed
    assert "R02" in {finding.rule for finding in document.findings}


def test_a_form_without_indicators_is_still_refused_with_its_place() -> None:
    with pytest.raises(MissingColumnError, match="三级指标"):
        read_drawn(BLOCK, UNRELATED)
    with pytest.raises(NoTargetTableError):
        read_drawn(REST)


def test_both_tables_are_in_the_provenance() -> None:
    document = read_drawn(FIRST, REST)
    store = Store()
    store.extend(triples.quads(document, Minter(), "0.0.0"))
    rows = store.query(
        """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
           PREFIX prov: <http://www.w3.org/ns/prov#>
           SELECT ?table ?row WHERE {
             ?project pg:describedBy ?node ; pg:indicator ?i . ?node pg:tableIndex ?table .
             ?i pg:indicatorName ?name ; prov:wasDerivedFrom ?cell .
             ?i pg:target ?t . ?t prov:wasDerivedFrom ?place . ?place pg:rowIndex ?row
             FILTER(STRSTARTS(STR(?place), STR(?node)) && ?name IN ("甲", "己"))
           } ORDER BY ?table""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, QuerySolutions)
    assert [(row["table"].value, row["row"].value) for row in rows] == [("1", "5"), ("2", "3")]

"""What holds for every value, whatever is printed."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfgraph.model import Context, Dimension, Evidence, Kind, Value
from perfgraph.values import amount, parse, print_value

with (Path(__file__).parent / "corpus.tsv").open(encoding="utf-8", newline="") as file:
    CORPUS = [row["raw"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]

_PIECES = """
≥ ≤ > < = >= ≧ ═ 不低于 不超过 超过 达到 控制在 约 每 每年 每月 每人 平均 以上 以内 以下 内
左右 且 至 - ~ , ; 、 ( ) . : / · * % ‰ 百分之 分之 个百分点 元 万元 万 亿 亿元 人 人次 次 个
份 公里 平方米 ㎡ 亩 件(套) 标准箱 天 工作日 小时 个月 月 年 日 季度 上半年 底 前 之前 完成
全年 2025年 12月 31日 2025.12 第四季度 优 良 中 差 是 否 提高 下降 较上年 同比 一百 三 半 两
成 余 多 无 ** XX 1 2 5 9 10 90 95 100 290 2280 37 0.5 1,000 5000 202512 率 数 面积 培训 按时
① ² 》 工 2020 2021.1 02 250 某月
"""
FRAGMENTS = st.sampled_from(_PIECES.split())
CELLS = st.one_of(
    st.sampled_from(CORPUS), st.lists(FRAGMENTS, max_size=7).map("".join), st.text(max_size=20)
)
CONTEXTS = st.builds(
    Context,
    year=st.one_of(st.none(), st.integers(2000, 2040)),
    dimension=st.one_of(st.none(), st.sampled_from(Dimension)),
    name=st.one_of(st.just(""), st.sampled_from(["保护面积(万亩)", "合格率", "维修费"]), st.text()),
    unit=st.one_of(st.just(""), st.sampled_from(["%", "万元", "元/人·月", "无"]), st.text()),
    comparator=st.one_of(st.just(""), st.sampled_from(["≥", "小于等于", "定性"]), st.text()),
    money_unit=st.one_of(st.just(""), st.sampled_from(["万元", "元"]), st.text()),
)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def meaning(values: tuple[Value, ...]) -> list[Value]:
    """What was understood, without how it was printed and what is said about the reading."""
    return [replace(value, text="", notes=(), repair=None) for value in values]


@settings(max_examples=1000, deadline=None)
@given(text=CELLS, context=CONTEXTS)
def test_printed_text_is_never_lost(text: str, context: Context) -> None:
    values = parse(text, context)
    assert values
    assert {value.text for value in values} == {text}


@settings(max_examples=500, deadline=None)
@given(text=st.text(max_size=300), context=CONTEXTS)
def test_no_text_is_too_strange_to_be_read(text: str, context: Context) -> None:
    assert parse(text, context)
    assert amount(text).text == text


@settings(max_examples=1000, deadline=None)
@given(text=CELLS, data=st.data())
def test_white_space_never_changes_the_meaning(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    space = data.draw(st.sampled_from([" ", "\u3000", "\t", "\n", "\xa0", "  ", "\r\n"]))
    assert meaning(parse(text[:place] + space + text[place:])) == meaning(parse(text))


@settings(max_examples=1000, deadline=None)
@given(text=CELLS)
@example("10²次")
@example("[5次]")
def test_full_width_forms_never_change_the_meaning(text: str) -> None:
    assert meaning(parse(text.translate(WIDE))) == meaning(parse(text))


@settings(max_examples=3000, deadline=None)
@given(text=CELLS, year=st.one_of(st.none(), st.just(2025)))
@example("每月15日前", None)
@example("12个月", None)
@example("三分之二以上", None)
def test_a_printed_value_is_read_back(text: str, year: int | None) -> None:
    for value in parse(text, Context(year=year)):
        assert meaning(parse(print_value(value))) == meaning((value,))


@settings(max_examples=500, deadline=None)
@given(
    number=st.decimals(0, 10**9, places=2),
    sign=st.sampled_from(["", "≥", "≤", ">", "<", "="]),
    context=st.builds(
        Context, unit=st.sampled_from(["%", "万元", "元/人/月", "人次", "标准箱", "天", "万粒"])
    ),
)
def test_a_value_with_its_unit_column_is_read_back_as_one_cell(
    number: object, sign: str, context: Context
) -> None:
    (value,) = parse(f"{sign}{number}", context)
    assert value.unit_evidence is Evidence.COLUMN
    (again,) = meaning(parse(print_value(value)))
    assert replace(again, unit_evidence=Evidence.COLUMN) == meaning((value,))[0]


_WORDS = """
持续 不断 稳步 明显 有效 改善 提高 缩小 较高 良好 充分 及时 规范 按计划 严格 执行 落实 合规
长期 效果 完成 通过 影响 可持续 群众 满意 一次性 统一 三级 十分 万无一失 百姓 四通八达 五保户
九年义务教育 两个责任 不 无 的 ,
"""
WORDS = st.sampled_from(_WORDS.split())


@settings(max_examples=1000, deadline=None)
@given(text=st.lists(WORDS, min_size=1, max_size=6).map("".join))
def test_no_number_is_invented_for_words(text: str) -> None:
    for value in parse(text):
        assert (value.number, value.low, value.high, value.steps) == (None, None, None, ())


WORDY = {
    Kind.TEXT,
    Kind.PLACEHOLDER,
    Kind.NOT_APPLICABLE,
    Kind.COMPLIANCE,
    Kind.LEVEL,
    Kind.TREND,
    Kind.BOOLEAN,
    Kind.GRADE,
}


@settings(max_examples=1000, deadline=None)
@given(text=CELLS, context=CONTEXTS)
def test_a_value_of_words_has_no_number_and_no_date(text: str, context: Context) -> None:
    for value in parse(text, context):
        if value.kind in WORDY:
            assert (value.number, value.low, value.high) == (None, None, None)
            assert (value.start, value.end, value.steps) == (None, None, ())

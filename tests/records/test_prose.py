"""Targets told in paragraphs are out of scope: each form of file says so, and what to give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfgraph import records, sources
from perfgraph.errors import PerfgraphError
from perfgraph.records import Given, load
from perfgraph.sources.files import SourceFile
from tests.sources import builders_docx
from tests.sources.builders_pdf import Line, pdf

TONGXIN = """
关于下马关镇设施农业黄金蜜(葡萄)种植项目绩效目标设定的公示
项目总体绩效目标是:增加特色产业产值80万元,受益脱贫户、监测户10户,促使脱贫户、监测户增加收入80万元。
一、 产出指标
数量指标:★补助各类瓜果蔬菜种植数量,黄金蜜(葡萄)种植数量(≥**株)>=17600株;种植作物成活率(≥**%)>=85;
时效指标:完成及时率(≥**%)>=100%。成本指标:作物种植补助标准,黄金蜜(葡萄)补助成本(≤**元/株)≤28.40/株。
二、 效益指标
效益指标:经济效益指标:脱贫地区特色产业产值(≥**万元)≥80万元;生态效益指标:生态修复功能提高。
三、 满意度指标
服务对象满意度指标,受益脱贫户满意度(≥**%)≥95%。
"""
CHANGJI = """
2019年高等职业院校国家助学金资助补助资金项目由昌吉职业技术学院实施完成,涉及资金895.8万元
七、绩效目标
总体目标:按照2019年高等职业院校国家助学金标准平均每生每年3300元,实行春、秋季评选发放,涉及6140人次困难学生。
(一)产出指标
1、数量指标:资助建档立卡贫困子女1966人。
2、质量指标:资助标准100%达标。
3、时效指标:资助经费发放率100%达标,资助经费到位率100%达标。
4、成本指标:享受国家助学金平均每生每年3300元。
"""


def as_text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def as_html(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<p>{line.replace('<', '&lt;')}</p>" for line in lines)
    return f"<!DOCTYPE html><html><body>{paragraphs}</body></html>".encode()


def as_docx(lines: list[str]) -> bytes:
    return builders_docx.docx("".join(builders_docx.p(builders_docx.typed(x)) for x in lines))


def as_pdf(lines: list[str]) -> bytes:
    return pdf(*(Line(line) for line in lines), style="word", size=9)


@pytest.mark.parametrize("make", [as_text, as_html, as_docx, as_pdf])
@pytest.mark.parametrize("prose", [TONGXIN, CHANGJI], ids=["tongxin", "changji"])
def test_prose_is_refused_with_what_is_missing(
    prose: str, make: Callable[[list[str]], bytes]
) -> None:
    source = SourceFile("公示.bin", make(prose.strip().split("\n")), "0" * 64)
    with pytest.raises(PerfgraphError, match=r"\[PG(123|212)\]") as caught:
        records.read(source.place, source.sha256, sources.read(source), Given(), load())
    message = caught.value.message
    assert "没有表格" in message.zh
    assert "no table" in message.en

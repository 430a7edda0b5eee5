"""Web pages as they are really made: by Word, by government sites, by browsers that save them."""

from __future__ import annotations

import html
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from quopri import encodestring


@dataclass(frozen=True)
class Spot:
    """One cell of a grid: its text, its position from 1, and how far it reaches."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


def grid_page(spots: Sequence[Spot], rows: int) -> bytes:
    """A table whose rows are written in order; a covered row is written as an empty ``<tr>``."""
    lines = []
    for row in range(1, rows + 1):
        cells = sorted((spot for spot in spots if spot.row == row), key=lambda spot: spot.column)
        lines.append("<tr>" + "".join(_cell(spot) for spot in cells) + "</tr>")
    return f"<table>{''.join(lines)}</table>".encode()


def _cell(spot: Spot) -> str:
    spans = f' rowspan="{spot.row_span}"' if spot.row_span > 1 else ""
    spans += f' colspan="{spot.column_span}"' if spot.column_span > 1 else ""
    return f"<td{spans}>{html.escape(spot.text)}</td>"


SITE_TABLE = """
<table border="0" cellspacing="0" width="100%"><colgroup><col width="72"><col width="72"></colgroup>
<tbody>
<tr><td colspan="4" height="40" class="et2">项目支出绩效目标表</td></tr>
<tr><td>项目名称</td><td colspan="3">雾炮车降尘抑尘服务</td></tr>
<tr><td rowspan="3">绩<br>效<br>指<br>标</td><td>一级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td rowspan="2">产出指标</td><td>雾炮车配备车辆数</td><td>10辆</td></tr>
<tr><td>雾炮车风炮射程</td><td>&ge;80M</td></tr>
</tbody></table>
"""
SITE_CELLS = [
    ["项目支出绩效目标表"],
    ["项目名称", "雾炮车降尘抑尘服务"],
    ["绩\n效\n指\n标", "一级指标", "三级指标", "指标值"],
    ["产出指标", "雾炮车配备车辆数", "10辆"],
    ["雾炮车风炮射程", "≥80M"],
]


def site_page(table: str = SITE_TABLE, declaration: str = '<meta charset="utf-8">') -> str:
    """An article of a government site: navigation, article, footer, scripts around one table."""
    return f"""<!DOCTYPE html>
<html><head>{declaration}<title>湘潭市城市管理和综合执法局</title>
<style>td {{ width: 72pt }}</style><script>var t = "<table><tr><td>假</td></tr></table>";</script>
</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk">信息公开</a></li></ul></div>
<div class="article"><h1>2023年项目支出绩效目标申报表</h1>
<p>&nbsp;</p><p style="text-align:right">单位：万元</p>{table}<p>【打印】【关闭】</p></div>
<table class="links"><tr><td><img src="a.png"></td><td>&nbsp;</td></tr></table>
</body></html>"""


WORD_PAGE = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>x</o:Author></o:DocumentProperties></xml>
<![endif]--><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=ZH-CN><div class=WordSection1 style='layout-grid:15.6pt'>
<p class=MsoNormal align=center><b><span style='font-size:16.0pt'>项目支出绩效目标表<span
lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal><span lang=EN-US>353215</span>某中心<span style='mso-spacerun:yes'>&nbsp;&nbsp;
</span>单位：万元</p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
  <td width=104 valign=top style='width:77.75pt'>
  <p class=MsoNormal>预算数<span lang=EN-US><o:p></o:p></span></p></td>
  <td width=104><p class=MsoNormal><span lang=EN-US>10.00<o:p></o:p></span></p></td>
  <td width=104><p class=MsoNormal>其中：财政<span lang=EN-US><span
  style='mso-spacerun:yes'>&nbsp;&nbsp;&nbsp; </span></span>资金</p></td>
 </tr>
 <tr style='mso-yfti-irow:1'>
  <td width=104><p class=MsoNormal>绩效目标</p></td>
  <td colspan=2><p class=MsoNormal><![if !supportLists]><span lang=EN-US>1.<span
  style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>全年发布信息<span
  lang=EN-US><del cite="mailto:x" datetime="2025-01-01T00:00">300</del><ins cite="mailto:x"
  datetime="2025-01-01T00:00">485</ins></span>条，保障系统
  稳定运行。</p><p class=MsoNormal>2.面积<span lang=EN-US>10<sup>4</sup></span>平方米。</p></td>
 </tr>
 <![if !supportMisalignedColumns]>
 <tr height=0><td width=104 style='border:none'></td><td width=104 style='border:none'></td>
 <td width=104 style='border:none'></td></tr>
 <![endif]>
</table>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>
"""


def web_archive(page: bytes, charset: str, transfer: str = "quoted-printable") -> bytes:
    """An ``.mht`` file as browsers and Word save it: the page, then a picture."""
    body = encodestring(page) if transfer == "quoted-printable" else encodebytes(page)
    picture = encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/a.html\r\n"
        "Subject: =?utf-8?Q?=E8=A1=A8?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x"\r\n'
        f'\r\n\r\n------Part--x\r\nContent-Type: text/html; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: {transfer}\r\n"
        "Content-Location: http://example.org/a.html\r\n\r\n"
    )
    middle = (
        "\r\n------Part--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: http://example.org/a.png\r\n\r\n"
    )
    return head.encode() + body + middle.encode() + picture + b"\r\n------Part--x--\r\n"

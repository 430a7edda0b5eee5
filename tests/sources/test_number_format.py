from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.sources.sheets.number_format import shown_number, shown_text

ACCOUNTING = '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'
GRADES = '[>=90]"优";[>=60]"良";"差"'


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("222", '0.00"万元"', "222.00万元"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("999", "#,##0", "999"),
        ("1030700", "#,##0", "1,030,700"),
        ("0.956", "0%", "96%"),
        ("0.9563", "0.00%", "95.63%"),
        ("5", '"≥"0"人次"', "≥5人次"),
        ("0.9", "≥0%", "≥90%"),
        ("1", "[$¥-804]#,##0.00", "¥1.00"),
        ("12", "00000", "00012"),
        ("12.3", "0.0##", "12.3"),
        ("0.5", "#.##", ".5"),
        ("12", "0.##", "12."),
        ("2.5", "0", "3"),
        ("-5", "0.0", "-5.0"),
        ("-5", "0.00;[Red](0.00)", "(5.00)"),
        ("0", "0.00;-0.00;;@", ""),
        ("5", ";;;", ""),
        ("1234", ACCOUNTING, "1,234.00"),
        ("-1234", ACCOUNTING, "(1,234.00)"),
        ("0", ACCOUNTING, "-"),
        ("1234567", "#,##0,", "1,235"),
        ("12345", r'0\.0,"万"', "1.2万"),
        ("12345", '0!.0,"万"', "1.2万"),
        ("1234567", "0,.00", "1234.57"),
        ("13812345678", "000-0000-0000", "138-1234-5678"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("98", GRADES, "优"),
        ("70", GRADES, "良"),
        ("10", GRADES, "差"),
        ("123", "[DBNum1][$-804]General", "一百二十三"),
        ("123", "[DBNum2][$-804]General", "壹佰贰拾叁"),
        ("-1.5", 'General"元"', "-1.5元"),
        ("1.5", "G/通用格式", "1.5"),
        ("3", "@", "3"),
        ("0.25", "# ?/?", "0.25"),
    ],
)
def test_a_number_is_read_as_it_is_shown(number: str, code: str, shown: str) -> None:
    assert shown_number(Decimal(number), code) == shown


@pytest.mark.parametrize(
    ("serial", "code", "shown"),
    [
        ("46022", "yyyy/m/d", "2025/12/31"),
        ("46022", "yyyy-mm-dd", "2025-12-31"),
        ("46022", 'yyyy"年"m"月"d"日"', "2025年12月31日"),
        ("46022", "yyyy年m月d日", "2025年12月31日"),
        ("46022", 'yyyy"年"m"月"', "2025年12月"),
        ("46022", "yyyy.mm", "2025.12"),
        ("46022", "m/d", "12/31"),
        ("46022", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2025年12月31日"),
        ("46022", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年十二月三十一日"),
        ("46022", "d-mmm-yy", "31-Dec-25"),
        ("46022", "[$-804]mmm", "十二月"),
        ("46022", "aaaa", "星期三"),
        ("46022", "dddd", "Wednesday"),
        ("46022.75", "yyyy/m/d h:mm", "2025/12/31 18:00"),
        ("46022.75", "上午/下午h时mm分", "下午6时00分"),
        ("46022.75", "h:mm AM/PM", "6:00 PM"),
        ("46022.5", "yyyy-mm-dd hh:mm:ss", "2025-12-31 12:00:00"),
        ("0.5000001", "hh:mm:ss.00", "12:00:00.01"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.5", "[mm]:ss", "720:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("60", "yyyy-mm-dd", "1900-02-29"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("2958466", "yyyy-mm-dd", "2958466"),
    ],
)
def test_a_serial_number_is_read_as_the_date_that_is_shown(
    serial: str, code: str, shown: str
) -> None:
    assert shown_number(Decimal(serial), code) == shown


def test_the_calendar_of_1904_begins_four_years_later() -> None:
    assert shown_number(Decimal(44560), "yyyy-mm-dd", since_1904=True) == "2025-12-31"
    assert shown_number(Decimal(0), "yyyy-mm-dd", since_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0.28999999999999998", "0.29"),
        ("0.30000000000000004", "0.3"),
        ("5652.00", "5652"),
        ("1E+3", "1000"),
        ("110108199001011234", "110108199001011000"),
        ("1E+30", "1E+30"),
        ("1.5E-20", "1.5E-20"),
        ("-0", "0"),
    ],
)
def test_general_shows_what_a_spreadsheet_keeps(number: str, shown: str) -> None:
    assert shown_number(Decimal(number), "General") == shown


def test_a_format_for_text_is_put_around_text_only() -> None:
    assert shown_text("12", '@"元"') == "12元"
    assert shown_text("长期", '0.00;-0.00;0;"（"@"）"') == "（长期）"
    assert shown_text("长期", '0.00"万元"') == "长期"
    assert shown_text("长期", ";;;") == ""


@given(st.decimals(-10_000_000, 10_000_000, places=3), st.integers(0, 4))
def test_fixed_decimals_show_the_rounded_number(number: Decimal, places: int) -> None:
    code = "#,##0" + ("." + "0" * places if places else "")
    shown = Decimal(shown_number(number, code).replace(",", ""))
    assert abs(shown - number) <= Decimal(5).scaleb(-places - 1)
    assert -shown.as_tuple().exponent == places  # type: ignore[operator]  # a finite number


@given(
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text('0#?.,%@;"\\!_*[]E+-ymdhsaGenrl/年月日万元 <>=$', max_size=40),
)
def test_no_format_code_fails(number: Decimal, code: str) -> None:
    assert isinstance(shown_number(number, code), str)
    assert isinstance(shown_text("文字", code), str)

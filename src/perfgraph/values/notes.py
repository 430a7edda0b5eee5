"""What the grammar tells people about a value: every parse note and repair note, zh and en."""

from __future__ import annotations

from perfgraph.text import Text

BY_DAY = Text(zh="“前”按含当日处理", en="“前” (before) is read as including the day itself")
BY_MONTH = Text(zh="“前”按含当月处理", en="“前” (before) is read as including the month itself")
BY_YEAR = Text(zh="“前”按含当年处理", en="“前” (before) is read as including the year itself")
YEAR_TAKEN = Text(
    zh="未写年份，取预算年度{year}", en="no year is printed; the budget year {year} is taken"
)
YEAR_UNKNOWN = Text(
    zh="未写年份，且预算年度未知，未填日期",
    en="no year is printed and the budget year is unknown, so no date is given",
)
NEXT_YEAR = Text(zh="止月早于起月，按跨年处理", en="the end is before the start: read as next year")
RECURRING = Text(zh="每年重复的期限", en="a deadline that recurs every year")
MORE_OFTEN = Text(
    zh="一年内重复的期限，未填日期", en="a deadline that recurs within the year; no date is given"
)
DOT_DATE = Text(zh="按日期读，也可能是小数", en="read as a date; it could be a decimal number")
MONTHS_OR_MONTH = Text(
    zh="按月数读，也可能是月份", en="read as a number of months; it could be a month"
)
ROUNDED = Text(
    zh="{printed}按四位小数的百分数处理", en="{printed} is read as a percentage of four decimals"
)
AS_PERCENT = Text(zh="{printed}按百分数处理", en="{printed} is read as a percentage")
SCALE_ONLY = Text(
    zh="未写单位，“{scale}”已乘入数值", en="no unit is printed; “{scale}” is multiplied in"
)
YUAN_ELIDED = Text(zh="“{scale}”后省略“元”", en="“元” (yuan) is elided after “{scale}”")
HEADER_UNIT = Text(
    zh="成本指标未写单位，取表头金额单位{unit}",
    en="a cost without a unit: the money unit of the header, {unit}, is taken",
)
OTHER_UNIT = Text(
    zh="单位列为“{unit}”，与单元格不同，以单元格为准",
    en="the unit column says “{unit}”; the cell's own unit is kept",
)
OTHER_COMPARATOR = Text(
    zh="计算符号列为“{sign}”，与单元格不同，以单元格为准",
    en="the comparator column says “{sign}”; the cell's own comparator is kept",
)
TWO_COMPARATORS = Text(
    zh="前后比较词不一致，以前者为准", en="two comparators disagree; the first is kept"
)
COMMENT = Text(zh="括注：{words}", en="comment in brackets: {words}")
RESIDUE = Text(zh="数值前有模板残留“{words}”", en="template residue “{words}” before the value")
WORDS = Text(zh="数值外的文字：{words}", en="words around the number: {words}")
SPACED_DIGITS = Text(
    zh="数字之间有空白，按一个数读", en="white space between digits; read as one number"
)
OR_AT_LEAST = Text(
    zh="无比较符且以2起首；若为扫描件，“2”可能是“≥”",
    en="no comparator and it begins with 2: in scanned text the 2 may be a “≥”",
)
OVER_100 = Text(
    zh="超过100%且以2起首；若为扫描件，“2”可能是“≥”",
    en="over 100% and it begins with 2: in scanned text the 2 may be a “≥”",
)
ONE_OF_RATE = Text(
    zh="比率指标值为1且无单位，可能指100%", en="a rate of 1 without a unit may mean 100%"
)
OTHER_BASE = Text(zh="与{year}年比较", en="compared with the year {year}")
NUMBER_IN_PROSE = Text(
    zh="文字中的数字未作指标值处理", en="a number inside prose is not read as the target"
)
REDACTED = Text(zh="数字被遮蔽", en="digits are masked by the publisher")
EMPTY = Text(zh="单元格为空", en="the cell is empty")
LADDER_BOUNDS = Text(
    zh="各档未写比较符，按达到该数即为该档处理",
    en="the steps have no comparator; the number is read as what reaches the grade",
)
LADDER = Text(zh="四个数依次为优、良、中、差四档", en="four numbers: excellent, good, fair, poor")
GLUED_TWICE = Text(zh="同一数值印了两次", en="the same value is printed twice")

REPAIR_SIGN = Text(
    zh="“{seen}”按“{sign}”读，疑为识别错误",
    en="“{seen}” is read as “{sign}”: likely a scanning error",
)
REPAIR_TYPED = Text(
    zh="“{seen}”按“{sign}”读，疑为输入错误",
    en="“{seen}” is read as “{sign}”: likely a typing error",
)
REPAIR_GLUED = Text(
    zh="目标值与完成值粘连，且“≥”识别有误，取{number}%",
    en="target and actual are glued and “≥” is misread; {number}% is taken",
)
REPAIR_SERIAL = Text(
    zh="{number}按电子表格日期序号读为{date}", en="{number} is a spreadsheet date serial: {date}"
)
REPAIR_DAY = Text(
    zh="该月没有{day}日，按月末读", en="the month has no day {day}; its last day is taken"
)

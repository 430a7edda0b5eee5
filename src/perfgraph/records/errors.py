"""What can be wrong with the tables of a document."""

from __future__ import annotations

from collections.abc import Sequence

from perfgraph.errors import RecordError, SettingsError
from perfgraph.model import Place
from perfgraph.text import Text


class NoTargetTableError(RecordError):
    """No table of the document can be read as a project's target table.

    ``reason`` says why the first one that looks like such a table cannot.
    """

    code = "PG201"

    def __init__(self, place: Place, reason: Text | None = None) -> None:
        reason = reason or Text(zh="没有“项目名称”单元格", en="no cell '项目名称'")
        super().__init__(
            Text(
                zh=f"没有找到绩效目标表（{reason.zh}）",
                en=f"no performance target table was found ({reason.en})",
            ),
            advice=Text(
                zh="请确认文件是项目支出绩效目标表；文本文件中每个单元格前应有一个制表符",
                en="Check that the file is a target table; in a text file a TAB begins each cell",
            ),
            place=place,
        )


class NoTableError(NoTargetTableError):
    """The document has no table at all: its targets, if there are any, are told in paragraphs."""

    code = "PG212"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.message = Text(zh="文件中没有表格", en="there is no table in the document")
        self.advice = Text(
            zh="请提供绩效目标表本身（段落文字不在读取范围内）；文本文件中每个单元格前应有一个制表符",
            en="Give the target table itself (paragraphs are out of scope); "
            "in a text file a TAB begins each cell",
        )


class MissingColumnError(RecordError):
    """The indicators' header row lacks a column we cannot do without."""

    code = "PG202"

    def __init__(self, label: str, place: Place) -> None:
        super().__init__(
            Text(zh=f"指标表头缺少“{label}”列", en=f"the header row has no column '{label}'"),
            advice=Text(
                zh="请补上该列；如果列名写法不同，请用 --labels 指定标签文件",
                en="Add the column, or name its other spelling in a file for --labels",
            ),
            place=place,
        )


class UnknownTargetColumnsError(MissingColumnError):
    """There is no column of values, but columns whose labels are not known.

    They may be places: a matrix has a column of values for each.
    """

    code = "PG210"

    def __init__(self, labels: Sequence[str], place: Place) -> None:
        super().__init__("指标值", place)
        names = "、".join(labels)
        self.message = Text(
            zh=f"指标表头缺少“指标值”列；不认识的列：{names}",
            en=f"the header row has no column '指标值'; columns that are not known: {names}",
        )
        self.advice = Text(
            zh="如果这些列是各地区（单位）的指标值，请在标签文件的 [place] name 中列出（--labels）",
            en="If they are the values of places, list them in a label file under [place] name",
        )


class LostSpansError(RecordError):
    """Indicators are columns, and their level labels do not say how many columns they span."""

    code = "PG211"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(
                zh="指标为列的表中，级次标签跨几列已经丢失，无法分辨各列属于哪一级",
                en="indicators are columns here, and how many each level spans was lost",
            ),
            advice=Text(
                zh="请使用 Word、Excel、PDF 或网页原文件，不要用复制出来的文字",
                en="Use the original Word, Excel or PDF file or the web page, not copied text",
            ),
            place=place,
        )


class LostRowsError(NoTargetTableError):
    """A list of projects whose rows came apart: nobody can tell which text is a project."""

    code = "PG213"

    def __init__(self, text: str, place: Place) -> None:
        super().__init__(place)
        self.message = Text(
            zh=f"多个项目的列表，行已散开（“{text}”独占一行），空单元格也没有了，无法分辨各格属于哪一列",
            en=f"the rows of this list of projects came apart ('{text}' stands alone on a line) "
            "and empty cells are gone, so the column of a cell cannot be told",
        )
        self.advice = Text(
            zh="请使用 Word、Excel、PDF 或网页原文件，不要用复制出来的文字",
            en="Use the original Word, Excel or PDF file or the web page, not copied text",
        )


class NoUnitError(RecordError):
    """No budget unit is printed above a table, and none was given."""

    code = "PG203"

    def __init__(self, place: Place) -> None:
        super().__init__(
            Text(zh="没有找到预算单位", en="no budget unit was found"),
            advice=Text(zh="请用 --unit 指定单位编码", en="Give its code with --unit"),
            place=place,
        )


class DuplicateProjectError(RecordError):
    """Two tables of one document describe the same project."""

    code = "PG204"

    def __init__(self, name: str | None, first: Place, second: Place) -> None:
        super().__init__(
            Text(
                zh=f"项目“{name or '（无名称）'}”已在 {first} 出现过",
                en=f"project '{name or '(no name)'}' stands already at {first}",
            ),
            advice=Text(
                zh="请更正项目名称，或删去重复的表",
                en="Correct the project's name, or remove the repeated table",
            ),
            place=second,
        )


class DuplicatePlanError(RecordError):
    """Two tables of one document state the targets of the same department, or transfer."""

    code = "PG205"

    def __init__(self, name: str, first: Place, second: Place) -> None:
        super().__init__(
            Text(
                zh=f"“{name}”的整体（区域）绩效目标已在 {first} 出现过",
                en=f"the plan of '{name}' stands already at {first}",
            ),
            advice=Text(
                zh="请删去重复的表；如果是不同单位，请写明各自的名称或编码",
                en="Remove the repeated table; name the unit in each if they are different units",
            ),
            place=second,
        )


class ClashingKeysError(RecordError):
    """Two projects of different names would have the same IRI."""

    code = "PG215"

    def __init__(self, name: str, key: str, row: str, first: Place, second: Place) -> None:
        super().__init__(
            Text(
                zh=f"项目“{name}”与 {first} 的项目名称不同，标识键却同为 {key}",
                en=f"project '{name}' has the key {key} of another project, at {first}",
            ),
            advice=Text(
                zh=f"请在 keys.csv 中加一行 {row}，并用 --keys 指定该文件",
                en=f"Add the row {row} to keys.csv and name that file with --keys",
            ),
            place=second,
        )


class BadKeysError(SettingsError):
    """The file for ``--keys`` cannot be used."""

    code = "PG216"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh=f"键文件无效：{reason.zh}", en=f"the key file is not valid: {reason.en}"),
            advice=Text(
                zh="应为 UTF-8 的 CSV，列为 unit,year,name,key",
                en="It should be CSV in UTF-8 with the columns unit,year,name,key",
            ),
            place=place,
        )


class BadLabelsError(SettingsError):
    """The file for ``--labels`` cannot be used."""

    code = "PG601"

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(
            Text(zh=f"标签文件无效：{reason}", en=f"the label file is not valid: {reason}"),
            advice=Text(
                zh="格式见 perfgraph 自带的 labels.toml",
                en="Its form is that of the labels.toml in the package",
            ),
            place=place,
        )


class BadOptionError(SettingsError):
    """An option has a value that cannot be."""

    code = "PG602"

    def __init__(self, option: str, value: str, expected: Text) -> None:
        super().__init__(
            Text(zh=f"{option} 的值“{value}”无效", en=f"'{value}' is no value for {option}"),
            advice=Text(zh="应为" + expected.zh, en="It should be " + expected.en),
        )

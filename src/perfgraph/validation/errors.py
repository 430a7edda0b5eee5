"""Errors about shapes: a profile that is not there, a file that does not parse, a broken shape."""

from __future__ import annotations

from perfgraph.errors import SettingsError, ShapesError
from perfgraph.model import Place
from perfgraph.text import Text


class UnknownProfileError(ShapesError):
    """No profile and no file of this name exists."""

    code = "PG501"

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listed = ", ".join(known)
        super().__init__(
            Text(zh=f"没有名为“{name}”的规则集或文件", en=f"no profile or file named '{name}'"),
            advice=Text(
                zh=f"可用的规则集：{listed}；也可以给出Turtle文件的路径",
                en=f"choose one of {listed}, or give the path of a Turtle file",
            ),
        )


class UnreadableShapesError(ShapesError):
    """A shapes file is not valid Turtle."""

    code = "PG502"

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        where = Text(
            zh=f"{file}" if line is None else f"{file} 第{line}行",
            en=f"{file}" if line is None else f"{file}, line {line}",
        )
        super().__init__(
            Text(
                zh=f"{where.zh}：规则文件不是有效的Turtle：{reason}",
                en=f"{where.en}: the shapes file is not valid Turtle: {reason}",
            ),
            advice=Text(zh="改正该行的语法后重试", en="mend the syntax on that line and try again"),
        )
        self.file = file
        self.line = line


class IncompleteShapeError(ShapesError):
    """A shape lacks what a finding needs: rule number, severity, message or advice."""

    code = "PG503"

    def __init__(self, shape: str, missing: str) -> None:
        super().__init__(
            Text(zh=f"规则 {shape} 缺少 {missing}", en=f"shape {shape} has no {missing}"),
            advice=Text(
                zh="每条规则都要有规则编号、严重程度、中英文说明和改进建议",
                en="every shape needs a rule number, a severity, and message and fix in zh and en",
            ),
        )


class UnusableShapesError(ShapesError):
    """The engine refuses the shapes graph."""

    code = "PG504"

    def __init__(self, reason: str) -> None:
        super().__init__(
            Text(zh=f"规则无法执行：{reason}", en=f"the shapes cannot be executed: {reason}"),
            advice=Text(
                zh="核对规则文件是否符合SHACL标准",
                en="check the shapes file against the SHACL standard",
            ),
        )


class BadWaiversError(SettingsError):
    """The file for ``--waivers`` cannot be used."""

    code = "PG607"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"豁免文件无效：{reason.zh}", en=f"the file of waivers is not valid: {reason.en}"
            ),
            advice=Text(
                zh="应为 UTF-8 的 CSV，列为 rule,project,reason,expires，可加 indicator",
                en="It should be CSV in UTF-8 with the columns rule,project,reason,expires "
                "and, if need be, indicator",
            ),
            place=place,
        )

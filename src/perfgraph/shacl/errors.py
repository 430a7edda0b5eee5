"""Errors about shapes that cannot be compiled because they are wrong, not because they are new."""

from __future__ import annotations

from perfgraph.errors import ShapesError
from perfgraph.text import Text


class RecursiveShapeError(ShapesError):
    """A shape refers to itself; SHACL leaves open what that means."""

    code = "PG505"

    def __init__(self, names: tuple[str, ...]) -> None:
        cycle = " → ".join(names)
        super().__init__(
            Text(zh=f"规则互相引用成环：{cycle}", en=f"the shapes refer to themselves: {cycle}"),
            advice=Text(
                zh="断开其中一处引用；SHACL标准没有规定递归规则的含义",
                en="break one of the references; SHACL does not say what recursive shapes mean",
            ),
        )


class IllFormedShapeError(ShapesError):
    """A shape breaks the syntax rules of SHACL."""

    code = "PG506"

    def __init__(self, shape: str, parameter: str, reason: Text) -> None:
        super().__init__(
            Text(
                zh=f"规则 {shape} 的 sh:{parameter} 有误：{reason.zh}",
                en=f"sh:{parameter} of shape {shape} is wrong: {reason.en}",
            ),
            advice=Text(
                zh="核对规则文件是否符合SHACL标准",
                en="check the shapes file against the SHACL standard",
            ),
        )

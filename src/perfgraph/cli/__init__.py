"""The command line: arguments in, one function called, text out, exit code set.

Results go to stdout, talk goes to stderr. Exit codes: 0 done; 1 findings at or above ``--fail-on``,
or some file of a batch failed; 2 wrong usage, or nothing could be read.
"""

from __future__ import annotations

from perfgraph.cli.bilingual import Group
from perfgraph.text import Text

_HELP = Text(
    zh="把项目支出绩效目标表转换为知识图谱，并校验、查询、发布服务。",
    en="Turn budget performance-target tables into a knowledge graph; validate, query, serve it.",
)
_EXAMPLE = "perfgraph convert targets.txt -o targets.ttl"

main = Group(
    "perfgraph",
    summary=_HELP,
    example=_EXAMPLE,
    commands=(
        "convert",
        "inspect",
        "load",
        "validate",
        "query",
        "serve",
        "token",
        "info",
        "completion",
    ),
)

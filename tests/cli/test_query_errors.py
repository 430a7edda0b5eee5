"""What ``perfgraph query`` says about SPARQL that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfgraph.cli import main


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["第 2 行第 8 列：前缀 pg: 没有声明", "请在开头加上 PREFIX pg:"]),
        ("en", ["line 2, column 8: the prefix pg: is not declared", "add at the top: PREFIX pg:"]),
    ],
)
def test_a_mistake_is_shown_where_it_is(tmp_path: Path, language: str, words: list[str]) -> None:
    (tmp_path / "store").mkdir()
    query = tmp_path / "mine.rq"
    query.write_text("SELECT ?p {\n  ?p a pg:Project\n}", "utf-8")
    arguments = ["--lang", language, "query", str(query), "--store", str(tmp_path / "store")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "  ?p a pg:Project\n       ^\n" in result.stderr
    assert all(word in result.stderr for word in words)
    assert "PG431" in result.stderr

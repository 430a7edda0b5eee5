"""``perfgraph serve`` as a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import perfgraph
from perfgraph.cli import main
from perfgraph.errors import StoreError

SUM = """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"""


@contextmanager
def served(*arguments: str | Path, temporary: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "perfgraph", "--lang", "en", "serve", "--port", "0"]
    process = subprocess.Popen(
        [*command, *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    assert process.stderr is not None
    try:
        for line in process.stderr:
            found = re.search(r"http://\S+/", line)
            if found:
                yield found[0], process
                return
        pytest.fail("the server did not say its address")
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def ask(url: str, query: str) -> str:
    address = f"{url}sparql?{urllib.parse.urlencode({'query': query})}"
    request = urllib.request.Request(address, headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request) as response:
        return str(response.read().decode())


def test_source_files_are_loaded_and_served_and_nothing_is_left_behind(
    tmp_path: Path, seed: Path
) -> None:
    with served(seed, temporary=tmp_path) as (url, process):
        assert ask(url, SUM) == "t\r\n3640000\r\n"
        assert len(list(tmp_path.glob("perfgraph-*"))) == 1
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        rest = process.stderr.read()
        assert process.wait() == 0
    assert "Error" not in rest
    assert "Traceback" not in rest
    assert list(tmp_path.glob("perfgraph*")) == []


def test_an_absent_store_is_served_as_an_empty_dataset(tmp_path: Path) -> None:
    with served("--store", tmp_path / "none", temporary=tmp_path) as (url, _):
        query = "SELECT (COUNT(?p) AS ?n) { ?p a <https://w3id.org/perfgraph/ontology#Project> }"
        assert ask(url, query) == "n\r\n0\r\n"


def test_a_configuration_file_is_read_and_the_command_line_wins(tmp_path: Path) -> None:
    config = tmp_path / "perfgraph.toml"
    config.write_text(
        f'[serve]\nstore = "{tmp_path / "none"}"\nport = 1\n\n[serve.limits]\nseconds = 3.5\n'
    )
    with served("--config", config, temporary=tmp_path) as (url, _):
        assert not url.endswith(":1/")


@pytest.mark.parametrize(
    "content",
    [
        "[serve",
        "[serve]\nnope = 1",
        '[serve]\nport = "x"',
        "[serve.limits]\nnope = 1",
        "serve = 1",
    ],
)
def test_a_wrong_configuration_is_told(tmp_path: Path, content: str) -> None:
    config = tmp_path / "perfgraph.toml"
    config.write_text(content)
    result = CliRunner().invoke(main, ["serve", "--config", str(config)])
    assert result.exit_code == 2
    assert "[PG605]" in result.stderr


def test_nothing_is_served_where_no_file_could_be_read(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "perfgraph",
        "serve",
        str(tmp_path / "none.txt"),
        "--port",
        "0",
    ]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert "[PG101]" in result.stderr


def test_what_is_no_store_is_not_served(tmp_path: Path, seed: Path) -> None:
    for wrong in (seed, seed.parent):
        command = [sys.executable, "-m", "perfgraph", "serve", "--store", str(wrong), "--port", "0"]
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode == 2
        assert "[PG3" in result.stderr


def test_an_endpoint_is_asked_from_python_and_a_cut_answer_is_an_error(
    tmp_path: Path, seed: Path
) -> None:
    with (
        served(seed, "--set", "limits.rows=5", temporary=tmp_path) as (url, _),
        perfgraph.connect(f"{url}sparql") as connection,
    ):
        assert connection.query(SUM) == [{"t": Decimal("3640000")}]
        assert len(connection.query("SELECT ?s { ?s ?p ?o } LIMIT 5")) == 5
        with pytest.raises(StoreError) as caught:
            connection.query("SELECT ?s { ?s ?p ?o }")
    assert "5" in caught.value.message.en


def test_a_wrong_setting_is_one_clear_message(tmp_path: Path) -> None:
    for wrong, named in (("limits.rows=many", "limits.rows"), ("no", "--set no")):
        result = CliRunner().invoke(main, ["serve", "--set", wrong])
        assert result.exit_code == 2
        assert named in result.output
        assert "Traceback" not in result.output

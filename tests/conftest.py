"""What all tests share: golden files, and the real document."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SEED = REPOSITORY / "data" / "tianjin-353215-2025-targets.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files; review the diff"
    )
    parser.addoption("--shacl-manifests", help="a folder of W3C SHACL test manifests to run")


@dataclass(frozen=True)
class Golden:
    """Compares bytes with a file, or rewrites the file."""

    update: bool

    def check(self, actual: bytes | str, file: Path) -> None:
        content = actual.encode() if isinstance(actual, str) else actual
        if self.update:
            file.write_bytes(content)
            return
        assert file.is_file(), f"{file} is missing: run pytest --update-golden"
        expected = file.read_bytes()
        if content != expected:
            lines = difflib.unified_diff(
                expected.decode().splitlines(), content.decode().splitlines(), file.name, "actual"
            )
            pytest.fail("\n".join(lines), pytrace=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(update=bool(request.config.getoption("--update-golden")))


@pytest.fixture(scope="session")
def seed() -> Path:
    return SEED

"""The SHACL recommendation as cases in the W3C's manifest form: both engines give these reports.

``pytest tests/shacl --shacl-manifests FOLDER`` runs the manifests of another folder besides, such
as a copy of the W3C test suite, with the compiler.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from perfgraph.errors import ShapesError
from perfgraph.shacl import Result, compile_shape, read_shapes, run
from perfgraph.validation import reference
from tests.shacl.manifests import Case, cases

CASES = cases(Path(__file__).parent / "manifests")
PYSHACL_DIFFERS = {
    "core/datatype-derived": "rdflib gets the integers that the store keeps, without their type",
    "core/pattern-flags": "the flags s, x and q are ignored there",
    "core/recursive": "recursion ends there without a word; perfgraph refuses it before",
    "sparql/unsupported-syntax": "rdflib's own error; perfgraph refuses the query before",
}


def compiled(data: Store, shapes: Store) -> Iterator[Result]:
    schema = read_shapes(shapes)
    assert not schema.unsupported
    return run((query for shape in schema.shapes for query in compile_shape(shape)), data)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "foreign" in metafunc.fixturenames:
        folder = metafunc.config.getoption("--shacl-manifests")
        found = cases(Path(folder)) if folder else CASES[:1]
        metafunc.parametrize("foreign", found, ids=str)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_compiled_shapes_give_the_report_of_the_recommendation(case: Case) -> None:
    check(case)


def test_manifests_of_another_folder_are_run(foreign: Case) -> None:
    check(foreign)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name not in PYSHACL_DIFFERS], ids=str
)
def test_pyshacl_gives_the_same_report(case: Case) -> None:
    if case.expected is None:
        with pytest.raises(ShapesError):
            case.run(reference.run)
    else:
        assert case.run(reference.run) == case.expected


def check(case: Case) -> None:
    if case.expected is None:
        with pytest.raises(ShapesError):
            case.run(compiled)
    else:
        assert case.run(compiled) == case.expected

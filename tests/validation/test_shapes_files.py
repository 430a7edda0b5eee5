"""Shapes that a user brings: added to the core, and refused with file and line when broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Namespace

from perfgraph.shacl import IllFormedShapeError
from perfgraph.validation import (
    IncompleteShapeError,
    UnknownProfileError,
    UnreadableShapesError,
    load_shapes,
    validate,
    validate_by_scheme,
)
from perfgraph.vocab import ONTOLOGY
from tests.validation.conftest import stored

EX = Namespace("http://example.org/")
PG = Namespace(ONTOLOGY)

PREFIXES = """\
@prefix ex: <http://example.org/shape#> .
@prefix pg: <https://w3id.org/perfgraph/ontology#> .
@prefix pgs: <https://w3id.org/perfgraph/shape#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
SHAPE = """\
ex:X01-code a sh:PropertyShape ; sh:targetClass pg:Project ;
    sh:path pg:projectCode ; sh:minCount 1 ; sh:severity sh:Warning ;
    dcterms:identifier "X01" ; dcterms:source "本市规定" ;
    sh:message "项目“{?project}”没有项目代码。"@zh , "Project “{?project}” has no code."@en ;
    pg:fix "填写项目代码。"@zh , "Enter the code."@en .
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "city.ttl"


def write(file: Path, *parts: str) -> Path:
    file.write_text(PREFIXES + "".join(parts), encoding="utf-8")
    return file


def test_users_shapes_stand_beside_the_core_rules(file: Path, document: Graph) -> None:
    document.remove((None, PG.goal, None))
    findings = validate(stored(document), load_shapes(write(file, SHAPE)))
    assert [finding.rule for finding in findings] == ["X01", "C02"]
    assert findings[0].message.zh == "项目“示例津贴”没有项目代码。"


def test_users_shapes_can_build_on_a_profile_and_switch_a_rule_off(
    file: Path, document: Graph
) -> None:
    imports = "<> a owl:Ontology ; owl:imports <https://w3id.org/perfgraph/shape/cn-2015> .\n"
    off = "pgs:C04-satisfaction-2015 sh:deactivated true .\n"
    document.remove((None, PG.indicator, EX.sat))
    write(file, imports)
    name, findings = validate_by_scheme(stored(document), file)
    assert (name, [finding.rule for finding in findings]) == ("city.ttl", ["C04"])
    write(file, imports, off)
    assert validate_by_scheme(stored(document), file) == ("city.ttl", ())


def test_unknown_profile_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownProfileError) as caught:
        load_shapes("cn-1999")
    assert caught.value.code == "PG501"
    assert "cn-1999" in caught.value.message.zh
    assert caught.value.advice is not None
    assert "cn-2015" in caught.value.advice.en


def test_file_that_is_not_turtle_is_told_with_its_line(file: Path) -> None:
    write(file, SHAPE, "ex:broken sh:path .\n")
    line = file.read_text(encoding="utf-8").splitlines().index("ex:broken sh:path .") + 1
    with pytest.raises(UnreadableShapesError) as caught:
        load_shapes(file)
    assert caught.value.code == "PG502"
    assert caught.value.line == line
    assert f"city.ttl 第{line}行" in caught.value.message.zh


def test_file_in_another_encoding_is_told(file: Path) -> None:
    file.write_bytes((PREFIXES + SHAPE).encode("gb18030"))
    with pytest.raises(UnreadableShapesError) as caught:
        load_shapes(file)
    assert "city.ttl" in str(caught.value)


@pytest.mark.parametrize(
    ("cut", "missing"),
    [
        ('dcterms:identifier "X01" ;', "dcterms:identifier"),
        ("sh:severity sh:Warning ;", "sh:severity"),
        ('@zh , "Project “{?project}” has no code."@en', "sh:message@en"),
        ('pg:fix "填写项目代码。"@zh , "Enter the code."@en', "pg:fix@zh"),
    ],
)
def test_shape_that_lacks_what_a_finding_needs_is_told(file: Path, cut: str, missing: str) -> None:
    assert cut in SHAPE
    replacement = "@zh" if cut.startswith("@zh") else "a sh:Shape" if "pg:fix" in cut else ""
    write(file, SHAPE.replace(cut, replacement))
    with pytest.raises(IncompleteShapeError) as caught:
        load_shapes(file)
    assert caught.value.code == "PG503"
    assert missing in caught.value.message.en
    assert "X01-code" in caught.value.message.en


@pytest.mark.parametrize(
    "select",
    ["SELECT $this WHERE { $this ", "SELECT $this WHERE { $this nowhere:p ?x }"],
    ids=["syntax", "prefix"],
)
def test_constraint_that_is_not_sparql_is_refused(file: Path, select: str) -> None:
    with pytest.raises(IllFormedShapeError) as caught:
        load_shapes(write(file, SHAPE.rstrip(" .\n"), f' ; sh:sparql [ sh:select "{select}" ] .'))
    assert caught.value.code == "PG506"
    assert "X01-code" in caught.value.message.en


def test_constraint_that_calls_another_server_is_refused(file: Path) -> None:
    select = "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }"
    with pytest.raises(IllFormedShapeError, match="SERVICE"):
        load_shapes(write(file, SHAPE.rstrip(" .\n"), f' ; sh:sparql [ sh:select "{select}" ] .'))


def test_value_that_shacl_does_not_allow_is_told(file: Path) -> None:
    with pytest.raises(IllFormedShapeError) as caught:
        load_shapes(write(file, SHAPE.replace("sh:minCount 1", 'sh:minCount "one"')))
    assert caught.value.code == "PG506"
    assert "X01-code" in caught.value.message.zh
    assert 'not "one"' in caught.value.message.en

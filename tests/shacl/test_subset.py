"""What the compiler has no query for is named, judged by pySHACL, and never skipped."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from perfgraph.shacl import (
    IllFormedShapeError,
    RecursiveShapeError,
    Result,
    Schema,
    compile_shape,
    read_shapes,
    run,
)
from perfgraph.validation import Engine
from perfgraph.validation.engines import results_of
from perfgraph.validation.shapes import rule_set

PREFIXES = """
@prefix ex: <http://example.org/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pg: <https://w3id.org/perfgraph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
ex: a owl:Ontology ; sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/ns#" ] .
"""
RULE = """ ; sh:severity sh:Warning ; dcterms:identifier "X01" ; sh:message "错"@zh , "wrong"@en ;
    pg:fix "改"@zh , "mend"@en .
"""
DATA = "ex:one a ex:Thing ; ex:p 'abab' , 'abc' ; ex:q 1 ."
CUSTOM = """
ex:Component a sh:ConstraintComponent ; sh:parameter [ sh:path ex:longerThan ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:prefixes ex: ; sh:select '''
        SELECT $this ?value
        WHERE { $this $PATH ?value FILTER(STRLEN(?value) <= $longerThan) }''' ] .
"""


def stored(*parts: str) -> Store:
    store = Store()
    store.load("".join((PREFIXES, *parts)).encode(), format=RdfFormat.TURTLE)
    return store


def schema(*parts: str) -> Schema:
    return read_shapes(stored(*parts))


@pytest.mark.parametrize(
    ("shape", "construct", "values"),
    [
        ("sh:path ex:p ; sh:pattern '^(?!abc)'", "sh:pattern", {"abc"}),
        (r"sh:path ex:p ; sh:pattern '^(ab)\\1$'", "sh:pattern", {"abc"}),
        (
            "sh:path ex:p ; sh:sparql [ sh:prefixes ex: ; sh:select '''SELECT $this ?value "
            "WHERE { $this ex:p ?value FILTER(REGEX(?value, \"^(?=abab)\")) }''' ]",
            "REGEX",
            {"abab"},
        ),
        ("sh:path ex:p ; ex:longerThan 3", "longerThan", {"abc"}),
        ("sh:property [ sh:path ex:p ; ex:longerThan 3 ]", "longerThan", {"abc"}),
    ],
    ids=["look-around", "back-reference", "look-around-in-select", "component", "inside"],
)
def test_shape_outside_the_subset_is_named_and_judged_by_pyshacl(
    shape: str, construct: str, values: set[str]
) -> None:
    inside = f"ex:Inside sh:targetClass ex:Thing ; sh:path ex:q ; sh:maxCount 0 {RULE}"
    text = f"{CUSTOM} ex:Outside sh:targetClass ex:Thing ; {shape} {RULE} {inside}"
    rules = rule_set(stored(text))
    (left,) = rules.unsupported
    assert left.shape.value.endswith("Outside")
    assert construct in left.construct
    results = list(results_of(stored(DATA), rules, Engine.COMPILED))
    assert {r.value.value for r in results if r.value is not None} == values
    assert {local(r) for r in results if r.value is None} == {"Inside"}
    assert len(results) == len(values) + 1


def test_shapes_of_other_vocabularies_do_not_matter() -> None:
    found = schema("ex:S sh:targetClass ex:Thing ; sh:nodeKind sh:IRI ; ex:note 'for people' .")
    assert len(found.shapes) == 1
    assert not found.unsupported


def test_recursion_is_told_with_the_shapes_on_its_way() -> None:
    with pytest.raises(RecursiveShapeError) as caught:
        schema("ex:A sh:targetClass ex:T ; sh:node ex:B . ex:B sh:not ex:C . ex:C sh:node ex:B .")
    assert caught.value.code == "PG505"
    assert re.search(r"B → \S+C → \S+B$", caught.value.message.en)


def test_one_shape_in_two_places_is_no_recursion() -> None:
    found = schema(
        "ex:A sh:targetClass ex:T ; sh:and ( ex:B ex:C ) . ex:C sh:node ex:B .",
        "ex:B sh:nodeKind sh:IRI .",
    )
    assert len(found.shapes) == 1


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("sh:path ex:p ; sh:minCount -1", "minCount"),
        ("sh:path ex:p ; sh:in ex:nothing", "sh:in"),
        ("sh:path ex:p ; sh:closed 'perhaps'", "closed"),
        ("sh:path ex:p ; sh:class 'text'", "class"),
        ("sh:path ex:p ; sh:minInclusive ex:p", "minInclusive"),
        ("sh:path ex:p ; sh:node ex:nowhere", "nowhere"),
        ("sh:path ex:p ; sh:qualifiedMinCount 1", "qualifiedValueShape"),
        ("sh:path ex:p ; sh:datatype xsd:integer , xsd:string", "datatype"),
        ("sh:maxCount 1", "sh:path"),
        ("sh:path [ sh:inversePath 'text' ] ; sh:maxCount 1", "path"),
    ],
)
def test_shape_that_breaks_the_syntax_of_shacl_is_told(shape: str, words: str) -> None:
    with pytest.raises(IllFormedShapeError) as caught:
        schema(f"ex:S sh:targetClass ex:T ; {shape} .")
    assert caught.value.code == "PG506"
    assert words in caught.value.message.en
    assert "ns#S" in caught.value.message.zh


def test_property_shape_inside_speaks_by_the_rule_around_it() -> None:
    rules = rule_set(
        stored(
            f"ex:S sh:targetClass ex:Thing ; sh:property [ sh:path ex:z ; sh:minCount 1 ] {RULE}"
        )
    )
    for engine in Engine:
        (result,) = results_of(stored(DATA), rules, engine)
        assert rules.rules[result.shape].number == "X01"


def test_deep_shapes_are_answered_in_time_that_grows_with_the_data() -> None:
    deep = "[ sh:nodeKind sh:IRI ]"
    for _ in range(4):
        deep = (
            f"[ sh:or ( [ sh:not {deep} ] [ sh:property [ sh:path ex:next ; sh:node {deep} ] ] ) ]"
        )
    found = schema(f"ex:S sh:targetSubjectsOf ex:next ; sh:node {deep} .")
    data = stored("".join(f"ex:n{n} ex:next ex:n{n + 1} ." for n in range(2000)))
    assert list(run(compile_shape(found.shapes[0]), data)) == []


def test_compiled_validation_loads_neither_rdflib_nor_pyshacl(seed: Path) -> None:
    code = (
        "import sys; from perfgraph.api import validate; validate(sys.argv[1]); "
        "print(sorted({'pyoxigraph', 'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(seed)], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("['pyoxigraph']", "")


def local(result: Result) -> str:
    return result.shape.value.rpartition("#")[2]

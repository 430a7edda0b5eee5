from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from perfgraph.conversion import Conversion, convert
from perfgraph.iris import BadBaseError
from perfgraph.serialisation import Format
from perfgraph.vocab import DEFAULT_BASE

KEY = "120000-353215-2025-693ea5a3b8e5"
GRAPH = f"{DEFAULT_BASE}graph/{KEY}"
PROJECT = f"{DEFAULT_BASE}id/project/120000-353215-2025-n8a0c05c7b0"


@pytest.fixture(scope="module")
def conversion(seed: Path) -> Conversion:
    return convert(seed)


@pytest.fixture(scope="module")
def quads(conversion: Conversion) -> frozenset[Quad]:
    return frozenset(conversion.quads())


def ask(quads: frozenset[Quad], query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(quads)
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return [tuple(str(term.value) for term in row) for row in rows]


def test_the_seed_sums_to_3640000_yuan(quads: frozenset[Quad]) -> None:
    query = """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
        SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"""
    assert ask(quads, query) == [("3640000",)]


def test_the_worked_example_is_what_the_converter_states(quads: frozenset[Quad]) -> None:
    file = Path(__file__).with_name("worked_example.ttl")
    expected = {quad.triple for quad in parse(path=file, format=RdfFormat.TURTLE)}
    assert expected - {quad.triple for quad in quads} == set()


def test_each_triple_stands_in_one_graph(quads: frozenset[Quad]) -> None:
    assert len({quad.triple for quad in quads}) == len(quads)
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}
    assert graphs == {GRAPH, f"{GRAPH}/prov", f"{DEFAULT_BASE}graph/shared"}


def test_facts_name_no_document_table_cell_run_or_time(quads: frozenset[Quad]) -> None:
    facts = [quad for quad in quads if quad.graph_name == NamedNode(GRAPH)]
    assert facts
    for quad in facts:
        text = str(quad.triple)
        assert "/id/doc/" not in text
        assert "/graph/" not in text
        assert "describedBy" not in text
        assert "www.w3.org/ns/prov#" not in text


def test_there_are_no_blank_nodes_and_iris_are_ascii(quads: frozenset[Quad]) -> None:
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert not isinstance(term, BlankNode)
            assert not isinstance(term, NamedNode) or term.value.isascii()


def test_every_value_goal_amount_and_indicator_is_derived_from_one_cell(
    quads: frozenset[Quad],
) -> None:
    query = """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?type (COUNT(DISTINCT ?n) AS ?nodes) (COUNT(?cell) AS ?cells) {
          VALUES ?type { pg:TargetValue pg:Indicator pg:Goal pg:BudgetAmount }
          ?n a ?type OPTIONAL { ?n prov:wasDerivedFrom ?cell }
        } GROUP BY ?type ORDER BY ?type"""
    assert [row[1:] for row in ask(quads, query)] == [
        ("8", "8"),
        ("4", "4"),
        ("36", "36"),
        ("36", "36"),
    ]


def test_a_value_leads_to_its_cell_and_the_cell_has_its_text(quads: frozenset[Quad]) -> None:
    query = f"""PREFIX pg: <https://w3id.org/perfgraph/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?t ?r ?c ?text {{
          <{PROJECT}#i-qty-8112b168-t> prov:wasDerivedFrom ?cell .
          ?cell pg:tableIndex ?t ; pg:rowIndex ?r ; pg:columnIndex ?c ; pg:rawText ?text }}"""
    assert ask(quads, query) == [("4", "7", "5", "≥37人")]


@pytest.mark.parametrize("form", [Format.TRIG, Format.NQUADS, Format.JSONLD])
def test_quad_formats_give_the_same_quads(
    conversion: Conversion, quads: frozenset[Quad], form: Format
) -> None:
    formats = {
        Format.TRIG: RdfFormat.TRIG,
        Format.NQUADS: RdfFormat.N_QUADS,
        Format.JSONLD: RdfFormat.JSON_LD,
    }
    assert frozenset(parse(conversion.write(form), format=formats[form])) == quads


def test_turtle_has_all_triples_flat(conversion: Conversion, quads: frozenset[Quad]) -> None:
    flat = {quad.triple for quad in parse(conversion.write(Format.TURTLE), format=RdfFormat.TURTLE)}
    assert flat == {quad.triple for quad in quads}


def test_provenance_can_be_left_out(conversion: Conversion) -> None:
    content = conversion.write(Format.NQUADS, with_provenance=False)
    assert b"/prov> ." not in content
    assert b"budgetTotal" in content


def test_the_same_file_gives_the_same_bytes_whatever_the_hash_seed(seed: Path) -> None:
    script = (
        "import hashlib, sys; from perfgraph.conversion import convert\n"
        "from perfgraph.serialisation import Format\n"
        "c = convert(sys.argv[1])\n"
        "print(*(hashlib.sha256(c.write(f)).hexdigest() for f in Format))"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, str(seed)],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for hash_seed in ("0", "1", "4711")
    }
    assert len(digests) == 1


def test_permuted_rows_change_only_order_and_places(tmp_path: Path, seed: Path) -> None:
    text = seed.read_text("utf-8")
    first = "\t数量指标\n\t积分档案托管数量\n\t积分档案托管数量\n\t≥35000份"
    second = "\t数量指标\n\t经费保障业务人员人数\n\t经费保障业务人员人数\n\t≥7人"
    swapped = text.replace(first, "<1>").replace(second, first).replace("<1>", second)
    assert swapped != text
    file = tmp_path / seed.name
    file.write_text(swapped, "utf-8")

    def facts(conversion: Conversion) -> set[str]:
        graph = conversion.iris.graph
        quads = [quad for quad in conversion.quads() if quad.graph_name == graph]
        return {str(quad.triple) for quad in quads if not quad.predicate.value.endswith("#order")}

    assert facts(convert(file)) == facts(convert(seed))


def test_the_base_is_a_setting(seed: Path) -> None:
    base = "https://data.example.org/perf/"
    conversion = convert(seed, base=base)
    assert conversion.iris.node.value == f"{base}id/doc/{KEY}"
    for quad in conversion.quads():
        assert not str(quad.subject).startswith(f"<{DEFAULT_BASE}")


@pytest.mark.parametrize(
    "base", ["", "example", "https://e.org/x", "https://e.org/绩效/", "ftp://e/"]
)
def test_an_impossible_base_is_refused(seed: Path, base: str) -> None:
    with pytest.raises(BadBaseError):
        convert(seed, base=base)


def test_the_grid_holds_every_cell(conversion: Conversion, seed: Path) -> None:
    grid = json.loads(conversion.grid())
    assert grid["sha256"] == hashlib.sha256(seed.read_bytes()).hexdigest()
    assert grid["tables"][3]["rows"][2][2] == "222.00"
    assert sum(len(row) for table in grid["tables"] for row in table["rows"]) == 260


def test_the_word_file_states_the_same_facts_as_the_text(seed: Path) -> None:
    word = Path(__file__).parents[1] / "sources/fixtures/tianjin-353215-2025.libreoffice.docx"

    def facts(conversion: Conversion) -> set[str]:
        graph = conversion.iris.graph
        return {str(quad.triple) for quad in conversion.quads() if quad.graph_name == graph}

    assert facts(convert(word)) == facts(convert(seed))

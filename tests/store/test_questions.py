"""The shipped questions give the same answers on a server as on the embedded store.

They are asked of the real document, loaded, and of the made-up dataset, in which every question
finds something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple

from perfgraph.conversion import convert
from perfgraph.questions import Question, catalogue
from perfgraph.store import Store, Submission, open_store
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.protocol import Result
from perfgraph.store.updates import inserts, together
from tests.conftest import SEED
from tests.questions.question_data import SECOND
from tests.questions.question_graphs import stores
from tests.questions.test_answers import cell, cells
from tests.store.conftest import OTHERS
from tests.store.differences import difference, is_ordered_otherwise
from tests.store.servers import ENGINES, endpoint, temporary_folder

Ask = Callable[[Question], Result]


@pytest.fixture(scope="module", params=["oxigraph", *OTHERS])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of an engine."""
    return str(request.param)


@pytest.fixture(scope="module")
def submission() -> Submission:
    """The real document."""
    conversion = convert(SEED)
    return Submission(SEED.name, conversion.nquads(), conversion.grid())


def _asking(store: Store) -> Ask:
    return lambda one: store.query(one.query, history=one.dataset == "history")


@pytest.fixture(scope="module")
def seed(engine: str, submission: Submission) -> Iterator[tuple[Ask, Ask]]:
    """Asks the embedded store and the server about the real document."""
    with (
        ENGINES[engine]() as (main, history, _),
        temporary_folder() as folder,
        open_store(f"{folder}/store") as embedded,
        open_store(f"sparql+{main}?history={history}") as remote,
    ):
        assert isinstance(embedded, EmbeddedStore)
        for store in (embedded, remote):
            store.load([submission])
        yield _asking(embedded), _asking(remote)


@pytest.fixture(scope="module")
def second(engine: str) -> Iterator[tuple[Ask, Ask]]:
    """Asks pyoxigraph and the server about the made-up dataset.

    The server is a new one, for Virtuoso remembers texts of former graphs, and orders by age.
    """
    local = stores(SECOND)

    def expected(one: Question) -> Result:
        dataset = local[one.dataset == "history"]
        return dataset.query(one.query, use_default_graph_as_union=True)

    with ENGINES[engine]() as (main, history, _):
        for address, content in zip((main, history), local, strict=True):
            _write(content, address)
        with open_store(f"sparql+{main}?history={history}", read_only=True) as remote:
            yield expected, _asking(remote)


def _write(content: pyoxigraph.Store, address: str) -> None:
    """Copy a dataset to a server, always in the same order."""
    for graph in sorted(content.named_graphs(), key=str):
        assert isinstance(graph, NamedNode)
        quads = content.quads_for_pattern(None, None, None, graph)
        triples = sorted(str(quad.triple) for quad in quads)
        endpoint(address).update(together(inserts(triples, graph.value)))


def _triples(answer: Result) -> Counter[tuple[object, ...]]:
    assert not isinstance(answer, QuerySolutions | QueryBoolean)
    found: Counter[tuple[object, ...]] = Counter()
    for triple in answer:
        assert isinstance(triple, Triple)
        found[triple.subject, triple.predicate, cell(triple.object)] += 1
    return found


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.name)
@pytest.mark.parametrize("dataset", ["seed", "second"])
def test_a_server_answers_as_the_embedded_store_does(
    request: pytest.FixtureRequest, engine: str, dataset: str, one: Question
) -> None:
    reason = difference(engine, dataset, one)
    if reason is not None:
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    ask_here, ask_server = request.getfixturevalue(dataset)
    expected, found = ask_here(one), ask_server(one)
    if one.form != "table":
        assert _triples(found) == _triples(expected)
        return
    assert isinstance(expected, QuerySolutions)
    assert isinstance(found, QuerySolutions)
    assert [name.value for name in found.variables] == [name.value for name in expected.variables]
    here, there = cells(expected), cells(found)
    assert Counter(there) == Counter(here)
    assert (there == here) is not is_ordered_otherwise(engine, dataset, one)

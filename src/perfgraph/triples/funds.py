"""Amounts of money → triples: of a project or plan, and of the tasks of a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from perfgraph.iris import Minter, child
from perfgraph.model import Amount, FundingSource, Phase, Subject
from perfgraph.triples import evaluations, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import PG, RDF, code

_FLAT_AMOUNT = {"total": "budgetTotal", "fiscal": "budgetFiscal", "other": "budgetOther"}


def amounts(found: Iterable[Amount], node: NamedNode) -> Iterator[tuple[Amount, NamedNode]]:
    """Yield each amount with its IRI: ``#b-total``, ``#b-fiscal``, ``#b-total-executed``.

    That of an amount of another period than the fiscal year ends in it: ``#b-total-midterm``.
    """
    seen: Counter[str] = Counter()
    for amount in found:
        name = f"b-{amount.source or amount.expenditure or 'carried'}"
        if amount.phase is not Phase.APPROVED:
            name = f"{name}-{amount.phase}"
        if not amount.is_annual:
            name = f"{name}-{amount.period}"
        seen[name] += 1
        yield amount, child(node, name if seen[name] == 1 else f"{name}-{seen[name]}")


def of_subject(subject: Subject, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield the amounts of a project or plan, and those of its budget once more for queries."""
    stated: set[str] = set()
    for amount, amount_node in amounts(subject.amounts, node):
        yield node, PG.budgetAmount if amount.is_annual else PG.periodAmount, amount_node
        yield from _amount(amount, amount_node, minter)
        if amount.expenditure is not None:
            yield from _component(subject.amounts, amount, amount_node, node)
        term = _FLAT_AMOUNT.get(amount.source or "")
        is_stated = amount.phase is Phase.APPROVED and amount.is_annual
        if term is None or not is_stated or amount.yuan is None:
            continue
        if amount.level is not None and _is_one_of_several(amount, subject):
            continue  # what one level of government gives is not all fiscal money
        if term not in stated:  # the first is the year's; a second one is a part of it
            stated.add(term)
            yield node, getattr(PG, term), terms.decimal(amount.yuan)


def _is_one_of_several(amount: Amount, subject: Subject) -> bool:
    return any(
        other is not amount
        and other.level is not None
        and other.phase is amount.phase
        and other.is_annual
        for other in subject.amounts
    )


def of_task(found: Iterable[Amount], node: NamedNode, minter: Minter) -> Iterator[Triple]:
    """Yield the amounts of a task; it has no budget of its own."""
    for amount, amount_node in amounts(found, node):
        yield node, PG.budgetAmount, amount_node
        yield from _amount(amount, amount_node, minter)


def _component(
    beside: Iterable[Amount], part: Amount, part_node: NamedNode, node: NamedNode
) -> Iterator[Triple]:
    """Yield of which total a kind of expenditure is a part: that of its phase."""
    for amount, amount_node in amounts(beside, node):
        is_same = amount.phase is part.phase and amount.period is part.period
        if amount.source is FundingSource.TOTAL and is_same:
            yield part_node, PG.componentOf, amount_node
            return


def _amount(amount: Amount, node: NamedNode, minter: Minter) -> Iterator[Triple]:
    yield node, RDF.type, PG.BudgetAmount
    if amount.source is not None:
        yield node, PG.fundingSource, code("funding", amount.source)
    if amount.expenditure is not None:
        yield node, PG.expenditureKind, code("expenditure", amount.expenditure)
    yield node, PG.budgetPhase, code("phase", amount.phase)
    if amount.period is not None and not amount.is_annual:
        yield node, PG.amountPeriod, code("target-period", amount.period)
    if amount.level is not None:
        yield node, PG.governmentLevel, code("government-level", amount.level)
    yield node, PG.fundingText, terms.string(amount.label)
    yield node, PG.rawText, terms.string(amount.cell.text)
    if amount.yuan is not None:
        yield node, PG.amount, terms.decimal(amount.yuan)
    if amount.unit is not None:
        yield node, PG.unit, minter.measure(amount.unit)
    if amount.note is not None:
        yield node, PG.parseNote, terms.string(amount.note.zh)
    if amount.carried_over:
        yield node, PG.carriedOver, terms.boolean(True)
    if amount.exhaustive is not None:
        yield node, PG.componentsExhaustive, terms.boolean(amount.exhaustive)
    yield from evaluations.execution(amount, node)

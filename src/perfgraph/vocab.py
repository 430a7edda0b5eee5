"""The names of the graph as closed namespaces: an unknown term fails when it is looked up.

Terms are those that ``ontology/`` declares; a test compares both sides. Data IRIs: see ``iris``.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import NamedNode

ONTOLOGY = "https://w3id.org/perfgraph/ontology#"
CODE = "https://w3id.org/perfgraph/code/"
SHAPE = "https://w3id.org/perfgraph/shape#"
DEFAULT_BASE = "https://w3id.org/perfgraph/"


class Namespace:
    """A namespace with a fixed set of terms.

    >>> Namespace("http://example.org/", "a b").a
    <NamedNode value=http://example.org/a>
    """

    def __init__(self, prefix: str, terms: str) -> None:
        self.prefix = prefix
        self.terms = frozenset(terms.split())

    def __getattr__(self, term: str) -> NamedNode:
        if term not in self.terms:
            raise AttributeError(f"{self.prefix} has no term {term!r}")
        node = NamedNode(self.prefix + term)
        setattr(self, term, node)
        return node


@lru_cache(maxsize=1024)
def code(scheme: str, token: str) -> NamedNode:
    """Return the IRI of a code: ``code("comparator", "ge")``."""
    return NamedNode(f"{CODE}{scheme}#{token}")


RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#", "label")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#", "string integer decimal boolean date dateTime")
PROV = Namespace(
    "http://www.w3.org/ns/prov#",
    "Activity Entity SoftwareAgent used value wasAssociatedWith wasDerivedFrom wasGeneratedBy",
)
DCTERMS = Namespace(
    "http://purl.org/dc/terms/", "dateAccepted identifier isPartOf issued publisher"
)
ORG = Namespace("http://www.w3.org/ns/org#", "Organization")
PG = Namespace(
    ONTOLOGY,
    # classes
    "BudgetAmount BudgetUnit DepartmentPlan Goal GradeThreshold Indicator Jurisdiction Project "
    "RegionalPlan SelfEvaluation SourceCell SourceColumn SourceDocument TargetTable TargetValue "
    "ActualValue Authority ForecastValue Task Unit "
    # project, unit, region
    "budgetUnit codeEvidence fiscalYear fundsUse indicatorProfile jurisdiction order projectCode "
    "projectName regionCode regionEvidence unitCode unitName yearEvidence "
    "department programmeName periodText periodEnd periodStart projectAttribute "
    # plans of departments and regions
    "authority authorityLabel authorityText dutyText governmentLevel planCode planName task "
    "taskContent taskName "
    # the reading itself
    "confidence "
    # funds
    "amount budgetAmount budgetFiscal budgetOther budgetPhase budgetTotal fundingSource "
    "fundingText carriedOver componentOf componentsExhaustive executionRate executionScore "
    "executionWeight expenditureKind amountPeriod periodAmount "
    # goals, indicators
    "dimension goal goalText indicator indicatorDescription indicatorName level1 level1Text level2 "
    "level2Text levelEvidence target "
    "goalPeriod level1Weight level2Weight natureText polarity polarityExplicit remark standardText "
    "targetPeriod weight "
    # self-evaluation
    "actual againstText deviationReason evaluates evaluationGrade goalAchievement score totalScore "
    "isCore revisedGoal revisedTarget scoreCoefficient "
    # monitoring
    "forecast interim "
    # values
    "approximate booleanValue comparator comparatorExplicit datePrecision endDate grade lowerBound "
    "lowerInclusive normalizedUnit normalizedValue numericValue parseNote rawText relativeTo "
    "repairNote repaired startDate threshold trend unit unitSource upperBound upperInclusive "
    "placeText valueKind "
    # units of measure
    "baseUnit factorToBase numeratorUnit perPeriod perUnit quantityKind symbol "
    # provenance
    "cellRole column columnIndex describedBy documentRole fileName headingText inDocument "
    "moneyUnit pageNumber rowIndex sha256 sheetName supersedes tableIndex unusedCell",
)

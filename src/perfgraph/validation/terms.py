"""The RDF names that validation reads, as rdflib terms; nothing is computed here."""

from __future__ import annotations

from rdflib import Namespace

from perfgraph.vocab import CODE, ONTOLOGY, SHAPE

PG = Namespace(ONTOLOGY)
PGS = Namespace(SHAPE)
PGF = Namespace(CODE + "funding#")
SUBJECTS = (PG.Project, PG.DepartmentPlan, PG.RegionalPlan)
"""What a form may be about."""

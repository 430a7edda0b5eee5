"""The RDF names that validation reads beside those of the vocabulary; nothing is computed here."""

from __future__ import annotations

from pyoxigraph import NamedNode

from perfgraph.vocab import ONTOLOGY, PG, code

FIX = NamedNode(f"{ONTOLOGY}fix")
ACROSS_DOCUMENTS = NamedNode(f"{ONTOLOGY}acrossDocuments")
PREF_LABEL = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
DCTERMS_IDENTIFIER = NamedNode("http://purl.org/dc/terms/identifier")
OWL_ONTOLOGY = NamedNode("http://www.w3.org/2002/07/owl#Ontology")
OWL_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")
TOTAL, FISCAL, OTHER = (code("funding", name) for name in ("total", "fiscal", "other"))
SUBJECTS = (PG.Project, PG.DepartmentPlan, PG.RegionalPlan)
"""What a form may be about."""

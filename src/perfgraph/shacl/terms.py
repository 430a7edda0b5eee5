"""The SHACL names that the compiler reads and writes; nothing is computed here."""

from __future__ import annotations

from pyoxigraph import NamedNode

SH = "http://www.w3.org/ns/shacl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
SUBCLASS_OF = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
RDFS_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#Class")
OWL_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")


def sh(name: str) -> NamedNode:
    """Return a term of the SHACL vocabulary.

    >>> sh("minCount")
    <NamedNode value=http://www.w3.org/ns/shacl#minCount>
    """
    return NamedNode(SH + name)


def component(parameter: str) -> NamedNode:
    """Return the constraint component that a parameter belongs to.

    >>> component("minCount").value, component("in").value
    ('http://www.w3.org/ns/shacl#MinCountConstraintComponent', \
'http://www.w3.org/ns/shacl#InConstraintComponent')
    """
    if parameter == "sparql":
        return sh("SPARQLConstraintComponent")
    return sh(f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent")

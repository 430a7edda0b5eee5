"""``perfgraph serve``: a store, or source files, behind a SPARQL endpoint."""

"""perfgraph: Chinese budget performance-target tables as a linked-data knowledge graph."""

__version__ = "0.1.0"

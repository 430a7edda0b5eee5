"""``python -m perfgraph``: the command line."""

from __future__ import annotations

from perfgraph.cli import main

main()

"""Validation report → every form that people and programs read. Nothing is judged here."""

from __future__ import annotations

from perfgraph.reports.forms import SUFFIXES, ReportForm, render
from perfgraph.reports.report_json import to_json
from perfgraph.reports.report_text import to_text

__all__ = ["SUFFIXES", "ReportForm", "render", "to_json", "to_text"]

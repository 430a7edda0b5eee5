"""Competency questions as query files with parameters, and answers as tables and files.

It asks no store itself: ``Question.bind`` gives the query text; ``write_result`` and
``print_result`` take the answer.
"""

from __future__ import annotations

from perfgraph.questions.catalogue import catalogue, question
from perfgraph.questions.question import Parameter, Question, read_question
from perfgraph.questions.results import ResultFormat, print_result, write_result
from perfgraph.questions.terms import Datatype

__all__ = [
    "Datatype",
    "Parameter",
    "Question",
    "ResultFormat",
    "catalogue",
    "print_result",
    "question",
    "read_question",
    "write_result",
]

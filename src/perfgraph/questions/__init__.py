"""Competency questions as query files with parameters, and answers as tables and files.

It asks no store itself: ``Question.bind`` gives the query text, ``write`` takes the answer.
"""

from __future__ import annotations

from perfgraph.questions.catalogue import catalogue, question
from perfgraph.questions.question import Parameter, Question, read_question
from perfgraph.questions.terms import Datatype

__all__ = [
    "Datatype",
    "Parameter",
    "Question",
    "catalogue",
    "question",
    "read_question",
]

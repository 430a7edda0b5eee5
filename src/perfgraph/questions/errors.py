"""What can go wrong with a question: its name, its parameters, its file, its output format."""

from __future__ import annotations

from perfgraph.errors import QueryError


class UnknownQuestionError(QueryError):
    """No question of the catalogue has this name or number."""

    code = "PG411"


class UnknownParameterError(QueryError):
    """The question has no parameter of this name."""

    code = "PG412"


class ParameterValueError(QueryError):
    """The text given for a parameter is not a value of its type."""

    code = "PG413"


class QuestionFileError(QueryError):
    """The comment lines at the top of a query file, or its VALUES lines, are wrong."""

    code = "PG414"


class ResultFormatError(QueryError):
    """The answer cannot be written in the wanted format."""

    code = "PG415"

"""Routes of the pages for people: the start page, and one page for every question."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request

from perfgraph.questions import Parameter, Question, catalogue, question
from perfgraph.questions.errors import ParameterValueError
from perfgraph.text import Text
from perfgraph.web.answers import limits, not_acceptable, response_to, rows_of
from perfgraph.web.asking import Ask, Rows
from perfgraph.web.formats import GRAPHS, HTML, RESULTS, Format
from perfgraph.web.guard import check
from perfgraph.web.language import page_language
from perfgraph.web.negotiation import negotiate
from perfgraph.web.problems import status_of
from perfgraph.web.summary import Summaries

blueprint = Blueprint("pages", __name__)

AUDIENCES = {
    "analyst": Text(zh="查阅与分析", en="Look up and analyse"),
    "reviewer": Text(zh="审核与核对", en="Review and check"),
    "publisher": Text(zh="发布与来源", en="Publish and trace"),
}
OTHERS = Text(zh="其他", en="More")


@blueprint.get("/")
def start() -> Response:
    """Show what is in the dataset and what can be asked."""
    summaries = current_app.extensions["perfgraph.summaries"]
    assert isinstance(summaries, Summaries)
    return make_response(
        render_template("start.html", summary=summaries.current(rows_of), groups=_groups())
    )


@blueprint.get("/questions/<name>")
def ask(name: str) -> Response:
    """Answer one question of the catalogue: as a page, or in a format for programs."""
    asked = question(name)
    values = {one.name: request.args.get(one.name, _default(one)) for one in asked.parameters}
    offers = GRAPHS if check(asked.query, limits()).is_graph else RESULTS
    form = negotiate(
        request.headers.get("Accept"), (HTML, *offers[:-1]), wanted=request.args.get("format")
    )
    if form is None:
        raise not_acceptable(offers)
    history = asked.dataset == "history"
    try:
        text = asked.bind(values)
    except ParameterValueError as error:
        if form is not HTML:
            raise
        return make_response(_page(asked, values, error=error.message), status_of(error))
    if form is not HTML:
        return response_to(Ask(text, format=form.name, history=history), form)
    rows, _ = rows_of(text, history=history)
    formats = [one for one in offers if one is not HTML]
    return make_response(_page(asked, values, text=text, rows=rows, formats=formats))


def _page(
    asked: Question,
    values: dict[str, str],
    *,
    text: str | None = None,
    rows: Rows | None = None,
    formats: list[Format] | None = None,
    error: Text | None = None,
) -> str:
    return render_template(
        "question.html",
        question=asked,
        values=values,
        text=text or asked.query,
        rows=rows,
        formats=formats or [],
        error=error,
    )


def _default(parameter: Parameter) -> str:
    """Return what a field holds at first: labels come in the language of the page."""
    language = page_language()
    if set(parameter.choices) == {"zh", "en"}:
        return language
    return parameter.default or ""


def _groups() -> list[tuple[Text, list[Question]]]:
    """Return the questions by whom they are for, in the order of the catalogue."""
    groups: dict[str, list[Question]] = {audience: [] for audience in (*AUDIENCES, "")}
    for one in catalogue():
        groups[one.audience if one.audience in AUDIENCES else ""].append(one)
    return [(AUDIENCES.get(name, OTHERS), asked) for name, asked in groups.items() if asked]

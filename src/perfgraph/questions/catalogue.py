"""The questions that ship with perfgraph, in order, and how a user may name one of them."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from pathlib import Path

from perfgraph.questions.errors import UnknownQuestionError
from perfgraph.questions.question import Question, read_question
from perfgraph.text import Text

FOLDER = Path(__file__).resolve().parent / "rq"


@lru_cache(maxsize=1)
def catalogue() -> tuple[Question, ...]:
    """Return the questions that ship with perfgraph, in the order of their numbers."""
    questions = (
        read_question(path.read_text(encoding="utf-8"), name=path.stem)
        for path in FOLDER.glob("*.rq")
    )
    return tuple(sorted(questions, key=lambda question: (question.number or 0, question.name)))


def question(name: str) -> Question:
    """Return the question called ``name``.

    A question goes by its name, its number, or both.

    >>> {question(name).name for name in ("goals", "3", "03", "03_goals", "goals.rq")}
    {'goals'}

    Raises:
        UnknownQuestionError: no question is called so; the message names the nearest ones.
    """
    wanted = name.strip().removesuffix(".rq")
    for one in catalogue():
        number = re.escape(str(one.number))
        if wanted == one.name or re.fullmatch(rf"0*{number}([_-]{re.escape(one.name)})?", wanted):
            return one
    raise _unknown(wanted)


def _unknown(name: str) -> UnknownQuestionError:
    names = [one.name for one in catalogue()]
    near = difflib.get_close_matches(re.sub(r"^\d+[_-]", "", name), names, n=3, cutoff=0.4)
    advice = Text(
        zh=f"可按编号或名称查询，编号为 1 至 {len(names)}",
        en=f"A question goes by its name or by its number, 1 to {len(names)}",
    )
    if near:
        advice = Text(zh=f"是否指：{'、'.join(near)}？", en=f"Did you mean: {', '.join(near)}?")
    return UnknownQuestionError(
        Text(zh=f"没有名为“{name[:60]}”的查询", en=f"no question is called '{name[:60]}'"),
        advice=advice,
    )

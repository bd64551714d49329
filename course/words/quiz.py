"""A quiz as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Quiz, QuizAnswer
from course.activities.quiz import Question, QuestionVerdict
from course.language import Language, say
from course.words.common import BLANK, maybe


def body(activity: Quiz, answer: QuizAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    verdicts = {verdict.id: verdict for verdict in activity.feedback(answer) or ()}
    for number, question in enumerate(activity.questions, start=1):
        yield f"{number}. {question.text.of(language)}"
        yield from _question(question, answer, verdicts.get(question.id), language)


def _question(question: Question, answer: QuizAnswer, verdict: QuestionVerdict | None, language: Language) -> Iterator[str]:
    if question.form == "numeric":
        unit = f" {question.unit.of(language)}" if question.unit else ""
        yield f"   {answer.typed.get(question.id, '').strip() or BLANK}{unit}"
    chosen = answer.chosen.get(question.id, [])
    for option in question.options:
        why = f" — {option.why.of(language)}" if verdict and option.why else ""
        yield f"   {'(x)' if option.id in chosen else '( )'} {option.text.of(language)}{why}"
    if verdict:
        yield f"   {say(language, 'quiz.right' if verdict.right else 'quiz.wrong')}"
        yield from (f"   {line}" for line in maybe(verdict.why, language))

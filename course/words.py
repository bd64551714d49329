"""An activity and its answer as plain text: what a print-out, GitHub, the formgrader and a screen without widgets show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from course.activities import Activity, Figure, Quiz, QuizAnswer, Ranking, RankingAnswer, Scale, ScaleAnswer, Writing, WritingAnswer
from course.activities.quiz import Question, QuestionVerdict
from course.activities.ranking import RankingFeedback, RankingNotes
from course.activities.scale import Completion
from course.language import Language, Text, say

BLANK = "–"


def summary(activity: Activity, answer: Any, language: Language) -> str:
    """The activity with the answer written into it, line by line."""
    lines = [f"【{activity.title.of(language)}】" if language == "zh" else activity.title.of(language).upper()]
    lines += [activity.intro.of(language)]
    lines += _BODIES[type(activity)](activity, answer, language)
    return "\n".join(lines)


def completion(activity: Scale, answer: Completion, language: Language) -> str:
    """What an exercise says of a self-rating: that it is done, and the ratings only where the learner shares them."""
    lines = [activity.title.of(language), say(language, "scale.completed" if answer.completed else "scale.not_completed")]
    if answer.ratings is not None:
        lines += [say(language, "scale.shared"), *_scale(activity, ScaleAnswer(ratings=answer.ratings), language)]
    return "\n".join(lines)


def line(activity: Scale, number: int, language: Language) -> str:
    """The short name of one line of a scale: its statement, or its left pole."""
    item = activity.items[number]
    text = item.statement or item.left
    return text.of(language) if text else ""


def poles(activity: Scale, number: int, language: Language) -> str:
    """What one line of a scale says: its statement, or its two poles with the values that they stand for."""
    item = activity.items[number]
    if item.left is None or item.right is None:
        return item.statement.of(language) if item.statement else ""
    first, last = activity.values[0], activity.values[-1]
    return say(language, "scale.poles", left=item.left.of(language), right=item.right.of(language), first=first, last=last)


def _scale(activity: Scale, answer: ScaleAnswer, language: Language) -> Iterator[str]:
    if activity.anchors:
        first, last = activity.values[0], activity.values[-1]
        yield f"{first} = {activity.anchors.first.of(language)} … {last} = {activity.anchors.last.of(language)}"
    for number, item in enumerate(activity.items):
        yield f"{number + 1}. {poles(activity, number, language)}: {answer.ratings.get(item.id, BLANK)}"
    result = activity.feedback(answer)
    if result is None:
        yield say(language, "scale.open", n=len(activity.open_items(answer)))
        return
    yield f"{say(language, 'scale.total')}: {result.total} ({say(language, 'scale.out_of', lowest=result.lowest, highest=result.highest)})"
    for group in result.groups:
        yield f"{group.title.of(language)}: {say(language, 'scale.mean', mean=group.mean)}"
    if result.band:
        yield f"{say(language, 'scale.band')}: {result.band.title.of(language)}. {result.band.advice.of(language)}"
    if result.near:
        yield say(language, "scale.near", band=result.near.title.of(language))
    yield from _maybe(activity.note, language)


def _ranking(activity: Ranking, answer: RankingAnswer, language: Language) -> Iterator[str]:
    yield from _maybe(activity.case, language)
    texts = {item.id: item.text.of(language) for item in activity.items}
    if not answer.order:
        yield say(language, "ranking.untouched")
    if activity.tag:
        yield activity.tag.of(language)
    for place, item in enumerate(answer.order or activity.ids, start=1):
        number = f"{place}." if answer.order else "·"
        yield f"{number} {texts[item]}{_tag(activity, answer.tags.get(item), language)}"
    result = activity.feedback(answer)
    if isinstance(result, RankingNotes):
        yield say(language, "ranking.notes")
        yield from (f"- {item.text.of(language)}: {item.note.of(language)}" for item in result.first if item.note)
    if isinstance(result, RankingFeedback):
        yield say(language, "ranking.agreeing", pairs=result.pairs, agreeing=result.agreeing)
        for pair in result.turned:
            lower = say(language, "ranking.between").join(text.of(language) for text in pair.lower)
            order = say(language, "ranking.above", higher=pair.higher.of(language), lower=lower)
            yield f"- {order}: {pair.why.of(language)}"


def _tag(activity: Ranking, tag: bool | None, language: Language) -> str:
    if activity.tag is None:
        return ""
    name = "untagged" if tag is None else "can" if tag else "cannot"
    return f" [{say(language, f'ranking.{name}')}]"


def _quiz(activity: Quiz, answer: QuizAnswer, language: Language) -> Iterator[str]:
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
        yield from (f"   {line}" for line in _maybe(verdict.why, language))


def _writing(activity: Writing, answer: WritingAnswer, language: Language) -> Iterator[str]:
    yield from _maybe(activity.case, language)
    for field in activity.fields:
        yield field.prompt.of(language)
        text = answer.texts.get(field.id, "").strip()
        yield "\n".join(f"   {line}" for line in (text or BLANK).splitlines())


def _figure(activity: Figure, _: Any, language: Language) -> Iterator[str]:
    yield from table(activity, language)
    yield activity.caption.of(language)
    yield f"{say(language, 'figure.source')}: {activity.source.of(language)}"


def table(activity: Figure, language: Language) -> list[str]:
    """The numbers of a figure, one line a category."""
    lines = [f"{activity.category_axis.of(language)} | {activity.value_axis.of(language)}"]
    for number, category in enumerate(activity.categories):
        values = ", ".join(f"{series.name.of(language)} {series.values[number]:g}" for series in activity.series)
        lines.append(f"{category.of(language)} | {values}")
    return lines


def figure_markdown(activity: Figure, language: Language) -> str:
    """What stands under a chart: what to see in it, its numbers as a table, its source."""
    names = [series.name.of(language) for series in activity.series]
    rows = [
        [category.of(language), *(f"{series.values[n]:g}" for series in activity.series)] for n, category in enumerate(activity.categories)
    ]
    lines = [activity.caption.of(language), ""]
    lines += [_row([activity.category_axis.of(language), *names]), "|---" + "|--:" * len(names) + "|", *map(_row, rows)]
    lines += ["", f"*{activity.value_axis.of(language)}*", "", f"{say(language, 'figure.source')}: {activity.source.of(language)}"]
    return "\n".join(lines).replace("$", "\\$")  # two dollar signs would make a formula of what stands between them


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _maybe(text: Text | None, language: Language) -> Iterator[str]:
    if text is not None:
        yield text.of(language)


_BODIES: dict[type[Activity], Callable[[Any, Any, Language], Any]] = {
    Scale: _scale,
    Ranking: _ranking,
    Quiz: _quiz,
    Writing: _writing,
    Figure: _figure,
}

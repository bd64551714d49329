"""An observer's sheets as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from course.activities import Rubric, RubricAnswer
from course.activities.rubric import RubricFeedback, SheetTotal
from course.activities.rubric_comparison import Comparison, ItemComparison, Sheet, Voice
from course.language import Language, say
from course.words.common import BLANK, maybe


@dataclass(frozen=True)
class Row:
    """One item of a comparison in words; ``talk`` where the difference is worth talking about."""

    text: str
    grades: str
    verdict: str
    talk: bool


def body(activity: Rubric, answer: RubricAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro: the items, every sheet, and the sheets side by side."""
    yield from maybe(activity.case, language)
    yield from (level(activity, grade, language) for grade, word in enumerate(activity.grades.words, start=1) if word)
    for number, item in enumerate(activity.items, start=1):
        yield f"{number}. {item.text.of(language)}"
        yield from (f"   {line}" for line in maybe(item.hint, language))
    result = activity.feedback(answer)
    totals = {total.id: total for total in result.sheets} if result else {}
    for number, (name, sheet) in enumerate(answer.sheets.items(), start=1):
        yield heading(sheet, number, language)
        yield from (f"   {line}" for line in _sheet(activity, sheet, totals.get(name), language))
    if not answer.sheets:
        yield say(language, "rubric.none")
    if result:
        yield from _comparison(result, language)
        yield from maybe(result.note, language)


def level(activity: Rubric, grade: int, language: Language) -> str:
    """A grade with its words, where it has any."""
    word = activity.grades.words[grade - 1]
    return say(language, "rubric.level", grade=grade, word=word.of(language)) if word else say(language, "rubric.plain_level", grade=grade)


def heading(sheet: Sheet, number: int, language: Language) -> str:
    """Which sheet this is: its number, who observes and who is observed, as far as they say."""
    parts = [say(language, "rubric.sheet", n=number)]
    if sheet.rater == "self":
        parts.append(say(language, "rubric.self"))
    else:
        parts.append(say(language, "rubric.observer", who=" ".join([say(language, f"rubric.{sheet.rater}"), *sheet.by.split()])))
        if of := " ".join(sheet.of.split()):
            parts.append(say(language, "rubric.observed", who=of))
    return " · ".join(parts)


def _sheet(activity: Rubric, sheet: Sheet, total: SheetTotal | None, language: Language) -> Iterator[str]:
    for number, item in enumerate(activity.items, start=1):
        grade = sheet.grades.get(item.id)
        yield f"{number}. {item.text.of(language)}: {level(activity, grade, language) if grade else BLANK}"
    if total is None:
        yield say(language, "rubric.to_go", n=len(activity.missing(sheet)))
    else:
        for group in total.groups:
            yield say(language, "rubric.group_total", title=group.title.of(language), points=f"{group.points:g}", out_of=group.out_of)
        yield say(language, "rubric.total", points=f"{total.points:g}", out_of=total.out_of)
    if remark := sheet.remark.strip():
        yield say(language, "rubric.remark")
        yield from (f"   {line}" for line in remark.splitlines())


def _comparison(result: RubricFeedback, language: Language) -> Iterator[str]:
    if result.comparison:
        yield say(language, "rubric.comparison")
        yield agreement(result.comparison, language)
        yield from (f"   {row.text}: {row.grades} · {row.verdict}" for row in rows(result.comparison, language))
    if result.left_out:
        yield say(language, "rubric.left_out", n=result.left_out)


def agreement(comparison: Comparison, language: Language) -> str:
    """In one sentence on how many items the grades agree, and on how many there is something to talk about."""
    items = comparison.items
    counts = {
        "same": sum(item.difference == 0 for item in items),
        "near": sum(item.difference > 0 and not item.talk for item in items),
        "talk": sum(item.talk for item in items),
    }
    if counts["same"] == len(items):
        return say(language, "rubric.agree_all", all=len(items))
    parts = [say(language, f"rubric.agree_{name}", n=n) for name, n in counts.items() if n]
    return say(language, "rubric.agree", all=len(items), parts=say(language, "rubric.between").join(parts))


def rows(comparison: Comparison, language: Language) -> list[Row]:
    """Each item of a comparison in words, the largest difference first."""
    voices = [voice(one, language) for one in comparison.voices]
    return [_row(item, voices, language) for item in comparison.items]


def _row(item: ItemComparison, voices: list[str], language: Language) -> Row:
    said = [say(language, "rubric.grade_of", who=who, grade=f"{grade:g}") for who, grade in zip(voices, item.grades, strict=True)]
    verdict = "talk" if item.talk else "near" if item.difference else "same"
    return Row(
        f"{item.number}. {item.text.of(language)}",
        say(language, "rubric.between").join(said),
        say(language, f"rubric.{verdict}", n=f"{item.difference:g}"),
        item.talk,
    )


def voice(one: Voice, language: Language) -> str:
    """Whose grades these are: "you", "colleague LM", "mean of the others (3 sheets)"."""
    name = " ".join([say(language, f"rubric.voice_{one.kind}", n=one.n), *one.by.split()])
    return name + (say(language, "rubric.voice_number", n=one.number) if one.number else "")

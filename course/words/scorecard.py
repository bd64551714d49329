"""A scorecard as plain text, row by row; and the words that its table uses."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Scorecard, ScorecardAnswer
from course.activities.scorecard import RowVerdict
from course.activities.scorecard_cells import Column
from course.activities.scorecard_curve import Curve, Moment
from course.language import Language, Text, say
from course.words.common import BLANK, maybe


def signed(value: int) -> str:
    """A number with a real minus sign, and a plus where it is above 0."""
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def number(column: Column, value: int) -> str:
    """A number as a column shows it: with its sign where the column goes below 0."""
    return signed(value) if column.lowest is not None and column.lowest < 0 else str(value)


def heading(column: Column, language: Language) -> str:
    """The head of a column, with its unit and range, and whether it may stay empty."""
    more = [*maybe(column.unit, language), *([span(column, language)] if column.type == "number" else [])]
    more += [] if column.required else [say(language, "scorecard.optional")]
    title = column.title.of(language)
    return say(language, "scorecard.heading", title=title, more=say(language, "scorecard.between").join(more)) if more else title


def span(column: Column, language: Language) -> str:
    """From where to where a number may go."""
    lowest, highest = (number(column, end) for end in (column.lowest or 0, column.highest or 0))
    return say(language, "scorecard.range", lowest=lowest, highest=highest)


def row_name(activity: Scorecard, place: int, language: Language) -> str:
    """What a row is called: ``moment 3``."""
    return say(language, "scorecard.row", what=activity.row_name.of(language), n=place)


def row_title(activity: Scorecard, language: Language) -> str:
    """What one row is, as it begins a line."""
    name = activity.row_name.of(language)
    return name[:1].upper() + name[1:]


def moment_name(activity: Scorecard, moment: Moment, language: Language) -> str:
    """What a point of the curve is called: its label on one line, else its row's name."""
    label = moment.label.of(language) if isinstance(moment.label, Text) else moment.label
    return " ".join(label.split()) or row_name(activity, moment.number, language)


def body(activity: Scorecard, answer: ScorecardAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    yield from maybe(activity.case, language)
    if not activity.brainstorm:
        yield from _columns(activity, language)
    verdicts = {verdict.id: verdict for verdict in activity.verdicts(answer)}
    rows = activity.row_ids(answer)
    for place, row in enumerate(rows, start=1):
        yield from _row(activity, answer, row, place, verdicts.get(row), language)
    counting = sum(verdict.counts for verdict in verdicts.values())
    if activity.fixed:
        yield say(language, "view.progress", done=counting, all=activity.least)
    elif activity.brainstorm:
        yield say(language, "scorecard.ideas", n=counting)
    else:
        yield say(language, "scorecard.counting", n=counting, least=activity.least)
    if curve := activity.journey(answer):
        yield from _curve(activity, curve, language)
    if answer.asked and activity.sample:
        yield say(language, "scorecard.sample")
        yield activity.sample.of(language)


def _columns(activity: Scorecard, language: Language) -> Iterator[str]:
    """What goes into each column."""
    for column in activity.columns:
        options = " / ".join(option.text.of(language) for option in column.options)
        yield f"· {': '.join([heading(column, language), *([options] if options else []), *maybe(column.help, language)])}"


def _row(
    activity: Scorecard, answer: ScorecardAnswer, row: str, place: int, verdict: RowVerdict | None, language: Language
) -> Iterator[str]:
    cells = [(column, cell(column, activity.shown(answer, row, column.id), language)) for column in activity.columns]
    if activity.brainstorm:
        yield f"{place}. {cells[0][1] or BLANK}"
        return
    seeded = verdict is None and any(text for _, text in cells)
    note = f" [{say(language, 'scorecard.untouched')}]" if seeded and not activity.fixed else ""
    yield f"{place}. {row_title(activity, language)}{note}"
    for column, text in cells:
        yield "\n".join(f"   {line}" for line in f"{column.title.of(language)}: {text or BLANK}".splitlines())


def cell(column: Column, value: Text | str, language: Language) -> str:
    """What stands in a cell; a choice in words, and what cannot be read as it was typed."""
    text = (value.of(language) if isinstance(value, Text) else value).strip()
    if column.type == "choice":
        return next((option.text.of(language) for option in column.options if option.id == text), text)
    value_read = column.number(text) if column.type == "number" else None
    return text if value_read is None else number(column, value_read)


def _curve(activity: Scorecard, curve: Curve, language: Language) -> Iterator[str]:
    """The curve in words: peak, end, and what is worth mending first."""
    threshold = signed(activity.curve.threshold if activity.curve else 0)

    def point(moment: Moment) -> str:
        name = moment_name(activity, moment, language)
        return say(language, "scorecard.moment", n=moment.number, label=name, value=signed(moment.value))

    yield say(language, "scorecard.peak", moment=point(curve.peak)) if curve.peak else say(language, "scorecard.no_peak")
    yield say(language, "scorecard.end", moment=point(curve.end))
    if not curve.low:
        yield say(language, "scorecard.none_low", threshold=threshold)
        return
    yield say(language, "scorecard.low", threshold=threshold)
    yield from (f"- {point(moment)}" for moment in curve.low)

"""What is printed: the prose of notebooks, and in the place of their cells the activities with the learner's answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import catalog, charts, handin, words
from course.activities import Activity, Answer, Figure, Scale
from course.calls import calls, first_argument
from course.context import Context
from course.drawer import CollectionDrawer, Found, SelfRatingDrawer, drawer_for
from course.errors import ContentError, LearnerError
from course.language import Language, explain, say

_EXERCISE = re.compile(r"(?:.*/)?exercises/(m\d\d)(?:/exercise\.ipynb)?/?")
_LESSON = re.compile(r"(?:.*/)?(m\d\d)(?:_\w+)?(?:\.ipynb)?")
_NOT_PRINTED = {"audience", "hint"}
"""Marks of cells that are for trainers, or only say how to run the notebook."""
_FOR_TRAINERS = re.compile(r"<details>.*?(</details>|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Prose:
    """A Markdown cell."""

    markdown: str


@dataclass(frozen=True)
class Shown:
    """An activity in words: lines as ``course.words`` writes them, Markdown under a figure, plotly's mimebundle of its chart."""

    title: str
    intro: str
    lines: tuple[str, ...] = ()
    markdown: str = ""
    chart: dict[str, Any] | None = None


@dataclass(frozen=True)
class Printout:
    """One document: a name for its file, a title, and its notebooks, each a list of blocks."""

    name: str
    title: str
    notebooks: tuple[tuple[Prose | Shown, ...], ...]


def read(folder: Path, what: str, language: Language) -> Printout:
    """Read what is to be printed out of a learner's folder. Nothing is changed. Raises LearnerError."""
    what = what.replace("\\", "/")
    if what == "all":
        found = [_lesson(folder, module.id, language) for module in catalog.modules()]
        found += [_exercise(folder, module.id) for module in catalog.modules()]
        paths = sorted((path for path in found if path), key=_module_of)
        name, title = "all", say(language, "printing.all")
    elif match := _EXERCISE.fullmatch(what):
        paths = [path] if (path := _exercise(folder, match[1])) else []
        name, title = f"{match[1]}-exercise", say(language, "printing.exercise", module=match[1].upper())
    elif match := _LESSON.fullmatch(what):
        paths = [path] if (path := _lesson(folder, match[1], language)) else []
        name, title = match[1], f"{match[1].upper()} {_title(match[1], language)}"
    else:
        paths, name, title = [], "", ""
    if not paths:
        raise LearnerError("print_unknown", what=what[:80])
    return Printout(name, title, tuple(tuple(_blocks(path, folder, language)) for path in paths))


def _lesson(folder: Path, module: str, language: Language) -> Path | None:
    return next(iter(sorted((folder / "lessons" / language).glob(f"{module}_*.ipynb"))), None)


def _exercise(folder: Path, module: str) -> Path | None:
    path = folder / "exercises" / module / "exercise.ipynb"
    return path if path.is_file() else None


def _module_of(path: Path) -> str:
    return path.parent.name if path.parent.parent.name == "exercises" else path.name[:3]


def _title(module: str, language: Language) -> str:
    return catalog.module(module).title.of(language)


def _blocks(notebook: Path, folder: Path, language: Language) -> list[Prose | Shown]:
    """The cells of a notebook as blocks: no code, and nothing that is for trainers. Raises LearnerError."""
    context = Context(notebook.parent, folder)
    blocks: list[Prose | Shown] = []
    try:
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                blocks += [_shown(first_argument(call), context, language) for call in calls(source, "show")]
                blocks += [_still_open(context, language) for _ in calls(source, "check")]
            elif cell["cell_type"] == "markdown" and not _NOT_PRINTED & cell["metadata"].get("course", {}).keys():
                blocks.append(Prose(_FOR_TRAINERS.sub("", source)))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError):
        raise LearnerError("print_broken", file=notebook) from None
    return blocks


def _shown(activity_id: str, context: Context, language: Language) -> Shown:
    """One activity with what is answered. What is wrong with it is told in its place, as in a notebook."""
    try:
        activity = catalog.activity(activity_id)
        title, intro = activity.title.of(language), activity.intro.of(language)
        if isinstance(activity, Figure):
            chart = charts.chart(activity, Answer(), language)
            return Shown(title, intro, markdown=words.figure.markdown(activity, language), chart=chart)
        lines, chart = _answered(activity, context, language)
        return Shown(title, intro, tuple(lines), chart=chart)
    except LearnerError as error:
        return Shown(activity_id, explain(error, language))
    except ContentError as error:
        return Shown(activity_id, say(language, "errors.broken_content", reason=error))


def _still_open(context: Context, language: Language) -> Shown:
    """What the cell of ``check()`` shows: the parts of the exercise that are not finished."""
    try:
        return Shown("", "", tuple(handin.words.still_open(handin.state(context.folder, context.here.name), language)))
    except LearnerError as error:
        return Shown("", "", (explain(error, language),))


def _answered(activity: Activity, context: Context, language: Language) -> tuple[list[str], dict[str, Any] | None]:
    """The lines and the chart of an activity. An exercise says of a self-rating only that it is done: it may be shown around."""
    drawer = drawer_for(activity, context)
    if isinstance(drawer, CollectionDrawer):
        return [line for found in drawer.found() for line in _piece(found, language)], None
    answer = drawer.peek()
    if isinstance(drawer, SelfRatingDrawer) and isinstance(activity, Scale):
        done = activity.read_handed_in({"completed": not activity.open_items(answer)})
        return words.scale.completion(activity, done, language).splitlines()[1:], None
    return words.body(activity, answer, language), charts.chart(activity, answer, language)


def _piece(found: Found, language: Language) -> list[str]:
    """One piece of a collection: its name, its note, what was written there."""
    missing = [words.collection.missing(found.activity, language)]
    given = missing if found.answer is None else words.body(found.activity, found.answer, language)
    note = [found.piece.note.of(language)] if found.piece.note else []
    return [f"■ {words.collection.name(found.activity, language)}", *note, *(f"   {line}" for line in given)]

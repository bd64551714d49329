"""What a notebook calls: ``show`` an activity, ``check`` what is still open, ``progress`` over all modules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course import answers, catalog, context, places, words
from course.activities import Activity, Answer, Figure
from course.calls import calls, first_argument
from course.context import Context
from course.errors import ContentError, CourseError, LearnerError
from course.language import LANGUAGES, OTHER, Language, explain, say

if TYPE_CHECKING:
    from course.widgets import CheckView, View


class Board:
    """What this kernel shows at the moment: the views by activity, their charts, the list of what is open."""

    def __init__(self) -> None:
        self.views: dict[str, View] = {}
        self.charts: dict[str, Any] = {}
        self.check: CheckView | None = None

    def changed(self, view: View) -> None:
        """Something was saved: draw its chart anew, and look what is still open."""
        self._draw(view)
        if self.check is not None:
            self.check.refresh()

    def speak(self, language: Language) -> None:
        """Show everything in another language."""
        for view in list(self.views.values()):
            view.speak(language)
            self._draw(view)
        if self.check is not None:
            self.check.speak(language)

    def _draw(self, view: View) -> None:
        if handle := self.charts.get(view.activity.id):
            from course.charts.template import MIME

            chart = _chart(view)
            handle.update(chart, raw=True)
            view.chart = chart.get(MIME, {})  # JupyterLab's plotly draws an output once and never again: the page does it


_board = Board()


def show(activity_id: str) -> None:
    """Show one activity, such as ``show("m08.ticket")``, with the learner's answer in it.

    Under nbgrader it prints the activity and the answer as text and changes nothing. What goes wrong is told in a sentence, never raised.
    """
    here = _here()
    if here is None:
        return
    language = here.language()
    try:
        activity = catalog.activity(str(activity_id))
        if places.read_only():
            print(_handed_in(activity, here, language))
        elif isinstance(activity, Figure):
            _display_figure(activity, language)
        else:
            _display_view(activity, here, language)
    except CourseError as error:
        print(_sentence(error, language))


def check() -> None:
    """Show what is still open in this exercise; the list follows the answers by itself."""
    here = _here()
    if here is None:
        return
    try:
        activities = graded_in(here.here / places.EXERCISE)
    except CourseError as error:
        print(_sentence(error, here.language()))
        return
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError):
        print(say(here.language(), "errors.not_an_exercise"))
        return
    if places.read_only():
        return
    from IPython.display import display

    from course.widgets import CheckView

    _board.check = CheckView(activities, here, here.language())
    display(_board.check)


def _here() -> Context | None:
    """This notebook's surroundings, or None (and a sentence) where its folder is gone."""
    try:
        return context.here()
    except OSError:
        print("\n".join(say(language, "errors.folder_gone", folder="–") for language in LANGUAGES))
        return None


def progress() -> None:
    """Show how far the learner is: every module, its lesson and its exercise."""
    here = _here()
    if here is None or places.read_only():
        return
    from IPython.display import display

    from course.widgets import ProgressView

    try:
        display(ProgressView(here, here.language()))
    except CourseError as error:
        print(_sentence(error, here.language()))


def graded_in(notebook: Path) -> list[Activity]:
    """The activities that an exercise shows and gives points for, in its order.

    Raises CourseError for an unknown activity, and whatever reading a file that is no notebook raises.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    shown = [catalog.activity(first_argument(call)) for source in sources for call in calls(source, "show")]
    return [activity for activity in shown if activity.graded]


def _sentence(error: CourseError, language: Language) -> str:
    if isinstance(error, LearnerError):
        return explain(error, language)
    if isinstance(error, ContentError):
        return say(language, "errors.broken_content", reason=error)
    return str(error)


def _handed_in(activity: Activity, here: Context, language: Language) -> str:
    """What nbgrader and the formgrader see of one activity: the answers file beside the notebook, and nothing else."""
    return words.handed_in(activity, answers.read(here.here / places.ANSWERS, activity.module), language)


def _display_figure(activity: Figure, language: Language) -> None:
    from IPython.display import display

    from course import charts

    display(charts.chart(activity, Answer(), language), raw=True)
    below = {"text/markdown": words.figure.markdown(activity, language), "text/plain": words.summary(activity, Answer(), language)}
    display(below, raw=True)


def _display_view(activity: Activity, here: Context, language: Language) -> None:
    from IPython.display import display

    from course.drawer import drawer_for
    from course.widgets import VIEWS

    def switch() -> None:
        other = OTHER[view.language]
        _board.speak(other)
        here.exercise_book(activity.module).choose_language(other)

    view = VIEWS[type(activity)](
        activity, drawer_for(activity, here), language, on_change=_board.changed, on_language=switch if here.in_exercise else None
    )
    _board.views[activity.id] = view
    display(view)
    if activity.draws and not (activity.self_rating and here.in_exercise):  # a saved chart would hand the ratings in
        _board.charts[activity.id] = display(_chart(view), raw=True, display_id=True)


def _chart(view: View) -> dict[str, Any]:
    """The chart that goes with what is answered; an empty output while there is none."""
    from course import charts

    return charts.chart(view.activity, view.answer, view.language) or {"text/plain": ""}

"""The view of an activity: its content and state go to the page, messages come back, answers go into the drawer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import traitlets

from course import words
from course.activities import Activity, Scale
from course.answers import Entry
from course.drawer import Drawer, SelfRatingDrawer
from course.errors import AnswerError, LearnerError
from course.language import Language, explain, in_language, interface, say
from course.widgets.page import TAGS, PageWidget


class View(PageWidget):
    """One activity on the page. Subclasses name their ES module in ``_esm`` and the tables of words that it uses."""

    uses: tuple[str, ...] = ()
    """Tables of the interface texts that the module needs, beside ``view`` and ``status``."""

    nothing_kept = "status.nothing_kept"
    """The sentence at the foot of a view that keeps no answer."""

    state = traitlets.Dict().tag(sync=True)
    chart = traitlets.Dict().tag(sync=True)
    """Plotly's JSON of a chart that has changed since it was displayed, which the page draws into that output; else empty."""

    def __init__(
        self,
        activity: Activity,
        drawer: Drawer,
        language: Language,
        on_change: Callable[[View], None] | None = None,
        on_language: Callable[[], None] | None = None,
    ) -> None:
        """``on_change`` is called after every save; ``on_language`` when the learner asks for the other language (else no such button)."""
        self.activity = activity
        self.drawer = drawer
        self.language = language
        self._on_change = on_change
        self._on_language = on_language
        self._one_at_a_time = threading.RLock()  # ipykernel 7 runs messages on a thread of its own while a cell runs
        kept = drawer.load()
        self.answer: Any = kept.answer
        self._clock = kept.entry.moment if kept.entry else None
        self._unsaved = False
        self._trouble: LearnerError | None = kept.notice if kept.entry is None else None
        super().__init__(content=self._content(kept.notice), state=self._state(self._status("status.restored_at"), rebuild=True))
        self.on_msg(self._receive)

    def speak(self, language: Language) -> None:
        """Show everything in another language."""
        with self._one_at_a_time, self.hold_sync():
            self.language = language
            self.state = self._state(self._status("status.restored_at"), rebuild=True)
            self.content = self._content(None)

    def summary(self) -> str:
        """The activity and its answer as plain text. In an exercise a self-rating keeps its ratings to itself."""
        if isinstance(self.drawer, SelfRatingDrawer) and isinstance(self.activity, Scale):
            done = {"completed": not self.activity.open_items(self.answer)}
            return words.scale.completion(self.activity, self.activity.read_handed_in(done), self.language)
        return words.summary(self.activity, self.answer, self.language)

    def _content(self, notice: LearnerError | None) -> dict[str, Any]:
        activity, language = self.activity, self.language
        tables = interface(language)
        return {
            **in_language(activity.for_learner(), language),
            "place": self.drawer.place,
            "stored": activity.stored,
            "title": activity.title.of(language),
            "intro": activity.intro.of(language),
            "badge": self._badge(),
            "lang": TAGS[language],
            "words": {table: tables[table] for table in ("view", "status", *self.uses)},
            "notice": explain(notice, language) if notice else None,
            "other_language": self._on_language is not None,
            "again": self.can_restart(),
            **self.more_content(),
        }

    def can_restart(self) -> bool:
        """Whether the learner may begin again from an empty answer: in practice, not in an exercise; nor where nothing is kept."""
        return self.activity.stored and not self.activity.graded

    def more_content(self) -> dict[str, Any]:
        """What a kind adds to its content."""
        return {}

    def more_state(self) -> dict[str, Any]:
        """What a kind adds to its state."""
        return {}

    def _badge(self) -> str:
        activity = self.activity
        if activity.self_rating:
            in_exercise = isinstance(self.drawer, SelfRatingDrawer)
            name = "view.self_rating_points" if in_exercise and activity.graded else "view.self_rating"
            return say(self.language, name, points=activity.points)
        if not activity.graded:
            return ""
        name = "view.points" if not activity.hand_points else "view.by_hand" if not activity.auto_points else "view.points_and_hand"
        return say(self.language, name, points=activity.points, auto=activity.auto_points, hand=activity.hand_points)

    def _state(self, status: dict[str, str], *, echo: dict[str, Any] | None = None, rebuild: bool = False) -> dict[str, Any]:
        return {
            "answer": self.answer.model_dump(mode="json"),
            "feedback": in_language(self.activity.feedback(self.answer), self.language),
            "open": self.activity.open_items(self.answer),
            "status": status,
            "echo": echo,
            "rebuild": rebuild,
            **self.more_state(),
        }

    def _status(self, saved: str) -> dict[str, str]:
        """What stands at the foot: the trouble, as long as there is one; else when it was saved, in the sentence of that name."""
        if self._trouble is not None:
            return self._alarm(self._trouble)
        if not self.activity.stored:
            return {"kind": "empty", "text": say(self.language, self.nothing_kept)}
        if self._clock is None:
            return {"kind": "empty", "text": say(self.language, "status.empty")}
        return {"kind": "saved", "text": say(self.language, saved, time=self._clock)}

    def _alarm(self, error: LearnerError) -> dict[str, str]:
        return {"kind": "error", "text": explain(error, self.language)}

    def _receive(self, _: object, message: Any, __: object) -> None:
        """One message of the page: ``{"do": "answer", "answer": …}``, ``restart``, ``share`` or ``language``, with ``view`` and ``seq``."""
        if not isinstance(message, dict):
            return
        with self._one_at_a_time:
            notice, rebuild = None, message.get("do") in ("restart", "language")
            try:
                entry = self._do(message)
                if not self.activity.stored:
                    self._trouble = None
                if entry is not None:
                    self._clock, self._trouble, self._unsaved = entry.clock, None, False
                    notice = self.drawer.book.take_notice()
                    saved = self.activity.read_answer(entry.answer)
                    rebuild = rebuild or saved != self.answer  # another page has changed it, too: show both
                    self.answer = saved
            except LearnerError as error:
                self._trouble = error
            except Exception as error:  # the page must get an answer, or it waits for ever
                self._trouble = AnswerError("unexpected", reason=repr(error))
                self.log.exception("in %s", self.activity.id)
            status = self._alarm(notice) if notice else self._status("status.saved")
            echo = {"view": message.get("view"), "seq": message.get("seq")}
            try:
                self.state = self._state(status, echo=echo, rebuild=rebuild)
            except Exception as error:  # what a kind adds to its state may fail, too
                self._trouble = AnswerError("unexpected", reason=repr(error))
                self.log.exception("in the state of %s", self.activity.id)
                self.state = {**self.state, "status": self._alarm(self._trouble), "echo": echo, "rebuild": False}
        if self._on_change and self._trouble is None:
            self._on_change(self)

    def _do(self, message: dict[str, Any]) -> Entry | None:
        """Carry out one message; returns the entry that was saved, if one was. Raises LearnerError."""
        match message.get("do"):
            case "answer":
                # Kept even if it cannot be saved: what was entered stays on the page and goes out with the next change.
                self.answer, self._unsaved = self.activity.read_answer(message.get("answer")), True
                return self.drawer.save(self.answer)
            case "restart" if self.can_restart():
                entry = self.drawer.restart()
                self.answer = self.activity.answer_type()
                return entry
            case "share" if isinstance(self.drawer, SelfRatingDrawer):
                if self._unsaved:
                    self.drawer.save(self.answer)
                self.drawer.share(message.get("share") is True)
                kept = self.drawer.load()
                self.answer = kept.answer
                return kept.entry
            case "language" if self._on_language:
                self._on_language()
                if not self._unsaved:
                    self._trouble = None
                return None
        raise AnswerError("malformed_answer", activity=self.activity.id, item="do")

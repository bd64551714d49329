"""The view of a collection: what was written elsewhere, to read again and to print."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Collection
from course.drawer import CollectionDrawer
from course.language import in_language
from course.widgets.page import module, style
from course.widgets.view import View


class CollectionView(View):
    """Answers are looked up when the view opens and when the learner asks."""

    activity: Collection
    drawer: CollectionDrawer
    _esm = module("collection.js")
    _css = style("collection.css")
    uses = ("collection",)
    nothing_kept = "collection.kept"

    def more_state(self) -> dict[str, Any]:
        return {"pieces": self._pieces()}

    def summary(self) -> str:
        """The collection with every piece in it."""
        lines = [f"- {piece['title']}\n{piece['text'] or piece['missing']}" for piece in self._pieces()]
        return "\n".join([*words.head(self.activity, self.language), *lines])

    def _pieces(self) -> list[dict[str, Any]]:
        language = self.language
        return [
            {
                "title": words.collection.name(found.activity, language),
                "hint": in_language(found.piece.note, language),
                "text": None if found.answer is None else "\n".join(words.body(found.activity, found.answer, language)),
                "missing": words.collection.missing(found.activity, language),
            }
            for found in self.drawer.found()
        ]

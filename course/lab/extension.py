"""The room's side of the server: the lesson list and the language. What it says is the learner's own, and goes to this page alone."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado import web

from course import places, printing
from course.context import Context
from course.errors import CourseError, LearnerError
from course.lab import handing_in, room
from course.language import Language, explain, interface, known
from course.outline import Line, Part, outline


def _load_jupyter_server_extension(server: ServerApp) -> None:
    """Called by the server that ``course learn`` starts."""
    folder = {"folder": Path(server.root_dir)}
    base = url_path_join(server.web_app.settings["base_url"], "course")
    handlers = [
        (url_path_join(base, "list"), ListHandler, folder),
        (url_path_join(base, "language"), LanguageHandler, folder),
        (url_path_join(base, "hand-in"), HandInHandler, folder),
        (url_path_join(base, "handed-in", "(.+)"), FileHandler, folder),
        (url_path_join(base, "print"), PrintHandler, folder),
    ]
    server.web_app.add_handlers(".*$", handlers)  # type: ignore[no-untyped-call]


class CourseHandler(APIHandler):
    """One request of the room. A mistake is told in the learner's language, with status 400."""

    def initialize(self, folder: Path) -> None:
        self.folder = folder

    def language(self) -> Language:
        """The language of this folder."""
        return room.language(self.folder)

    def told(self, name: str) -> str:
        """One text of the request's JSON object."""
        body = self.get_json_body()
        if not isinstance(body, dict) or not isinstance(body.get(name), str):
            raise web.HTTPError(400, f"{name}: a text is missing")
        return str(body[name])

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, LearnerError):
            self.set_status(400)
            self.finish({"message": explain(error, self.language())})
        elif isinstance(error, CourseError):
            self.set_status(400)
            self.finish({"message": str(error)})
        else:
            super().write_error(status_code, **kwargs)


class ListHandler(CourseHandler):
    """``GET course/list``: the modules with what is done of each, and the room's words."""

    @web.authenticated
    async def get(self) -> None:
        self.finish(await asyncio.to_thread(lesson_list, self.folder))


class LanguageHandler(CourseHandler):
    """``POST course/language {"language": "en"}``: from now on the folder is read in this language."""

    @web.authenticated
    async def post(self) -> None:
        language = known(self.told("language"))
        if language is None:
            raise web.HTTPError(400, "language: zh or en")
        await asyncio.to_thread(room.choose_language, self.folder, language)
        self.finish({"language": language})


class HandInHandler(CourseHandler):
    """``GET course/hand-in?module=m01``: what it would mean. ``POST {"module": "m01", "name": "li"}``: do it, and give the receipt."""

    @web.authenticated
    async def get(self) -> None:
        self.finish(await asyncio.to_thread(handing_in.before, self.folder, self.get_argument("module")))

    @web.authenticated
    async def post(self) -> None:
        answer = await asyncio.to_thread(handing_in.hand_in, self.folder, self.told("module"), self.told("name"))
        self.finish(answer)


class FileHandler(CourseHandler):
    """``GET course/handed-in/<name>``: a file that was handed in, to keep or to send."""

    @web.authenticated
    async def get(self, name: str) -> None:
        path = handing_in.made(self.folder, name)
        if path is None:
            raise web.HTTPError(404)
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(path.name)}")
        await self.finish(path.read_bytes(), set_content_type="application/zip")


class PrintHandler(CourseHandler):
    """``GET course/print?what=m01``: a lesson or an exercise with the learner's answers, as a page for the browser's own printing."""

    @property
    def content_security_policy(self) -> str:
        """The page's own rules, in place of the server's for its interfaces; its scripts stay off the server."""
        return f"{printing.POLICY}; sandbox allow-scripts allow-modals; frame-ancestors 'self'"

    @web.authenticated
    async def get(self) -> None:
        page = await asyncio.to_thread(printing.page, self.folder, self.get_argument("what"), self.language())
        await self.finish(page, set_content_type="text/html; charset=UTF-8")


def lesson_list(folder: Path) -> dict[str, Any]:
    """What the room shows beside the lesson: JSON with ``language``, ``words``, ``home`` and ``modules``; what is not laid here is null."""
    language = room.language(folder)

    def part(found: Part) -> dict[str, Any] | None:
        return {**asdict(found), "finished": found.finished} if (folder / found.path).is_file() else None

    def exercise(line: Line) -> dict[str, Any] | None:
        found = part(line.exercise)
        return found and {**found, "standing": handing_in.standing(folder, line.id)}

    lines = outline(Context(folder, folder), language)
    return {
        "language": language,
        "words": interface(language)["room"],
        "home": f"lessons/{language}/{places.HOME}",
        "modules": [{**asdict(line), "lesson": part(line.lesson), "exercise": exercise(line)} for line in lines],
    }

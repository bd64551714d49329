"""``course feedback``: one page a learner, put where nbgrader's ``release_feedback`` takes it from. No key and no hidden test is in it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from course import answers, grade, places
from course.activities.base import printable
from course.answers import Page
from course.errors import BookError, SetupError
from course.language import LANGUAGES
from course.marking import feedback as marked
from course.marking import grades
from course.marking.feedback_page import page as as_html
from course.marking.submission import Refused, content

SECRET = "submission_secret.txt"  # noqa: S105  (a file's name)
"""Made by ``nbgrader submit``; the exchange finds a learner's page by it."""


@dataclass
class Report:
    """The pages written; the learners who handed in a file, to whom the exchange cannot bring theirs; what kept a page from being made."""

    written: list[Path] = field(default_factory=list)
    to_send: list[Path] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def feedback(folder: Path, assignment: str, learner: str | None = None) -> Report:
    """Write ``feedback/<learner>/<assignment>/exercise.html`` for every marked submission, or for one learner's. Raises CourseError."""
    if assignment not in grade.assignments(folder):
        raise SetupError(f"solutions/{assignment}: there is no such exercise. There are: {', '.join(grade.assignments(folder)) or 'none'}")
    cells = marked.cells(folder / "solutions" / assignment / places.EXERCISE)
    found = [one for one in grades.submissions(grades.address(folder), assignment) if learner in (None, one.learner)]
    if not found:
        raise SetupError(f"nothing of {learner or 'anybody'} is marked in {assignment}. First: course grade {assignment}")
    report = Report()
    for submission in found:
        work = folder / "autograded" / submission.learner / assignment
        if Path(submission.learner).name != submission.learner or not work.is_dir():
            report.troubles.append(f"{submission.learner!a}: there is no {work}; mark it again: course grade {assignment} --again")
            continue
        path = folder / "feedback" / submission.learner / assignment / f"{Path(places.EXERCISE).stem}.html"
        try:
            page = _handed_in(work, assignment)
            known = page.language if isinstance(page, Page) else None
            versions = [marked.gather(assignment, cells, page, submission, one) for one in ([known] if known else LANGUAGES)]
            _write(path, as_html(versions), work, report)
        except SetupError as error:
            report.troubles.append(f"{submission.learner}: {error}")
        except Exception as error:  # a fault of ours, or of a file of this learner's, must not cost the rest of the class its pages
            report.troubles.append(f"{submission.learner}: no page could be made: {type(error).__name__}: {printable(str(error))}")
    return report


def _handed_in(work: Path, assignment: str) -> Page | BookError:
    """What was marked, or why it cannot be read, in words that do not name the instructor's folders."""
    try:
        return answers.read(work / places.ANSWERS, assignment)
    except BookError as error:
        return BookError(error.sentence, **{**error.values, "folder": assignment})


def _write(path: Path, html: str, work: Path, report: Report) -> None:
    """The page, and beside it what release_feedback asks for: without either file it would stop for the whole class."""
    secret = _small_text(work / SECRET)
    path.parent.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "timestamp.txt": _small_text(work / "timestamp.txt"),
        SECRET: secret or secrets.token_hex(64),  # nobody can fetch by this one
        path.name: html,
    }.items():
        target = path.with_name(name)
        target.unlink(missing_ok=True)  # nbgrader's own feedback is write-protected, and a link is not to be written through
        target.write_text(text, encoding="utf-8", newline="\n")
    path.chmod(0o644)  # the exchange copies the mode along, and the learner must be able to read
    report.written.append(path)
    if not secret:
        report.to_send.append(path)


def _small_text(path: Path) -> str:
    """The content of a small regular file, else nothing: a submission's file may be anything, a link to the gradebook too."""
    try:
        return content(path, 999).decode("ascii")
    except (Refused, OSError, ValueError):
        return ""

"""``course print``: a lesson or an exercise with the learner's answers, as one page that needs no network and no Jupyter."""

from __future__ import annotations

from pathlib import Path

from course import files
from course.errors import LearnerError
from course.language import Language
from course.printing.content import read
from course.printing.page import POLICY, html
from course.printing.pdf import to_pdf

__all__ = ["POLICY", "page", "to_pdf", "write"]


def page(folder: Path, what: str, language: Language) -> str:
    """``m01`` (a lesson), ``exercises/m01`` or ``all`` of a learner's folder as one HTML page. Raises LearnerError."""
    return html(read(folder, what, language), language)


def write(folder: Path, what: str, language: Language, to: Path) -> Path:
    """Write ``m01`` (a lesson), ``exercises/m01`` or ``all`` of a learner's folder as one HTML file into the folder ``to``.

    Returns the file; one of an earlier printing is replaced. Raises LearnerError.
    """
    printout = read(folder, what, language)
    path = to / f"{printout.name}.{language}.html"
    try:
        to.mkdir(parents=True, exist_ok=True)
        files.put(path, html(printout, language).encode())
    except OSError as error:
        raise LearnerError("print_not_written", file=path, reason=error.strerror or error) from None
    return path

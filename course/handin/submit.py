"""Hand an exercise in: make the file, give it to nbgrader's exchange where there is one, keep it with its receipt."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from course import answers, files, places
from course.errors import LearnerError
from course.handin.exchange import Exchange
from course.handin.exercise import LOG, drawers_of, state
from course.handin.parcel import Receipt, Slip, digest, fingerprint, learner_name, pack


def hand_in(folder: Path, module: str, learner: str, where: Path | None = None, exchange: Exchange | None = None) -> Receipt:
    """Hand in an exercise: its notebook (without outputs) and answers.json, nothing else.

    The file ``<module>__<learner>__<moment>.zip`` is kept in ``handed-in/`` of the learner's folder, and laid into ``where``, too, if
    that is given. With an exchange the same goes there. ``course collect`` takes the file in.
    Raises LearnerError (BookError where the answers file cannot be read); then nothing was handed in.
    """
    learner = learner_name(learner)
    log = folder / LOG
    drawers = drawers_of(folder, module)
    answers.read(folder / "exercises" / module / places.ANSWERS, module)  # one that cannot be read is told, not set aside
    for drawer in drawers:
        drawer.progress()  # a self-rating finished in the lesson is told to the exercise now
    try:
        log.mkdir(exist_ok=True)
        with FileLock(log / ".lock", timeout=answers.LOCK_SECONDS):
            return _hand_in(folder, module, learner, [*([where] if where else []), log], exchange)
    except Timeout:
        raise LearnerError("hand_in_again_soon") from None
    except OSError as error:
        raise LearnerError("hand_in_not_written", file=error.filename or log, reason=error.strerror or error) from None


def _hand_in(folder: Path, module: str, learner: str, targets: list[Path], exchange: Exchange | None) -> Receipt:
    now, exercise = state(folder, module), folder / "exercises" / module
    if not now.answered:
        raise LearnerError("hand_in_nothing", folder=exercise)
    page = answers.read(exercise / places.ANSWERS, module)
    notebook = _bare(exercise / places.EXERCISE)
    slip = Slip(
        module=module,
        learner=learner,
        moment=datetime.now(UTC).replace(microsecond=0),
        way="exchange" if exchange else "file",
        answers=fingerprint(page),
        open={part.activity.id: part.left for part in now.open},
        due=now.due.moment if now.due else None,
        replaces=now.receipt.digest if now.receipt else None,
    )
    if any((target / slip.name).exists() for target in targets):
        raise LearnerError("hand_in_again_soon")
    data = pack(notebook, answers.encode(page), slip)
    paths = [target / slip.name for target in targets]
    _put_all(data, paths)
    if exchange is not None:
        try:
            exchange.submit(module, {places.EXERCISE: notebook.encode(), places.ANSWERS: answers.encode(page)})
        except BaseException:
            _take_back(paths)
            raise
    return Receipt(targets[0] / slip.name, digest(data), slip)


def _put_all(data: bytes, paths: list[Path]) -> None:
    """The same file in every place, or in none. Raises OSError."""
    try:
        for path in paths:
            files.put(path, data)
    except OSError:
        _take_back(paths)
        raise


def _take_back(paths: list[Path]) -> None:
    """Remove files of which none was there before."""
    for path in paths:
        path.unlink(missing_ok=True)


def _bare(notebook: Path) -> str:
    """A notebook without outputs and stored widgets, which may show a self-rating that was never shared. Raises LearnerError."""
    try:
        raw = json.loads(notebook.read_text(encoding="utf-8"))
        raw["metadata"].pop("widgets", None)
        for cell in raw["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise LearnerError("hand_in_no_notebook", file=notebook) from None
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"

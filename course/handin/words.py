"""What a learner reads before and after handing in."""

from __future__ import annotations

from datetime import datetime

from course import catalog
from course.handin.exercise import Part, State
from course.handin.parcel import Receipt
from course.language import Language, say


def clock(moment: datetime) -> str:
    """A moment in the time of this computer."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def before(now: State, language: Language) -> list[str]:
    """What handing in now would mean: what is open, late, handed in before."""
    lines = [say(language, "handin.title", module=now.module.upper(), points=now.points)]
    lines += still_open(now, language)
    if now.due:
        due, source = clock(now.due.moment), now.due.source
        if now.late():
            lines.append(say(language, "handin.late", due=due, source=source))
        else:
            lines.append(say(language, "handin.due", due=due, source=source))
    if now.receipt:
        moment = clock(now.receipt.moment)
        lines += [] if now.changed else [say(language, "handin.unchanged", moment=moment)]
        lines.append(say(language, "handin.before", moment=moment))
    return lines


def still_open(now: State, language: Language) -> list[str]:
    """The parts that are not finished, each with what is missing; or that all is done."""
    if not now.open:
        return [say(language, "handin.all_done")]
    return [say(language, "handin.some_open"), *(_open(part, language) for part in now.open)]


def needs_asking(now: State) -> bool:
    """Whether there is anything that a learner should say yes to."""
    return bool(now.open or now.receipt or now.late())


def after(receipt: Receipt, language: Language, course: str = "", earlier: Receipt | None = None) -> list[str]:
    """The receipt: where it went, when, what it holds, what was open, what it replaces, its digest. ``course`` is the exchange's."""
    slip = receipt.slip
    if slip.way == "exchange":
        lines = [say(language, "handin.done_exchange", course=course, path=receipt.path)]
    else:
        lines = [say(language, "handin.done_file", path=receipt.path)]
    lines.append(say(language, "handin.moment", moment=clock(slip.moment)))
    if slip.due and slip.late:
        lines.append(say(language, "handin.was_late", due=clock(slip.due)))
    lines.append(say(language, "handin.holds"))
    titles = say(language, "handin.between").join(catalog.activity(activity).title.of(language) for activity in slip.open)
    lines.append(say(language, "handin.was_open", titles=titles) if titles else say(language, "handin.none_open"))
    if earlier:
        lines.append(say(language, "handin.replaces", moment=clock(earlier.moment), digest=earlier.digest[:12]))
    return [*lines, say(language, "handin.digest", digest=receipt.digest), say(language, "handin.keep")]


def standing(now: State, language: Language) -> str:
    """The state in a few words, as a list of lessons shows it."""
    if now.receipt is None:
        return say(language, "handin.state_open")
    moment = clock(now.receipt.moment)
    return say(language, "handin.state_changed", moment=moment) if now.changed else say(language, "handin.state_handed_in", moment=moment)


def _open(part: Part, language: Language) -> str:
    title, points = part.activity.title.of(language), part.activity.points
    if not part.attempted:
        return say(language, "handin.not_begun", title=title, points=points)
    return say(language, "handin.open", title=title, n=part.left, points=points)

"""Which learners wrote the same, or nearly the same. Pure: texts in, hints out. A hint is a reason to talk, never a verdict."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LEAST = 80
"""Similarity in percent from which two texts are named. Texts of one task by different hands stay well below, in either language."""
SHORT = 60
"""A text of fewer bytes says little: about 20 Chinese characters or a dozen English words, without spaces and punctuation."""
LONGEST = 5_000
MOST = 500
"""Of one submission: as many characters of a text, as many texts. No honest one has more."""
_BLOCK = 500


@dataclass(frozen=True)
class Written:
    """A text that one learner wrote in one activity."""

    learner: str
    activity: str
    text: str


@dataclass(frozen=True)
class Hint:
    """Learners who handed in the like: in which activity, how like (0–100 %), and how one of the texts begins."""

    what: str
    similarity: int
    learners: tuple[str, ...]
    begins: str = ""


def texts_in(value: Any) -> Iterator[str]:
    """All texts in plain JSON data, however deep; names of fields are none."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def plain(text: str) -> str:
    """The letters, characters and digits of a text alone, so that spaces, punctuation, case and width make no difference."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def same(what: str, contents: dict[str, str]) -> list[Hint]:
    """The learners whose contents (texts, or hashes of files) are the same to the letter."""
    owners = defaultdict(list)
    for learner, content in contents.items():
        owners[content].append(learner)
    return [Hint(what, 100, tuple(sorted(learners))) for learners in owners.values() if len(learners) > 1]


def alike(written: Iterable[Written], given: Collection[str], least: int = LEAST) -> list[Hint]:
    """The texts of different learners that are the same, or alike by at least ``least`` percent, most alike first.

    Similarity is rapidfuzz's normalised InDel ratio of the ``plain`` texts. Short texts and what stands in ``given`` (the course's own
    texts: prompts, samples) are left out.
    """
    known = sorted({text for one in given if (text := plain(one))})
    owners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    shown: dict[str, str] = {}
    for one in written:
        text = plain(one.text)
        if len(text.encode("utf-8", "replace")) >= SHORT:
            owners[one.activity][text].add(one.learner)
            shown.setdefault(text, one.text)
    hints = []
    for activity, by_text in owners.items():
        texts = [text for text in by_text if not _from(text, known, least)]
        pairs = [(text, text, 100) for text in texts if len(by_text[text]) > 1]
        for first, second, similarity in [*pairs, *_near(texts, least)]:
            learners = by_text[first] | by_text[second]
            if len(learners) > 1:
                hints.append(Hint(activity, similarity, tuple(sorted(learners)), " ".join(shown[first].split())[:40]))
    return sorted(hints, key=lambda hint: (-hint.similarity, hint.what, hint.learners))


def _from(text: str, known: list[str], least: int) -> bool:
    """Whether a text is one of the course's own, or a piece of one, or nearly one."""
    from rapidfuzz import fuzz, process

    return any(text in one for one in known) or process.extractOne(text, known, scorer=fuzz.ratio, score_cutoff=least) is not None


def _near(texts: list[str], least: int) -> Iterator[tuple[str, str, int]]:
    """All pairs of different texts that are alike enough, each once. In blocks, so that memory stays small."""
    import numpy as np
    from rapidfuzz import fuzz, process

    for start in range(0, len(texts), _BLOCK):
        rest = texts[start:]
        found = process.cdist(rest[:_BLOCK], rest, scorer=fuzz.ratio, score_cutoff=least, dtype=np.float32, workers=-1)
        for row, column in np.argwhere(found):
            if row < column:
                yield rest[row], rest[column], min(99, round(float(found[row, column])))  # 100 is for the same to the letter

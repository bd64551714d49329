"""Handing in an exercise: what state it is in, and one file (or one submission to nbgrader's exchange) with a receipt.

``handed-in/`` in the learner's folder is the log: every file that was made stays there and holds its own receipt.
The command line and the learner's room both call ``state``, ``hand_in`` and the two lists of sentences in ``words``.
"""

from __future__ import annotations

from course.handin import words
from course.handin.exchange import Exchange
from course.handin.exchange import find as find_exchange
from course.handin.exercise import LOG, Part, State, last_receipt, state
from course.handin.parcel import FILE, Receipt, Slip, learner_name
from course.handin.submit import hand_in

__all__ = [
    "FILE",
    "LOG",
    "Exchange",
    "Part",
    "Receipt",
    "Slip",
    "State",
    "find_exchange",
    "hand_in",
    "last_receipt",
    "learner_name",
    "state",
    "words",
]

"""nbgrader's side: what an answer earns. Never imports widgets."""

from course.marking.grade_cell import mark

__all__ = ["mark"]

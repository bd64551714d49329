"""``course collect``: take handed-in files into nbgrader's submitted/, after each was checked without being unpacked."""

from course.collect.take import Outcome, collect

__all__ = ["Outcome", "collect"]

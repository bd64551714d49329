"""The language of formulas: numbers, names, ``+ - * / // % **``, comparisons, ``a if c else b`` and calls of registered functions.

A text is parsed into Python's syntax tree, and only the nodes named here become steps of a calculation: nothing of it is run as Python.
All numbers are floats; a comparison gives 1 or 0. Every step must give a finite real number, so nothing can grow without bound.
"""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from inspect import signature
from typing import Any

from course.errors import CourseError
from course.formulas.functions import FUNCTIONS

LONGEST = 200
"""Characters of a formula."""
DEEPEST = 20
"""Levels of a formula: ``(a + b) * c`` has three."""

Values = Mapping[str, float]
Step = Callable[[Values], float]

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_WORD = re.compile(r"\s*\b(?:if|else)\b\s*|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-z_]\w*|\*\*|//|[*/-]|[<>!=]=", re.IGNORECASE)
_KNOWN = f"numbers, ids, + - * / // % **, < <= > >= == !=, a if c else b, and {', '.join(FUNCTIONS)}"
_SIGNS = {"**": "^", "*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


class FormulaError(CourseError, ValueError):
    """A formula that cannot be read, or has no value for these numbers: says why."""


@dataclass(frozen=True)
class Formula:
    """A formula that can be read. ``names`` are those that it needs a value for."""

    text: str
    names: frozenset[str]
    _first: Step

    def value(self, values: Values) -> float:
        """Its value for finite numbers by name. Raises FormulaError where it has none."""
        try:
            return self._first(values)
        except ZeroDivisionError:
            raise FormulaError("divides by zero") from None
        except OverflowError:
            raise FormulaError("grows too large") from None

    def plain(self, words: Mapping[str, str]) -> str:
        """The formula for people: ``×`` for ``*``, and for names, functions, ``if`` and ``else`` the words given, where there are any."""
        return _WORD.sub(lambda found: _SIGNS.get(found[0]) or words.get(found[0].strip()) or found[0], self.text)


@lru_cache(maxsize=256)
def parse(text: str) -> Formula:
    """Read a formula. Raises FormulaError."""
    text = " ".join(text.split())  # a long one may go over several lines
    if len(text) > LONGEST:
        raise FormulaError(f"has {len(text)} characters; at most {LONGEST}: split it into several results")
    if "#" in text:
        raise FormulaError("holds a #: its lines are joined, so a comment would swallow what follows; put it beside the formula")
    if not text.isascii():
        raise FormulaError("holds other signs than an English keyboard has; write * for ×, / for ÷, and ids for names")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what Python finds odd and still reads, such as "2if"
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError(f"is no formula: {getattr(error, 'msg', error)}") from None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Formula(text, frozenset(names - FUNCTIONS.keys()), _step(tree, text))


def _step(node: ast.expr, text: str, depth: int = 1) -> Step:
    """What one node of the tree does with the values. Raises FormulaError for a node that formulas do not have."""
    if depth > DEEPEST:
        raise FormulaError(f"is nested more than {DEEPEST} levels deep; split it into several results")

    def inner(child: ast.expr) -> Step:
        return _step(child, text, depth + 1)

    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            value = _constant(number)
            return lambda _: value
        case ast.Name(id=name):
            return lambda values: _named(name, values)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return inner(operand)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            positive = inner(operand)
            return lambda values: -positive(values)
        case ast.BinOp(left=left, op=op, right=right) if combine := _ARITHMETIC.get(type(op)):
            first, second = inner(left), inner(right)
            return lambda values: _finite(combine(first(values), second(values)))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in _COMPARISONS for op in ops):
            return _comparison([_COMPARISONS[type(op)] for op in ops], [inner(side) for side in (left, *others)])
        case ast.IfExp(test=test, body=body, orelse=orelse):
            condition, then, otherwise = inner(test), inner(body), inner(orelse)
            return lambda values: then(values) if condition(values) else otherwise(values)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return _call(name, [inner(argument) for argument in args])
    raise FormulaError(f"“{ast.get_source_segment(text, node)}” is nothing that formulas know: there are {_KNOWN}")


def _call(name: str, arguments: list[Step]) -> Step:
    function = FUNCTIONS.get(name)
    if function is None:
        raise FormulaError(f"“{name}” is no function of formulas: there are {', '.join(FUNCTIONS)}")
    try:
        signature(function).bind(*arguments)
    except TypeError:
        raise FormulaError(f"{name}() takes {', '.join(signature(function).parameters)}; {len(arguments)} given") from None

    def call(values: Values) -> float:
        numbers = [argument(values) for argument in arguments]
        try:
            return _finite(float(function(*numbers)))
        except FormulaError:
            raise
        except ValueError as error:
            raise FormulaError(f"{name}(): {error}") from None

    return call


def _comparison(compare: list[Callable[[Any, Any], bool]], sides: list[Step]) -> Step:
    def hold(values: Values) -> float:
        numbers = [side(values) for side in sides]
        return float(all(holds(a, b) for holds, a, b in zip(compare, numbers, numbers[1:], strict=False)))

    return hold


def _named(name: str, values: Values) -> float:
    try:
        return values[name]
    except KeyError:
        raise FormulaError(f"“{name}” has no value") from None


def _constant(number: float) -> float:
    try:
        return _finite(float(number))
    except OverflowError:
        raise FormulaError("holds a number that is too large") from None


def _finite(number: Any) -> float:
    """The number, where it is a finite real one."""
    if isinstance(number, complex):
        raise FormulaError("takes a broken power of a negative number")
    if not math.isfinite(number):
        raise FormulaError("grows too large")
    return float(number)

"""The language of formulas: it computes as Python does, or says why not, and nothing else happens."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import CourseError
from course.formulas.functions import FUNCTIONS
from course.formulas.language import DEEPEST, LONGEST, FormulaError, parse
from course.language import LANGUAGES, interface

VALUES = {"a": 2.0, "b": -0.5, "big": 1e300, "zero": 0.0}


def value(text: str, **values: float) -> float:
    return parse(text).value(values or VALUES)


def problem(text: str) -> str:
    with pytest.raises(FormulaError) as caught:
        value(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 ** 2", -4),
        ("2 ** 3 ** 2", 512),
        ("7 // 2", 3),
        ("-7 % 3", 2),
        ("1e3 / 4", 250),
        ("+a - -b", 1.5),
        (" a\n * b ", -1),
        ("a if b > 0 else 5", 5),
        ("1 if 0 < a <= 2 else 0", 1),
        ("(a == 2) + (a != 2) + (b >= 0) + (b < 0)", 2),
        ("1 / zero if zero else 9", 9),
        ("min(3, a, 4) + max(b)", 1.5),
        ("sqrt(16) + floor(2.7) + ceil(2.1) + round(2.3456, 2)", 11.35),
        ("exp(0) + ln(1)", 1),
    ],
)
def test_it_computes_as_one_expects(text: str, expected: float) -> None:
    found = value(text)
    assert found == pytest.approx(expected)
    assert type(found) is float


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no formula"),
        ("1 +", "no formula"),
        ("a b", "no formula"),
        ("1\0", "no formula"),
        ("a := 1", "no formula"),
        ("a # the rest\n+ 1", "holds a #"),  # the lines are joined: the rest would be part of the comment
        ("a ＋ b", "English keyboard"),
        ("２ * a", "English keyboard"),
        ("True", "“True” is nothing"),
        ("None", "is nothing"),
        ("'a'", "is nothing"),
        ("1j", "is nothing"),
        ("a.real", "“a.real” is nothing"),
        ("a[0]", "is nothing"),
        ("[a][0]", "is nothing"),
        ("{a}", "is nothing"),
        ("lambda: 1", "is nothing"),
        ("a and b", "is nothing"),
        ("not a", "is nothing"),
        ("~a", "is nothing"),
        ("a @ b", "is nothing"),
        ("1 << 9", "is nothing"),
        ("a in b", "is nothing"),
        ("a is b", "is nothing"),
        ("f'{a}'", "is nothing"),
        ("[x for x in a]", "is nothing"),
        ("max(*a)", "is nothing"),
        ("max(a, key=b)", "is nothing"),
        ("max(a)(b)", "is nothing"),
        ("(lambda: a)()", "is nothing"),
        ("eval(1)", "“eval” is no function"),
        ("__import__(1)", "“__import__” is no function"),
        ("a(1)", "“a” is no function"),
        ("sqrt()", "sqrt() takes value; 0 given"),
        ("min()", "min() takes first, others"),
        ("binomial(1, 2)", "binomial() takes successes, tries, chance; 2 given"),
        ("c + 1", "“c” has no value"),
        ("sqrt", "“sqrt” has no value"),
        ("__class__", "“__class__” has no value"),
        ("1 / zero", "divides by zero"),
        ("1 // zero", "divides by zero"),
        ("1 % zero", "divides by zero"),
        ("zero ** -1", "divides by zero"),
        ("b ** b", "broken power of a negative number"),
        ("big * big", "too large"),
        ("big * 1e8 + big * 1e8", "too large"),
        ("big ** 2", "too large"),
        ("9 ** 9 ** 9 ** 9", "too large"),
        ("exp(1000)", "too large"),
        ("1e999", "too large"),
        ("sqrt(b)", "sqrt(): "),
        ("ln(zero)", "ln(): "),
        ("binomial(1, 2, 3)", "between 0 and 1"),
        ("binomial(1.5, 2, 0.5)", "whole number"),
        ("round(1, -1)", "whole number"),
        ("lifetime_value(100, 1, 0)", "no limit"),
        ("1" * (LONGEST + 1), "at most 200"),
        ("-" * DEEPEST + "a", "levels deep"),
        ("-" * (LONGEST - 1) + "1", "levels deep"),
        ("~" * (LONGEST - 1) + "1", "is nothing"),
    ],
)
def test_what_is_no_formula_or_has_no_value_says_why(text: str, says: str) -> None:
    assert says in problem(text)


def test_parentheses_alone_make_no_level() -> None:
    assert value("(" * 99 + "1" + ")" * 99) == 1


def test_an_error_of_a_formula_is_one_of_the_courses_and_a_plain_value_error() -> None:
    assert issubclass(FormulaError, CourseError)
    assert issubclass(FormulaError, ValueError)


def test_a_formula_knows_the_names_that_it_needs() -> None:
    assert parse("max(a, b) + all_go_well(n, p) if a > c else 0").names == {"a", "b", "n", "p", "c"}
    assert parse("1 + 1").names == frozenset()


# Whatever a text is.


def number_or_error(text: str) -> None:
    try:
        found = value(text)
    except FormulaError as error:
        assert str(error)
    else:
        assert type(found) is float
        assert math.isfinite(found)


@given(st.text(max_size=250))
def test_any_text_is_a_finite_number_or_the_one_error(text: str) -> None:
    number_or_error(text)


PIECES = [
    *"abc123.+-*/%(),<>=~^&|![]{}:;@\"'\\ _",
    "**",
    "//",
    " if ",
    " else ",
    "zero",
    "big",
    "1e9",
    "1e308",
    "lambda ",
    "not ",
    *FUNCTIONS,
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_anything_that_looks_like_a_formula_is_a_finite_number_or_the_one_error(text: str) -> None:
    number_or_error(text)


# Compared with Python's own arithmetic.

Tree = Any
OPERATORS: dict[str, Callable[[float, float], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
leaves = st.one_of(st.sampled_from(sorted(VALUES)), st.floats(0, 1e6), st.integers(0, 50).map(float))
trees = st.recursive(leaves, lambda inner: st.tuples(inner, st.sampled_from(sorted(OPERATORS)), inner), max_leaves=8)


def written(tree: Tree) -> str:
    if isinstance(tree, tuple):
        return f"({written(tree[0])} {tree[1]} {written(tree[2])})"
    return tree if isinstance(tree, str) else repr(tree)


def by_hand(tree: Tree) -> float | None:
    """The value by Python's operators, step by step; None where a step is no finite real number."""
    if isinstance(tree, str):
        return VALUES[tree]
    if not isinstance(tree, tuple):
        return float(tree)
    left, right = by_hand(tree[0]), by_hand(tree[2])
    if left is None or right is None:
        return None
    try:
        found = OPERATORS[tree[1]](left, right)
    except ArithmeticError:
        return None
    return None if isinstance(found, complex) or not math.isfinite(found) else float(found)


@given(trees)
def test_arithmetic_is_pythons_own(tree: Tree) -> None:
    text, expected = written(tree), by_hand(tree)
    if len(text) > LONGEST:
        assert "at most" in problem(text)
    elif expected is None:
        assert problem(text)
    else:
        assert value(text) == expected


# For people.


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("a*(1 - b) ** 2 / c", "A×(1 − B) ^ 2 ÷ c"),
        ("a if b <= 1e-3 else 2.5", "A, if B ≤ 1e-3, otherwise 2.5"),
        ("max(a, 1e5) // 2 != b == 1 >= 0", "largest(A, 1e5) // 2 ≠ B = 1 ≥ 0"),
        ("iffy + elsewhere", "iffy + elsewhere"),
    ],
)
def test_a_formula_can_be_read_by_people(text: str, plain: str) -> None:
    words = {"a": "A", "b": "B", "max": "largest", "if": ", if ", "else": ", otherwise "}
    assert parse(text).plain(words) == plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_function_has_a_name_for_people(language: Any) -> None:
    assert set(interface(language)["formula"]) == {*FUNCTIONS, "if", "else"}

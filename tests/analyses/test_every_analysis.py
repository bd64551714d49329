"""What holds for all analyses of a table, whatever they compute."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from course.analyses.agreement import agreement, agreement_by
from course.analyses.basket import basket
from course.analyses.churn import churn, rhythm
from course.analyses.filtered import filtered
from course.analyses.gaps import gaps
from course.analyses.grouped import grouped
from course.analyses.lags import lags
from course.analyses.pareto import fewest_for, pareto, share_of_top
from course.analyses.rfm import rfm
from course.analyses.seasonality import seasonality
from course.analyses.terms import AGGREGATIONS, SEASONS, AnalysisError, Between
from course.errors import CourseError

Analysis = Callable[[pd.DataFrame], Any]

TABLES: dict[str, Analysis] = {
    **{f"grouped {name}": lambda data, name=name: grouped(data, "product", name, "amount") for name in AGGREGATIONS},
    "grouped with a split": lambda data: grouped(data, "product", "mean", "amount", "outlet"),
    "filtered": lambda data: filtered(data, {"product": ["a", "b"], "amount": Between(1, 7), "date": Between("2024-01-05", None)}),
    "pareto": lambda data: pareto(data, "product", "amount"),
    "pareto of rows": lambda data: pareto(data, "product"),
    "rfm": lambda data: rfm(data, "customer", "date", "receipt", "amount", "2024-06-30"),
    **{f"seasonality {name}": lambda data, name=name: seasonality(data, "date", "amount", name) for name in SEASONS},
    "basket": lambda data: basket(data, "receipt", "product"),
    "rhythm": lambda data: rhythm(data, "customer", "date", "2024-06-30"),
    "churn": lambda data: churn(data, "customer", "date", "2024-06-30", factor=0.5),
    "gaps": lambda data: gaps(data, "customer", "product", "grade", "grade2", "outlet"),
    "agreement_by": lambda data: agreement_by(data, "grade", "grade2", "product"),
    "lags": lambda data: lags(data, "date", "amount", "grade"),
}
DATACLASSES: dict[str, Analysis] = {
    "share_of_top": lambda data: share_of_top(data, "product", "amount"),
    "fewest_for": lambda data: fewest_for(data, "product", "amount"),
    "agreement": lambda data: agreement(data, "grade", "grade2"),
}
ALL = {**TABLES, **DATACLASSES}


@pytest.fixture
def data() -> pd.DataFrame:
    chance = np.random.default_rng(7)
    n = 120
    return pd.DataFrame(
        {
            "customer": chance.choice(["ann", "bob", "cem", "dora"], n),
            "date": pd.Timestamp("2024-01-01") + pd.to_timedelta(chance.integers(0, 150, n), unit="D"),
            "receipt": chance.integers(1, 40, n),
            "product": chance.choice(["a", "b", "c"], n),
            "outlet": chance.choice(["north", "south"], n),
            "amount": chance.integers(1, 9, n),
            "grade": chance.integers(1, 6, n),
            "grade2": chance.integers(1, 6, n),
        }
    )


def same(one: Any, other: Any) -> None:
    if isinstance(one, pd.DataFrame):
        assert_frame_equal(one, other)
    else:
        assert astuple(one) == pytest.approx(astuple(other), nan_ok=True)


@pytest.mark.parametrize("name", TABLES)
def test_the_sample_has_a_result(name: str, data: pd.DataFrame) -> None:
    result = TABLES[name](data)
    assert len(result)
    if name != "filtered":
        assert list(result.index) == list(range(len(result)))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("typed", [True, False])
def test_no_rows_give_the_same_columns_and_no_rows(name: str, typed: bool, data: pd.DataFrame) -> None:
    nothing = data.iloc[:0] if typed else pd.DataFrame(columns=data.columns)
    result = TABLES[name](nothing)
    assert len(result) == 0
    assert list(result.columns) == list(TABLES[name](data).columns)


@pytest.mark.parametrize("name", DATACLASSES)
def test_no_rows_give_none(name: str, data: pd.DataFrame) -> None:
    assert set(astuple(DATACLASSES[name](data.iloc[:0]))) == {0, None}


@pytest.mark.parametrize("name", ALL)
def test_one_row_is_enough(name: str, data: pd.DataFrame) -> None:
    ALL[name](data.iloc[:1])


@pytest.mark.parametrize("name", TABLES)
def test_nothing_but_missing_values_is_no_accident(name: str, data: pd.DataFrame) -> None:
    TABLES[name](data.where(pd.DataFrame(False, index=data.index, columns=data.columns)))


@pytest.mark.parametrize("name", ALL)
def test_each_column_is_needed_and_named(name: str, data: pd.DataFrame) -> None:
    missed = 0
    for column in data.columns:
        try:
            ALL[name](data.drop(columns=column))
        except AnalysisError as error:
            missed += 1
            assert f"'{column}'" in str(error)
            assert all(other in str(error) for other in data.columns.drop(column))
    assert missed


@pytest.mark.parametrize("name", ALL)
def test_data_stay_as_they_are(name: str, data: pd.DataFrame) -> None:
    before = data.copy(deep=True)
    ALL[name](data)
    assert_frame_equal(data, before)


@pytest.mark.parametrize("name", sorted(set(ALL) - {"filtered"}))
def test_neither_order_nor_index_of_the_rows_matters(name: str, data: pd.DataFrame) -> None:
    shuffled = data.sample(frac=1, random_state=1)
    shuffled.index = pd.Index([0] * len(data))
    same(ALL[name](shuffled), ALL[name](data))


@pytest.mark.parametrize("name", sorted(set(ALL) - {"filtered"}))
def test_words_may_be_categories_of_which_some_do_not_occur(name: str, data: pd.DataFrame) -> None:
    words = ["customer", "product", "outlet"]
    kinds = {word: pd.CategoricalDtype([*sorted(data[word].unique()), "nobody"]) for word in words}
    result = ALL[name](data.astype(kinds))
    if isinstance(result, pd.DataFrame):
        result = result.astype({column: "str" for column in result if result[column].dtype == "category"})
    same(result, ALL[name](data))


@pytest.mark.parametrize("name", sorted(set(ALL) - {"filtered", "lags"}))
def test_dates_may_be_text_with_a_time(name: str, data: pd.DataFrame) -> None:
    same(ALL[name](data.assign(date=data["date"].dt.strftime("%Y-%m-%dT14:30:00"))), ALL[name](data))


def test_what_is_no_number_or_no_date_is_named() -> None:
    dates = pd.to_datetime(["2024-01-01", "2024-01-02"])
    data = pd.DataFrame({"word": ["x", "y"], "kind": pd.Categorical(["x", "y"]), "number": [1, 2], "date": dates})
    for column in ("word", "kind", "date"):
        with pytest.raises(AnalysisError, match=f"'{column}' does not hold numbers"):
            grouped(data, "number", "sum", column)
    for column in ("word", "kind", "number"):
        with pytest.raises(AnalysisError, match=f"'{column}' does not hold dates"):
            seasonality(data, column)
    for wrong in ("31.3.2025", "soon", 5, None, True):
        with pytest.raises(AnalysisError, match="is not a date"):
            rhythm(data, "word", "date", wrong)  # type: ignore[arg-type]


def test_an_analysis_error_is_of_the_course_and_a_value_error() -> None:
    assert issubclass(AnalysisError, CourseError)
    assert issubclass(AnalysisError, ValueError)


def test_terms_and_formulas_wait_for_no_pandas(tmp_path: Path) -> None:
    program = "import json, sys, course.analyses, course.analyses.terms, course.analyses.lifetime; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8")
    assert {"pandas", "numpy", "course.analyses.grouped"} & set(json.loads(done.stdout)) == set()

"""Describing and loading: types, copies, and errors that say where and what."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pydantic import ValidationError

from course import datasets
from course.datasets.model import Column, DataSet
from course.datasets.reading import read_descriptions, read_table
from course.errors import ContentError


def both(name: str) -> dict[str, str]:
    return {"zh": f"{name}·中", "en": f"{name}-en"}


def column(kind: str, **more: Any) -> dict[str, Any]:
    return {"label": both("label"), "meaning": both("meaning"), "kind": kind, **more}


def spec() -> dict[str, Any]:
    """One column of every kind."""
    columns = {
        "who": column("id"),
        "day": column("date", optional=True),
        "mood": column("category", values={"good": both("good"), "bad": both("bad")}),
        "grade": column("number", whole=True, lowest=1, highest=5),
        "hours": column("number", lowest=0, highest=9.5, unit=both("h"), optional=True),
    }
    return {"title": both("title"), "about": both("about"), "note": both("note"), "columns": columns}


SMALL = DataSet.read({"name": "small", **spec()})
HEADER = "who,day,mood,grade,hours\n"


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return tmp_path / "small.csv"


@pytest.mark.parametrize("name", datasets.NAMES)
def test_each_column_has_the_type_of_its_kind(name: str) -> None:
    table = datasets.load(name)
    kinds = {"id": {"str"}, "date": {"datetime64[us]"}, "category": {"category"}, "number": {"int64", "float64"}}
    for name_, described in datasets.describe(name).columns.items():
        assert str(table[name_].dtype) in kinds[described.kind]
        assert table[name_].isna().any() == described.optional
        if described.kind == "category":
            assert list(table[name_].cat.categories) == list(described.values)


def test_every_caller_gets_a_copy() -> None:
    mine = datasets.load("complaints")
    mine.loc[:, "severity"] = 9
    mine.index.name = "spoiled"
    mine.columns = [column_.upper() for column_ in mine.columns]
    mine.attrs["note"] = "spoiled"
    fresh = datasets.load("complaints")
    assert list(fresh.columns) == list(datasets.describe("complaints").columns)
    assert fresh["severity"].max() == 3
    assert fresh.index.name is None
    assert fresh.attrs == {}


@pytest.mark.parametrize("ask", [datasets.describe, datasets.load])
def test_an_unknown_name_is_told_the_known_ones(ask: Any) -> None:
    with pytest.raises(ContentError, match="there is no data set 'sales'; there are: complaints, service_survey"):
        ask("sales")


def test_gaps_make_floats_and_whole_numbers_stay_whole(csv_file: Path) -> None:
    csv_file.write_text(f"{HEADER}c1,2025-03-31,good,5,\nc2,,bad,1,0.5\n", encoding="utf-8")
    wanted = pd.DataFrame(
        {
            "who": ["c1", "c2"],
            "day": pd.to_datetime(pd.Series(["2025-03-31", None])).astype("datetime64[us]"),
            "mood": pd.Categorical(["good", "bad"], ["good", "bad"]),
            "grade": [5, 1],
            "hours": [float("nan"), 0.5],
        }
    )
    assert_frame_equal(read_table(csv_file, SMALL), wanted)


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z][0-9]{1,4}", fullmatch=True),
            st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)),
            st.sampled_from(["good", "bad"]),
            st.integers(1, 5),
            st.none() | st.floats(0, 9.5),
        )
    )
)
def test_what_fits_the_description_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]) -> None:
    path = tmp_path_factory.mktemp("rows") / "small.csv"
    lines = [",".join("" if field is None else str(field) for field in row) for row in rows]
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    table = read_table(path, SMALL).astype(object)
    back = [
        (row.who, None if pd.isna(row.day) else row.day.date(), row.mood, row.grade, None if pd.isna(row.hours) else row.hours)
        for row in table.itertuples()
    ]
    assert back == rows


@given(st.binary() | st.text("cgo,\n\"'\r\t 19.", max_size=60).map(lambda text: (HEADER + text).encode()))
def test_whatever_a_file_holds_it_is_a_table_or_an_error_in_words(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "small.csv"
    path.write_bytes(content)
    try:
        table = read_table(path, SMALL)
    except ContentError as error:
        assert str(path) in str(error)
    else:
        assert list(table.columns) == list(SMALL.columns)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",2025-03-31,good,5,1", "line 3, who: is empty"),
        ("c1,31.3.2025,good,5,1", "line 3, day: '31.3.2025' does not fit its description (a date such as 2025-03-31)"),
        ("c1,2025-02-30,good,5,1", "line 3, day: '2025-02-30'"),
        ("c1,,so_so,5,1", "line 3, mood: 'so_so' does not fit its description (one of good, bad)"),
        ("c1,,,5,1", "line 3, mood: is empty"),
        ("c1,,good,4.5,1", "line 3, grade: '4.5' does not fit its description (a whole number from 1 to 5)"),
        ("c1,,good,6,1", "line 3, grade: '6'"),
        ("c1,,good,,1", "line 3, grade: is empty"),
        ("c1,,good,5,nan", "line 3, hours: 'nan' does not fit its description (a number from 0 to 9.5)"),
        ("c1,,good,5,inf", "line 3, hours: 'inf'"),
        ("c1,,good,5,soon", "line 3, hours: 'soon'"),
        ("", "line 3, who: is empty"),
    ],
)
def test_a_field_that_does_not_fit_is_named(csv_file: Path, row: str, problem: str) -> None:
    csv_file.write_text(f"{HEADER}c0,,good,5,1\n{row}\nc2,,good,5,1\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_table(csv_file, SMALL)
    assert str(caught.value).startswith(f"{csv_file}: {problem}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"who,day,mood,grade\n", "line 1: has the columns who, day, mood, grade; described are who, day, mood, grade, hours"),
        (b"day,who,mood,grade,hours\n", "line 1: has the columns day, who"),
        (b"", "cannot be read: No columns"),
        (HEADER.encode() + b"\xff\xfe,,good,5,1\n", "cannot be read: 'utf-8' codec"),
        (HEADER.encode() + b"c0,,good,5,1\nc1,,good,5,1,1\n", "cannot be read: Error tokenizing data"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(csv_file: Path, content: bytes, problem: str) -> None:
    csv_file.write_bytes(content)
    with pytest.raises(ContentError) as caught:
        read_table(csv_file, SMALL)
    assert f"{csv_file}: {problem}" in str(caught.value)


def test_a_missing_file_says_how_to_make_it(csv_file: Path) -> None:
    with pytest.raises(ContentError, match=r"small\.csv: there is no such file; .* python -m course\.datasets\.make"):
        read_table(csv_file, SMALL)


@pytest.mark.parametrize(
    ("kind", "more", "problem"),
    [
        ("category", {}, "a category needs them"),
        ("id", {"values": {"a": both("a")}}, "nothing else has them"),
        ("number", {"lowest": 1}, "a number needs both"),
        ("number", {"lowest": 2, "highest": 1}, "in this order"),
        ("date", {"unit": both("days")}, "only a number has them"),
        ("date", {"lowest": 1}, "only a number has them"),
        ("id", {"whole": True}, "only a number has them"),
        ("colour", {}, "Input should be"),
    ],
)
def test_a_column_that_contradicts_itself_is_refused(kind: str, more: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Column.read(column(kind, **more))


def test_descriptions_name_the_place_that_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "columns.yaml"
    spoiled = spec()
    del spoiled["columns"]["mood"]["values"]["bad"]["zh"]
    path.write_text(json.dumps({"small": spoiled}), encoding="utf-8")
    with pytest.raises(ContentError, match=r"columns\.yaml: small\.columns\.mood\.values\.bad\.zh: Field required"):
        read_descriptions(path)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"small: [", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"- small", "must hold data sets by name"),
        (b"small: 1", "must hold data sets by name"),
    ],
)
def test_descriptions_that_are_none_are_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "columns.yaml"
    path.write_bytes(content)
    with pytest.raises(ContentError, match=problem):
        read_descriptions(path)


def test_missing_descriptions_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"columns\.yaml: there is no such file"):
        read_descriptions(tmp_path / "columns.yaml")


def test_describing_loads_neither_pandas_nor_numpy(tmp_path: Path) -> None:
    program = "import sys; from course import datasets; datasets.describe('complaints'); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    loaded = set(done.stdout.split())
    assert "course.datasets" in loaded
    assert {"pandas", "numpy", "course.datasets.make"} & loaded == set()

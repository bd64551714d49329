"""The committed files: made by their seeds, described in both languages, and about nobody."""

from __future__ import annotations

import csv
import importlib
import re
from pathlib import Path

import pytest
import yaml

from course import catalog, datasets
from course.datasets.make import RECIPES, write
from course.datasets.model import Column

FOLDER = datasets.FOLDER
ROWS = {
    "complaints": 400,
    "service_survey": 240 * 22,
    "mystery_visits": 60 * 10 * 2,
    "indicators": 36,
    "customers": 800,
    "transactions": 20_127,
}


def table(name: str) -> list[dict[str, str]]:
    """A file as it stands, without pandas."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_is_one_recipe_file_and_description_for_each_name() -> None:
    assert set(datasets.NAMES) == set(RECIPES) == set(ROWS) == {path.stem for path in FOLDER.glob("*.csv")}
    assert tuple(yaml.safe_load((FOLDER / "columns.yaml").read_text(encoding="utf-8"))) == datasets.NAMES


@pytest.mark.parametrize("name", datasets.NAMES)
def test_the_script_makes_the_committed_file_byte_for_byte(name: str, tmp_path: Path) -> None:
    committed = (FOLDER / f"{name}.csv").read_bytes()
    assert write(name, tmp_path).read_bytes() == committed
    assert write(name, tmp_path).read_bytes() == committed


def test_every_data_set_has_a_seed_of_its_own() -> None:
    seeds = {importlib.import_module(f"course.datasets.make.{name}").SEED for name in datasets.NAMES}
    assert len(seeds) == len(datasets.NAMES)


@pytest.mark.parametrize("name", datasets.NAMES)
def test_files_are_plain_ascii_with_unix_newlines(name: str) -> None:
    content = (FOLDER / f"{name}.csv").read_bytes()
    assert content.isascii()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert len(content) < 1_300_000


@pytest.mark.parametrize("name", datasets.NAMES)
def test_rows_columns_and_codes_are_as_described(name: str) -> None:
    rows, columns = table(name), datasets.describe(name).columns
    assert len(rows) == ROWS[name]
    assert list(rows[0]) == list(columns)
    for column, described in columns.items():
        values = {row[column] for row in rows}
        assert ("" in values) == described.optional
        if described.kind == "category":
            assert values == set(described.values), "every code has a label, and every label occurs"


@pytest.mark.parametrize("name", datasets.NAMES)
def test_labels_can_be_told_apart_and_chinese_is_chinese(name: str) -> None:
    data_set = datasets.describe(name)
    columns = list(data_set.columns.values())
    for group in [[column.label for column in columns], *([*column.values.values()] for column in columns if column.values)]:
        for language in ("zh", "en"):
            words = [text.of(language) for text in group]
            assert len(set(words)) == len(words)
    texts = [
        data_set.title,
        data_set.about,
        data_set.note,
        *(text for column in columns for text in [column.meaning, *column.values.values()]),
    ]
    for text in texts:
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
        assert not re.search(r"[,;:?!()'\"]", text.zh), "full-width punctuation in Chinese"
        assert not re.search(r"['\"]", text.en), "curly quotes in English"


def test_every_description_says_that_the_data_are_made_up() -> None:
    for name in datasets.NAMES:
        assert "编出来" in datasets.describe(name).note.zh
        assert "made up" in datasets.describe(name).note.en


def test_no_key_stands_twice_in_the_descriptions() -> None:
    path = FOLDER / "columns.yaml"
    assert catalog.read_yaml(path) == yaml.safe_load(path.read_text(encoding="utf-8"))


def stands(column: Column) -> str:
    """What the README says a column holds."""
    what: str = column.kind
    if column.kind == "category":
        codes = [f"`{code}`" for code in column.values]
        what = ", ".join(codes) if len(codes) <= 12 else f"{len(codes)} codes, {codes[0]} … {codes[-1]}"
    if column.kind == "number":
        what = f"{column.lowest:g}–{column.highest:g}" + (f", {column.unit.zh} · {column.unit.en}" if column.unit else "")
    return what + ("; may be empty" if column.optional else "")


@pytest.mark.parametrize("name", datasets.NAMES)
def test_the_readme_names_every_column_in_both_languages(name: str) -> None:
    data_set = datasets.describe(name)
    seed = importlib.import_module(f"course.datasets.make.{name}").SEED
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    lines = readme.partition(f"\n## `{name}.csv`")[2].partition("\n## ")[0].splitlines()
    assert lines[0] == f": {data_set.title.zh} · {data_set.title.en}"
    assert {data_set.about.zh, data_set.about.en} <= set(lines)
    assert any(f"{ROWS[name]:,} rows" in line and str(seed) in line for line in lines)
    for column, described in data_set.columns.items():
        label, meaning = described.label, described.meaning
        assert f"| `{column}` | {label.zh} · {label.en} | {meaning.zh} {meaning.en} | {stands(described)} |" in lines


@pytest.mark.parametrize("name", datasets.NAMES)
def test_no_field_could_name_or_reach_a_person(name: str) -> None:
    # All other fields are described codes, dates and figures, which ``load`` has checked.
    columns = datasets.describe(name).columns
    ids = {row[column] for row in table(name) for column, described in columns.items() if described.kind == "id"}
    assert [identity for identity in ids if not re.fullmatch(r"[a-z]\d{2,5}", identity)] == []
    assert not {"name", "phone", "email", "address", "birthday", "age", "sex", "gender"} & set(columns)
    datasets.load(name)


def test_every_buyer_is_a_member_and_everybody_bought_something() -> None:
    members, lines = table("customers"), table("transactions")
    joined = {row["customer"]: row["joined"] for row in members}
    assert len(joined) == len(members)
    assert {row["customer"] for row in lines} == set(joined)
    assert all(row["date"] >= joined[row["customer"]] for row in lines)
    assert {row["customer"] for row in table("complaints")}.isdisjoint(joined)


def test_receipts_add_up() -> None:
    lines = table("transactions")
    assert all(float(row["amount"]) == pytest.approx(int(row["quantity"]) * float(row["price"])) for row in lines)
    assert len({(row["receipt"], row["product"]) for row in lines}) == len(lines)
    for fields in (("receipt", "customer", "date"), ("product", "category", "price")):
        assert len({tuple(row[field] for field in fields) for row in lines}) == len({row[fields[0]] for row in lines})
    assert 25 <= len({row["product"] for row in lines}) <= 40


def test_open_complaints_have_no_end_and_closed_ones_have_one() -> None:
    for row in table("complaints"):
        assert (row["outcome"] == "open") == (row["days_to_close"] == "")
        assert row["satisfaction_after"] == "" or row["outcome"] != "open"


def test_a_grade_of_three_or_more_is_met() -> None:
    assert all((row["met"] == "yes") == (int(row["grade"]) >= 3) for row in table("mystery_visits"))

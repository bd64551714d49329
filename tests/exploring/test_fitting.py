"""Whether specification and data fit: found by `course check`, and told in words where an explorer is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course import exploring
from course.activities import Explorer, ExplorerAnswer
from course.authoring.checks import data
from course.errors import ContentError
from course.exploring import fitting
from tests.samples import SPECS, changed, explorer
from tests.samples.explorers import ANALYSES

NAMES = sorted(name for name in SPECS if name.startswith("explorer_"))


def faults(name: str, path: str, value: Any) -> list[str]:
    kind = Explorer.read({"id": f"m01.{name}", **changed(SPECS[name](), path, value)})
    found = [str(fault).removeprefix(f"m01.{name}: ") for fault in fitting.faults(kind)]
    if found:
        with pytest.raises(ContentError) as caught:
            exploring.find(kind, ExplorerAnswer(), "zh")
        assert str(caught.value) == f"m01.{name}: {found[0]}"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_fit(name: str) -> None:
    assert list(fitting.faults(explorer(name))) == []


@pytest.mark.parametrize(
    ("name", "path", "value", "fault"),
    [
        ("explorer_lags", "dataset", "weather", "dataset: there is no data set 'weather'; there are: complaints"),
        ("explorer_churn", "beside", "weather", "beside: there is no data set 'weather'"),
        ("explorer_churn", "beside", "indicators", "beside: must share exactly one column of ids with transactions; they share: "),
        ("explorer_grouped", "analysis.by", ["colour"], "analysis.by: there is no column 'colour'; there are: complaint, received"),
        ("explorer_grouped", "analysis.by", ["rows"], "analysis.by: there is no column 'rows'"),
        (
            "explorer_grouped",
            "analysis.by",
            ["first_reply_hours"],
            "analysis.by: first_reply_hours: only whole numbers that span at most 30",
        ),
        ("explorer_grouped", "analysis.measures", ["cause"], "analysis.measures: cause: is a column of kind category; needed here: number"),
        (
            "explorer_grouped",
            "analysis.split",
            ["received"],
            "analysis.split: received: is a column of kind date; needed here: category or",
        ),
        (
            "explorer_grouped",
            "filters",
            ["complaint"],
            "filters: complaint: is a column of kind id; needed here: category or date or number",
        ),
        ("explorer_rfm", "analysis.day", "amount", "analysis.day: amount: is a column of kind number; needed here: date"),
        ("explorer_churn", "analysis.by", ["category"], "analysis.by: category: must be a column of the data set beside"),
    ],
)
def test_what_does_not_fit_is_named(name: str, path: str, value: Any, fault: str) -> None:
    (found,) = faults(name, path, value)
    assert found.startswith(fault)


def test_course_check_names_the_file() -> None:
    kind = Explorer.read({"id": "m01.x", **changed(SPECS["explorer_lags"](), "analysis.y", ["weather"])})
    (fault,) = data.faults(Path(), {kind.id: kind})
    assert Path(fault.where).parts[-2:] == ("m01", "x.yaml")
    assert (fault.field, fault.problem[:29]) == ("analysis.y", "there is no column 'weather';")


def test_course_check_tries_every_option() -> None:
    kind = explorer("explorer_agreement", analysis=ANALYSES["agreement"]["analysis"] | {"case": ["visit", "outlet"], "by": ["outlet"]})
    assert list(fitting.faults(kind)) == []
    assert exploring.find(kind, ExplorerAnswer(), "zh").rows == ()
    found = [str(fault) for fault in data.faults(Path(), {kind.id: kind})]
    assert len(found) == 3
    assert "analysis: with rating met: somebody rated the same case twice" in found[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_the_samples_can_be_worked_out(name: str) -> None:
    kind = explorer(name)
    assert list(data.faults(Path(), {kind.id: kind})) == []

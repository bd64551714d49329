"""How far two raters agree.

J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20, 1960, and "Weighted Kappa",
Psychological Bulletin 70, 1968.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from course.analyses.columns import require
from course.analyses.terms import AnalysisError


@dataclass(frozen=True)
class Agreement:
    """Two raters over the ``n`` cases that both rated.

    ``agreed``: share of cases with the same rating (0 to 1), None without a case. ``kappa``: the same, corrected for chance, −1 to 1;
    None where it is undefined: both gave one and the same rating throughout, so that chance alone would agree.
    ``weighted_kappa``: kappa for grades, where a disagreement weighs as much as the grades are apart (linear weights), and ``difference``:
    mean of first minus second, above 0 where the first gives higher grades; both None where the ratings are not numbers.
    """

    n: int
    agreed: float | None
    kappa: float | None
    weighted_kappa: float | None
    difference: float | None


def agreement(data: pd.DataFrame, first: str, second: str) -> Agreement:
    """Two columns, one a rater, with one row for each thing that was rated (a visit, or an item of a visit).

    Rows that lack a rating are left out. Grades keep their distance: between 1 and 3 it is 2, even where nobody gave a 2. Raises
    AnalysisError for a missing column.
    """
    require(data, first, second)
    ratings = pd.DataFrame({"first": data[first], "second": data[second]}).dropna().infer_objects()
    n = len(ratings)
    if not n:
        return Agreement(0, None, None, None, None)
    pairs = Counter(zip(ratings["first"].tolist(), ratings["second"].tolist(), strict=True))
    graded = all(dtype.kind in "biuf" for dtype in ratings.dtypes)
    return Agreement(
        n=n,
        agreed=sum(times for (a, b), times in pairs.items() if a == b) / n,
        kappa=_kappa(pairs, lambda a, b: int(a != b)),
        weighted_kappa=_kappa(pairs, lambda a, b: abs(float(a) - float(b))) if graded else None,
        difference=sum(times * (float(a) - float(b)) for (a, b), times in pairs.items()) / n if graded else None,
    )


def agreement_by(data: pd.DataFrame, first: str, second: str, item: str) -> pd.DataFrame:
    """The same for each item: ``item``, ``n``, ``agreed``, ``kappa``, ``weighted_kappa``, ``difference``; in the order of the items.

    None becomes NaN. Rows without an item are left out. Raises AnalysisError for a missing column.
    """
    require(data, first, second, item)
    parts = [{"item": name, **asdict(agreement(part, first, second))} for name, part in data.groupby(item, observed=True)]
    result = pd.DataFrame(parts, columns=["item", "n", "agreed", "kappa", "weighted_kappa", "difference"])
    return result.astype({"n": "int64", **dict.fromkeys(result.columns[2:], "float64")})


def paired(data: pd.DataFrame, rater: str, rating: str, case: Sequence[str]) -> pd.DataFrame:
    """From one row a rating to one row a case: the columns of ``case``, ``first``, ``second``; for ``agreement`` and ``agreement_by``.

    ``case``: the columns that together say what was rated, for example visit and item. ``first`` has the ratings of the rater whose name
    sorts first. Cases that only one has rated are left out. Raises AnalysisError for a missing column, more than two raters, and a
    case that somebody rated twice.
    """
    keys = list(case)
    require(data, rater, rating, *keys)
    rows = data[[*keys, rater, rating]].dropna()
    names = sorted(rows[rater].unique(), key=str)
    if len(names) > 2:
        raise AnalysisError(f"column {rater!r} names {len(names)} raters ({', '.join(map(str, names))}); filter the data down to two")
    if rows.duplicated([*keys, rater]).any():
        raise AnalysisError(f"somebody rated the same case twice; does it take more than {', '.join(keys)} to tell the cases apart?")
    first, second = [*names, None, None][:2]
    ones: pd.DataFrame = rows[rows[rater] == first].drop(columns=rater).rename(columns={rating: "first"})
    others: pd.DataFrame = rows[rows[rater] == second].drop(columns=rater).rename(columns={rating: "second"})
    return ones.merge(others, on=keys)


def _kappa(pairs: Counter[tuple[Any, Any]], distance: Callable[[Any, Any], float]) -> float | None:
    """1 − observed over expected disagreement, from counts, so that whole numbers stay exact."""
    firsts: Counter[Any] = Counter()
    seconds: Counter[Any] = Counter()
    for (a, b), times in pairs.items():
        firsts[a] += times
        seconds[b] += times
    observed = sum(times * distance(a, b) for (a, b), times in pairs.items())
    expected = sum(m * k * distance(a, b) for a, m in firsts.items() for b, k in seconds.items())
    return 1 - pairs.total() * observed / expected if expected else None

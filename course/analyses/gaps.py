"""Perception against expectation (A. Parasuraman, V. A. Zeithaml & L. L. Berry, "SERVQUAL", Journal of Retailing 64, 1988)."""

from __future__ import annotations

from statistics import NormalDist

import pandas as pd

from course.analyses.columns import numbers, require

FEWEST = 5
"""Respondents below whom no interval is given."""


def gaps(data: pd.DataFrame, respondent: str, dimension: str, expectation: str, perception: str, group: str | None = None) -> pd.DataFrame:
    """One row a dimension (and group): ``group`` (only with one), ``dimension``, ``expectation``, ``perception``, ``gap``, ``n``, ``se``,
    ``low``, ``high``; in the order of group and dimension (ordered categories in their order).

    ``data``: one row for each item that a respondent rated, with both ratings on one scale. Each respondent's items of a dimension are
    averaged first, so that ``n`` counts respondents; ``expectation``, ``perception`` and ``gap`` (perception minus expectation,
    negative where service falls short) are means over them. ``se``: standard error of the gap, NaN for a single respondent;
    ``low``, ``high``: its 95 % confidence interval by Student's t, NaN below 5 respondents. Rows that lack either rating, the
    respondent, dimension or group are left out. Raises AnalysisError for a column that is missing or holds no numbers.
    """
    keys = {"group": group, "dimension": dimension} if group is not None else {"dimension": dimension}
    named = {**{name: str(column) for name, column in keys.items()}, "respondent": respondent}
    require(data, *named.values())
    rows = pd.DataFrame({name: data[column] for name, column in named.items()})
    rows = rows.assign(expectation=numbers(data, expectation), perception=numbers(data, perception)).dropna()
    people = rows.groupby(list(named), observed=True)[["expectation", "perception"]].mean().reset_index()
    people["gap"] = people["perception"] - people["expectation"]
    each = people.groupby(list(keys), observed=True)
    result = each[["expectation", "perception", "gap"]].mean().assign(n=each.size(), se=each["gap"].sem()).reset_index()
    margin = result["se"] * result["n"].map(t_quantile).astype("float64")
    return result.assign(low=result["gap"] - margin, high=result["gap"] + margin)


def t_quantile(n: int) -> float:
    """The 97.5 % quantile of Student's t for ``n`` observations (n − 1 degrees of freedom), right to 0.04 %; NaN below 5.

    By the expansion 26.7.5 of M. Abramowitz & I. A. Stegun, Handbook of Mathematical Functions, 1964: scipy for one number is not worth it.
    """
    if n < FEWEST:
        return float("nan")
    z, v = NormalDist().inv_cdf(0.975), n - 1
    terms: tuple[float, ...] = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return sum((term / v**power for power, term in enumerate(terms)), 0.0)

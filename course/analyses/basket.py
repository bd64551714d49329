"""What is bought together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course.analyses.columns import require
from course.analyses.terms import fraction


def basket(data: pd.DataFrame, receipt: str, product: str, least_support: float = 0.01) -> pd.DataFrame:
    """One row a pair of products: ``first``, ``second``, ``n_first``, ``n_second``, ``n``, ``support``, ``confidence``,
    ``confidence_back``, ``lift``.

    ``n_first``, ``n_second``, ``n``: receipts with the first, the second and both (a receipt counts once, however many lines it has);
    ``support`` = n / all receipts; ``confidence`` = n / n_first, the share of the receipts with the first that have the second, too;
    ``confidence_back`` = n / n_second; ``lift`` = support over what it would be if the two had nothing to do with each other: 1 is
    chance. ``first`` sorts before ``second``. Only pairs that occur and have at least ``least_support`` (0 to 1) are listed, the
    highest lift first, then the highest n, then by name. Rows without receipt or product are left out.

    Support and confidence: R. Agrawal, T. Imieliński & A. Swami, "Mining Association Rules between Sets of Items in Large Databases",
    SIGMOD 1993; lift (as "interest"): S. Brin, R. Motwani, J. Ullman & S. Tsur, SIGMOD 1997.

    Raises AnalysisError for a missing column and a support outside 0 to 1.
    """
    require(data, receipt, product)
    fraction("least_support", least_support)
    lines = pd.DataFrame({"receipt": data[receipt], "product": data[product]}).dropna().drop_duplicates()
    receipts = max(lines["receipt"].nunique(), 1)
    codes, products = pd.factorize(lines["product"], sort=True)
    counts = np.bincount(codes, minlength=len(products))
    # A pair is no more frequent than either product: the others need not be paired.
    lines = lines.assign(code=codes)[(counts / receipts >= least_support)[codes]][["receipt", "code"]]
    pairs = lines.merge(lines, on="receipt", suffixes=("_first", "_second"))
    pairs = pairs[pairs["code_first"] < pairs["code_second"]]
    both = pairs.groupby(["code_first", "code_second"]).size().rename("n").reset_index()
    both = both[both["n"] / receipts >= least_support]

    first, second, n = both["code_first"].to_numpy(), both["code_second"].to_numpy(), both["n"].to_numpy()
    result = pd.DataFrame(
        {
            "first": products[first],
            "second": products[second],
            "n_first": counts[first],
            "n_second": counts[second],
            "n": n,
            "support": n / receipts,
            "confidence": n / counts[first],
            "confidence_back": n / counts[second],
            "lift": n * receipts / (counts[first] * counts[second]),
        }
    )
    return result.sort_values(["lift", "n", "first", "second"], ascending=[False, False, True, True], ignore_index=True)

"""Whether a group of images has more errors than the rest, or only bad luck."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from effnet_studio.engine.evaluation.measures.significance import Share


def fisher_excess(
    wrong: NDArray[np.int64], images: NDArray[np.int64], *, all_wrong: int, all_images: int
) -> NDArray[np.float64]:
    """How probable so many errors in a group are, or more, if errors fell on images by chance.

    Fisher's exact test, one-sided (Fisher 1922, "On the interpretation of χ² from contingency
    tables, and the calculation of P", JRSS 85): the upper tail of the hypergeometric distribution.

    Args:
        wrong: Errors in each group, int64, shape (groups,).
        images: Images in each group, int64, shape (groups,).
        all_wrong: Errors in all images.
        all_images: All images; each group is part of them.

    Returns:
        p-values, float64, shape (groups,), in (0, 1].

    Raises:
        ValueError: If a group has more errors or images than there are.
    """
    right = images - wrong
    if (
        np.any(wrong < 0)
        or np.any(right < 0)
        or np.any(wrong > all_wrong)
        or np.any(right > all_images - all_wrong)
    ):
        raise ValueError("a group has more errors or images than there are")
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, all_images + 1)))])
    all_right = all_images - all_wrong
    found = np.empty(len(wrong), dtype=np.float64)
    for place, (hits, size) in enumerate(zip(wrong.tolist(), images.tolist(), strict=True)):
        if hits <= max(0, size - all_right):
            found[place] = 1.0  # no fewer are possible
            continue
        counts = np.arange(hits, min(size, all_wrong) + 1)
        terms = (
            _log_choose(logs, all_wrong, counts)
            + _log_choose(logs, all_right, size - counts)
            - _log_choose(logs, all_images, np.array(size))
        )
        found[place] = min(1.0, math.fsum(np.exp(terms).tolist()))
    return found


def _log_choose(
    logs: NDArray[np.float64], total: int, chosen: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Logarithm of the binomial coefficients, from those of the factorials."""
    result: NDArray[np.float64] = logs[total] - logs[chosen] - logs[total - chosen]
    return result


def difference_interval(first: Share, second: Share) -> tuple[float, float]:
    """95 % interval of the first share minus the second, from those of the two.

    Newcombe 1998 ("Interval estimation for the difference between independent proportions",
    Statistics in Medicine 17, method 10): it never leaves [-1, 1] and has a width also where a
    share is 0 or 1.

    Args:
        first: A share with its score interval.
        second: Another, of other images.

    Returns:
        The two ends.
    """
    difference = first.value - second.value
    below = math.hypot(first.value - first.low, second.high - second.value)
    above = math.hypot(first.high - first.value, second.value - second.low)
    return max(-1.0, difference - below), min(1.0, difference + above)


def adjusted(
    p_values: NDArray[np.float64], weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Least false discovery rate at which each of many tests is a finding.

    Benjamini and Hochberg 1995 ("Controlling the false discovery rate", JRSS B 57); with weights
    as Genovese, Roeder and Wasserman 2006 ("False discovery control with p-value weighting",
    Biometrika 93), by which tests that are likelier to find something get more of the budget.

    Args:
        p_values: Of all tests that were made, float64, shape (tests,).
        weights: Above 0, mean 1, shape (tests,), chosen without a look at the p-values; None: all
            alike.

    Returns:
        Adjusted p-values, float64, shape (tests,), in [0, 1].
    """
    weighed = p_values if weights is None else p_values / weights
    order = np.argsort(weighed, kind="stable")
    count = len(order)
    raised = weighed[order] * count / np.arange(1, count + 1)
    result = np.empty(count, dtype=np.float64)
    result[order] = np.minimum.accumulate(raised[::-1])[::-1].clip(max=1.0)
    return result

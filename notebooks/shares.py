"""Shares of small numbers of cases, with the intervals that belong to them.

`python notebooks/shares.py` tests the examples below.
"""

from dataclasses import dataclass
from math import comb, sqrt

Z = 1.959963984540054  # 95 %
SMALL = 10  # a share of fewer cases is marked; `casebook trends` marks the same


@dataclass(frozen=True)
class Share:
    """`part` of `whole` cases.

    >>> print(Share(2, 5).count, "|", Share(2, 5))
    2 of 5 | 40 % (12–77) *
    >>> print(Share(33, 49))
    67 % (53–79)
    >>> print(Share(0, 0))
    –
    """

    part: int
    whole: int

    def __post_init__(self):
        assert 0 <= self.part <= self.whole, f"{self.part} of {self.whole} is no share"

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson score interval.

        >>> [round(limit, 4) for limit in Share(38, 224).interval]
        [0.1262, 0.2243]
        >>> Share(0, 0).interval
        (0.0, 1.0)
        """
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def small(self) -> bool:
        return self.whole < SMALL

    @property
    def count(self) -> str:
        return f"{self.part} of {self.whole}"

    @property
    def percent(self) -> str:
        if not self.whole:
            return "–"
        return "<1 %" if 0 < self.value < 0.005 else f"{100 * self.value:.0f} %"

    @property
    def long(self) -> str:
        """For sentences.

        >>> print(Share(2, 5).long)
        40 %, with a 95 % interval of 12 to 77 %
        """
        low, high = self.interval
        return f"{self.percent}, with a 95 % interval of {100 * low:.0f} to {100 * high:.0f} %"

    def __str__(self) -> str:
        if not self.whole:
            return "–"
        low, high = self.interval
        return f"{self.percent} ({100 * low:.0f}–{100 * high:.0f})" + (" *" if self.small else "")


@dataclass(frozen=True)
class Difference:
    """The first share less the second, with Newcombe's 95 % interval, which is made of both Wilson intervals.

    The example is Newcombe's own (Statistics in Medicine 17, 1998, table II: 56/70 and 48/80).

    >>> [round(limit, 4) for limit in Difference(Share(56, 70), Share(48, 80)).interval]
    [0.0524, 0.3339]
    >>> print(Difference(Share(56, 70), Share(48, 80)))
    +20 (+5 to +33)
    >>> print(Difference(Share(1, 20), Share(10, 20)))
    −45 (−65 to −18)
    """

    first: Share
    second: Share

    @property
    def value(self) -> float:
        return self.first.value - self.second.value

    @property
    def interval(self) -> tuple[float, float]:
        (low1, high1), (low2, high2) = self.first.interval, self.second.interval
        p1, p2 = self.first.value, self.second.value
        return (
            self.value - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
            self.value + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
        )

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        low, high = self.interval
        return low > 0 or high < 0

    def __str__(self) -> str:
        if not (self.first.whole and self.second.whole):
            return "–"
        value, low, high = (signed(x) for x in (self.value, *self.interval))
        return f"{value} ({low} to {high})" + (" *" if self.first.small or self.second.small else "")


def signed(share: float) -> str:
    """Percentage points with their sign.

    >>> signed(-0.113), signed(0.002), signed(0.2)
    ('−11', '0', '+20')
    """
    points = round(100 * share)
    return f"{points:+d}".replace("-", "−") if points else "0"


def fisher(both: int, first: int, second: int, cases: int) -> float:
    """How likely `both` or more cases with both of two failures are by chance (Fisher's exact test, one-sided).

    Fisher's tea: of 8 cups, 4 with milk first, all 4 told rightly.

    >>> round(fisher(4, 4, 4, 8), 4)
    0.0143
    >>> fisher(0, 4, 4, 8)
    1.0
    """
    ways = sum(comb(first, k) * comb(cases - first, second - k) for k in range(both, min(first, second) + 1))
    return ways / comb(cases, second)


def holm(probabilities: list[float]) -> list[float]:
    """The same probabilities, raised for their number by Holm's method, in the same order.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    adjusted, highest = [0.0] * len(probabilities), 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(probabilities) - rank) * probabilities[place]))
        adjusted[place] = highest
    return adjusted


if __name__ == "__main__":
    import doctest

    raise SystemExit(doctest.testmod().failed > 0)

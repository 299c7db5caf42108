# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Which failures go together?
#
# Where the ICO finds one failure, which others does it find in the same case more often than chance would have it? Useful
# for an audit plan, a training session, or the question what else to look at.

# %%
from itertools import combinations
from statistics import median

import polars as pl

from reading import agree, cases, coverage, found, title
from shares import SMALL, Share, fisher, holm
from showing import BLUE, ORANGE, chart, heat, intervals, percent_axis, say, show, table, wrapped

every = cases()
protection = every.filter(~pl.col("marketing"))
marketing = every.filter(pl.col("marketing"))
LEAST = 5  # cases that each failure of a pair must have
say(f"Counted: {coverage(every)}. {protection.height} are under data protection law, {marketing.height} under the rules on "
    "electronic marketing and cookies (PECR). The two are counted apart: failures of data protection law hardly "
    "occur in marketing cases, so that all of them seem to go together when both are counted as one.")

# %% [markdown]
# ## How it is counted
#
# - A case has a failure if the regulator states it in one sentence or more.
# - **Expected** is how many cases would have both if each were spread over the cases by chance. **Lift** is the number with
#   both ÷ the number expected: 1 is chance, 2 is twice as often.
# - A pair is **clear** if Fisher's exact test (one-sided), raised by Holm's method for the number of pairs tested, is below 5 %.
#   With hundreds of pairs, some high lifts are sure to come about by chance; this leaves those out.

# %%
class Pair:
    """Two failures among some cases."""

    def __init__(self, first: str, second: str, having: dict[str, set], cases: int):
        self.names, self.cases = (first, second), cases
        self.first, self.second = having[first], having[second]
        self.both = len(self.first & self.second)
        self.expected = len(self.first) * len(self.second) / cases
        self.lift = self.both / self.expected
        self.chance = fisher(self.both, len(self.first), len(self.second), cases)

    def given(self) -> Share:
        """The share with the second failure, of the cases with the first."""
        return Share(self.both, len(self.first))

    def elsewhere(self) -> Share:
        """The share with the second failure, of the cases without the first."""
        return Share(len(self.second) - self.both, self.cases - len(self.first))


def having(some: pl.DataFrame) -> dict[str, set]:
    """The cases of each failure."""
    within = found().join(some.select("case"), on="case")
    return {category: set(rows["case"]) for (category,), rows in within.group_by("category")}


def pairs(some: pl.DataFrame) -> list[Pair]:
    """All pairs of failures that are frequent enough, those least like chance first; the rarer failure leads."""
    of = having(some)
    frequent = sorted((category for category in of if len(of[category]) >= LEAST), key=lambda category: (len(of[category]), category))
    made = [Pair(first, second, of, some.height) for first, second in combinations(frequent, 2)]
    for pair, raised in zip(made, holm([pair.chance for pair in made])):
        pair.clear = raised < 0.05
    return sorted(made, key=lambda pair: (pair.chance, pair.names))


def listed(some: list[Pair]) -> None:
    table([
        {"Where this was found …": title(pair.names[0]), "… this was found too": title(pair.names[1]), "Both": pair.both,
         "Expected": pair.expected, "Lift": pair.lift, "Share with it": pair.given(), "Elsewhere": pair.elsewhere()}
        for pair in some
    ], note="Shares in per cent, with 95 % Wilson intervals: of the cases with the first failure, and of all others, how many have the second.")


# %% [markdown]
# ## Under data protection law

# %%
tested = pairs(protection)
clear = [pair for pair in tested if pair.clear]
say(f"{len(tested)} pairs of failures found in {LEAST} cases or more were tested among {protection.height} cases. "
    f"{len(clear)} {'is' if len(clear) == 1 else 'are'} clear:")
listed(clear)

# %%
shown = clear[:10]
figure, axes = chart(0.48 * len(shown) + 1.1)
places = list(range(len(shown), 0, -1))
intervals(axes, [pair.given() for pair in shown], [place + 0.13 for place in places], BLUE)
intervals(axes, [pair.elsewhere() for pair in shown], [place - 0.13 for place in places], ORANGE, marker="s", hollow=True)
axes.set_yticks(places, [f"{title(pair.names[1])}\nwhere: {title(pair.names[0]).lower()} ({len(pair.first)})" for pair in shown], fontsize=8.5)
percent_axis(axes, "share of cases with the failure named first")
if shown:
    axes.text(100 * shown[0].given().value, places[0] + 0.3, "with it", color=BLUE, ha="center", va="bottom", fontsize=9)
    axes.text(100 * shown[0].elsewhere().value, places[0] + 0.3, "elsewhere", color=ORANGE, ha="center", va="bottom", fontsize=9)
    axes.set_ylim(0.4, places[0] + 0.75)
show(
    figure,
    "Shares with 95 % intervals: " + "; ".join(
        f"{title(pair.names[1])} in {pair.given().percent} of cases with {title(pair.names[0]).lower()}, in {pair.elsewhere().percent} of others"
        for pair in shown
    ),
    f"The clearest pairs among {protection.height} cases under data protection law. Filled circles: of the cases where the failure "
    "below was found (number in brackets); hollow squares: of all others. Lines: 95 % intervals.",
)

# %% [markdown]
# ### Every pair of the commonest failures

# %%
common = sorted(having(protection).items(), key=lambda item: (-len(item[1]), item[0]))[:11]
by_name = {pair.names: pair for pair in tested}


def pair_of(first, second):
    return by_name.get((first, second)) or by_name[second, first]


matrix = [[pair_of(row, column) for column, _ in common[:y]] for y, (row, _) in enumerate(common)]
grid = [
    [(pair.lift, f"{pair.lift:.1f}" + (" *" if max(pair.both, pair.expected) < SMALL else "")) for pair in line]
    + [(0.0, "")] * (len(common) - 1 - len(line))
    for line in matrix[1:]
]
names = [f"{title(name)} ({len(members)})  {number}" for number, (name, members) in enumerate(common, start=1)]
figure, axes = chart(4.6)
heat(axes, grid, names[1:], [f"{names[0].replace('  1', '')}\n1", *map(str, range(2, len(common)))], most=4)
show(
    figure,
    "Lift of every pair of the commonest failures: " + "; ".join(
        f"{title(pair.names[0])} with {title(pair.names[1]).lower()} {pair.lift:.1f} ({pair.both} cases)" for line in matrix for pair in line
    ),
    f"Lift: how many times as many cases have both as chance would give; 1 is chance. Number of cases in brackets, of "
    f"{protection.height}. Columns have the numbers of the rows. * fewer than {SMALL} cases with both, found and expected.",
)
say(f"For comparison, the median lift of all {len(tested)} pairs is {median(pair.lift for pair in tested):.1f}.")

# %% [markdown]
# ## Under the rules on electronic marketing

# %%
tested_marketing = pairs(marketing)
clear_marketing = [pair for pair in tested_marketing if pair.clear]
say(f"{len(tested_marketing)} pairs tested among {marketing.height} cases; {len(clear_marketing)} clear.")
listed(clear_marketing)

# %% [markdown]
# ## Why the two laws are kept apart
#
# The pairs with most cases, counted also over all cases at once, as `casebook trends --report co-occurrence` does without a
# filter. Marketing cases with neither failure make a pair seem closer than it is where the failure can occur at all.

# %%
together = {pair.names: pair for pair in pairs(every)} | {pair.names[::-1]: pair for pair in pairs(every)}
largest = sorted(tested, key=lambda pair: (-pair.both, pair.names))[:5]
table([
    {"Failure": title(pair.names[0]), "and": title(pair.names[1]), "Lift, data protection law": pair.lift,
     "Lift, all cases": together[pair.names].lift}
    for pair in largest
], note=f"Of the five, {sum(together[pair.names].lift > pair.lift for pair in largest)} have a higher lift when both laws are counted as one.")

# %% [markdown] tags=["checks"]
# ## Checks

# %% tags=["checks"]
invented = {"calls": {1, 2}, "false names": {2}}
assert Pair("calls", "false names", invented, 5).lift == 2.5, "the example of docs/counting.md"
for pair in tested + tested_marketing:
    assert pair.both <= min(len(pair.first), len(pair.second))
    assert pair.given().part + pair.elsewhere().part == len(pair.second), "with and without the first make all of the second"
assert {name: len(members) for name, members in having(every).items()} == dict(found().group_by("category").len().iter_rows())

of = having(every)
ordered = [Pair(first, second, of, every.height) for first in of for second in of if first != second]
agree(
    pl.DataFrame([{"category": pair.names[0], "with": pair.names[1], "cases": pair.both, "lift": pair.lift} for pair in ordered]),
    ["--report", "all"], "co-occurrence", ["category", "with"], ["cases", "lift"],
)

# %% [markdown]
# ## Limits
#
# - That two failures go together does not say that one leads to the other. Both can come from a third, such as a kind of
#   incident: a cyber attack brings several failures of security to light at once.
# - Some categories lie close to each other in meaning, and one sentence can state two of them.
# - What the regulator looked at is what it found: a thorough investigation finds more of everything.
# - A pair that is not clear is not shown to be unrelated; most have too few cases to tell.
# - The corpus is not the whole of the ICO's work, and categories are found automatically (`docs/quality.md`). Rules of
#   counting: `docs/counting.md`. Contains information of the Information Commissioner's Office licensed under the Open
#   Government Licence v3.0. The ICO endorses nothing here. Not legal advice.

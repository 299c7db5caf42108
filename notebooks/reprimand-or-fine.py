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
# # Reprimand or fine: what did the same failure lead to?
#
# What practitioners ask about a published case: what would another body have got for the same? Sets public beside
# private bodies, failure by failure, and says how much the published cases can tell.

# %%
from datetime import date
from statistics import median

import polars as pl

from reading import REPRIMANDS_SINCE, UNKNOWN, actions, agree, cases, coverage, found, title
from shares import SMALL, Difference, Share
from showing import BLUE, GREEN, GREY, INK, ORANGE, Money, chart, intervals, percent_axis, say, show, table

APPROACH = date(2022, 6, 30)  # the ICO announces its approach to public bodies
KINDS = ["public", "private"]
every = cases()
taken = actions()


def led_to(action: str) -> list[str]:
    return taken.filter(pl.col("action") == action)["case"].to_list()


fined, reprimanded = led_to("monetary-penalty"), led_to("reprimand")
every = every.with_columns(fined=pl.col("case").is_in(fined), reprimanded=pl.col("case").is_in(reprimanded))
protection = every.filter(~pl.col("marketing"))
base = protection.filter((pl.col("year") >= REPRIMANDS_SINCE) & (pl.col("year") != UNKNOWN))
known = base.filter(pl.col("public").is_in(KINDS))


def share(some: pl.DataFrame, outcome: str = "fined") -> Share:
    return Share(some[outcome].sum(), some.height)


def of(kind: str, some: pl.DataFrame = known) -> pl.DataFrame:
    return some.filter(pl.col("public") == kind)


say(
    f"Compared are {known.height} cases under data protection law since January {REPRIMANDS_SINCE}: {of('public').height} of public and "
    f"{of('private').height} of private bodies. Left out of the comparison, of {every.height} cases in all:"
)
table([
    {"Left out": "under the rules on electronic marketing (PECR)", "Cases": every["marketing"].sum(),
     "Why": "other law: for most of these years it had no reprimand"},
    {"Left out": f"dated before {REPRIMANDS_SINCE}, or without a date", "Cases": protection.height - base.height,
     "Why": "reprimands were not published, so that penalties seem the rule"},
    {"Left out": "kind of body not known", "Cases": base.height - known.height, "Why": "neither public nor private can be said"},
])

# %% [markdown]
# ## All failures together

# %%
table([
    {"Body": kind.capitalize(), "Cases": of(kind).height, "Reprimand": share(of(kind), "reprimanded"), "Penalty": share(of(kind)),
     "Neither": Share(of(kind).filter(~pl.col("fined") & ~pl.col("reprimanded")).height, of(kind).height)}
    for kind in KINDS
], note="Share of cases in per cent, with 95 % Wilson intervals. “Neither”: an enforcement notice, a prosecution or another action alone.")
gap = Difference(share(of("private")), share(of("public")))
say(f"Private bodies less public ones: {gap} percentage points in the share with a penalty (Newcombe’s 95 % interval).")

# %% [markdown]
# ## The same failure
#
# Failures found in at least five cases of public and five of private bodies. A case counts under each of its failures, so that
# one severe case can stand in several rows.

# %%
failures = found().join(known, on="case")
LEAST = 5


def with_failure(category: str, kind: str) -> pl.DataFrame:
    return of(kind, failures).filter(pl.col("category") == category)


compared = [
    category
    for category in failures["category"].unique().sort()
    if all(with_failure(category, kind).height >= LEAST for kind in KINDS)
]
compared.sort(key=lambda category: (-sum(with_failure(category, kind).height for kind in KINDS), category))
both = {category: {kind: share(with_failure(category, kind)) for kind in KINDS} for category in compared}
gaps = {category: Difference(pair["private"], pair["public"]) for category, pair in both.items()}
table([
    {"Failure": title(category), "Public": pair["public"].count, "fined, public": pair["public"], "Private": pair["private"].count,
     "fined, private": pair["private"], "Difference, points": gaps[category]}
    for category, pair in both.items()
], note="Cases with a penalty of all with the failure, in per cent with 95 % intervals.")
clear = sum(gap.clear and gap.value > 0 for gap in gaps.values())
say(f"In {sum(gap.value > 0 for gap in gaps.values())} of these {len(gaps)} failures the share with a penalty is higher for private bodies; "
    f"in {clear} the interval of the difference leaves out 0. The rows share cases and are no independent evidence.")

# %%
figure, axes = chart(0.46 * len(compared) + 1.1)
places = list(range(len(compared), 0, -1))
for kind, colour, marker, hollow, shift in (("public", BLUE, "o", False, 0.14), ("private", ORANGE, "s", True, -0.14)):
    intervals(axes, [both[category][kind] for category in compared], [place + shift for place in places], colour, marker, hollow)
    axes.text(100 * both[compared[0]][kind].value, places[0] + 0.34, f"{kind} bodies", color=colour, ha="center", va="bottom", fontsize=9)
axes.set_yticks(places, [f"{title(category)} ({both[category]['public'].whole}, {both[category]['private'].whole})" for category in compared])
axes.set_ylim(0.4, places[0] + 0.8)
percent_axis(axes, "share of cases with the failure that led to a penalty")
show(
    figure,
    "Share of cases that led to a penalty, public and private bodies: " + "; ".join(
        f"{title(category)} {pair['public'].percent} of {pair['public'].whole} and {pair['private'].percent} of {pair['private'].whole}"
        for category, pair in both.items()
    ),
    f"Share with a penalty by failure; in brackets the cases of public and private bodies. Lines: 95 % intervals, pale for fewer "
    f"than {SMALL} cases. Data protection law, since {REPRIMANDS_SINCE}, n = {known.height}.",
)

# %% [markdown]
# ## Before and after June 2022
#
# On 30 June 2022 the ICO announced that it would use fines against public bodies only in the most serious cases, and reprimands
# instead. Can the published cases show a change?

# %%
parts = {
    f"before January {REPRIMANDS_SINCE}": (protection["date_earliest"] < date(int(REPRIMANDS_SINCE), 1, 1)),
    "January to June 2022": (protection["date_earliest"] >= date(int(REPRIMANDS_SINCE), 1, 1)) & (protection["date_earliest"] <= APPROACH),
    "since July 2022": protection["date_earliest"] > APPROACH,
}
table([
    {"Period": period, **{
        f"{kind.capitalize()}: {head}": value
        for kind in KINDS
        for part in [of(kind, protection.filter(inside))]
        for head, value in (("reprimand", part["reprimanded"].sum()), ("penalty", part["fined"].sum()), ("share with penalty", share(part)))
    }}
    for period, inside in parts.items()
], note="Cases under data protection law, by the date of the action (a date known only to the month or year by its first day).")
before = of("public", protection.filter(parts["January to June 2022"]))
say(
    f"**The data cannot answer it.** Before January {REPRIMANDS_SINCE} reprimands were not published, so that a share of penalties has no "
    f"base. The six months in which both were published hold {before.height} cases of public bodies"
    f"{', one of them dated on the day of the announcement itself' if (before['date_earliest'] == APPROACH).sum() == 1 else ''}. What can be "
    f"said is how things stood afterwards: {share(of('public', protection.filter(parts['since July 2022'])))} of the cases of public bodies "
    f"led to a penalty, {share(of('private', protection.filter(parts['since July 2022'])))} of those of private ones. Whether the approach "
    "is the reason is another question: the two kinds of body also differ in what went wrong."
)

# %% [markdown]
# ## Do more failures go with a penalty?

# %%
number = found().join(known, on="case").group_by("case").len("failures")
counted = known.join(number, on="case", how="left").with_columns(pl.col("failures").fill_null(0))
steps = {"none found": (0, 0), "1": (1, 1), "2": (2, 2), "3 or 4": (3, 4), "5 or more": (5, 99)}
table([
    {"Failures found": name, **{
        f"{kind.capitalize()}: {head}": value
        for kind in KINDS
        for part in [of(kind, counted.filter(pl.col("failures").is_between(low, high)))]
        for head, value in (("cases", part.height), ("with penalty", share(part)))
    }}
    for name, (low, high) in steps.items()
], note="Penalty notices tend to be longer than reprimands and to name more failures: the number found is in part a result of the penalty.")

# %% [markdown]
# ## How large is a penalty?

# %%
penalties = taken.filter(pl.col("amount_gbp").is_not_null()).join(every.select("case", "marketing", "public", "year"), on="case")
rows = {
    "Electronic marketing (PECR)": penalties.filter(pl.col("marketing")),
    "Data protection law, private": penalties.filter(~pl.col("marketing") & (pl.col("public") == "private")),
    "Data protection law, public": penalties.filter(~pl.col("marketing") & (pl.col("public") == "public")),
    "Data protection law, kind not known": penalties.filter(~pl.col("marketing") & ~pl.col("public").is_in(KINDS)),
}
sums = {name: sorted(part["amount_gbp"].to_list()) for name, part in rows.items()}
table([
    {"Penalties": name, "n": len(amounts), "Least": Money(amounts[0]), "Median": Money(round(median(amounts))), "Greatest": Money(amounts[-1]),
     "All": Money(sum(amounts)), "": "*" if len(amounts) < SMALL else ""}
    for name, amounts in sums.items() if amounts
], note=f"All years. Penalties imposed, before any appeal; the amount of {len(fined) - penalties.height} more is not known.")

# %%
drawn = [(name, amounts) for name, amounts in sums.items() if amounts]
figure, axes = chart(0.62 * len(drawn) + 0.7)
for place, ((name, amounts), colour) in enumerate(zip(drawn, (GREY, ORANGE, BLUE, GREEN))):
    heights = [-place + 0.22 * ((index * 0.618) % 1 - 0.5) for index in range(len(amounts))]
    axes.plot(amounts, heights, "o", color=colour, markersize=5, alpha=0.55, markeredgewidth=0)
    middle = median(amounts)
    axes.plot([middle, middle], [-place - 0.25, -place + 0.25], color=INK, linewidth=2)
    axes.text(middle, -place + 0.27, f"median {Money(round(middle))}", ha="center", va="bottom", fontsize=8.5)
axes.set_xscale("log")
steps_of_ten = [10**power for power in range(3, 9)]
axes.set_xlim(min(min(amounts) for _, amounts in drawn) * 0.7, max(max(amounts) for _, amounts in drawn) * 1.4)
axes.set_xticks([step for step in steps_of_ten if axes.get_xlim()[0] <= step <= axes.get_xlim()[1]])
axes.xaxis.set_major_formatter(lambda amount, _: str(Money(round(amount))))
axes.minorticks_off()
axes.set_yticks([-place for place in range(len(drawn))], [f"{name} ({len(amounts)})" for name, amounts in drawn])
axes.set_ylim(-len(drawn) + 0.55, 0.6)
axes.set_xlabel("penalty, pounds; each step is ten times as much")
axes.grid(axis="x")
show(
    figure,
    "Every penalty as a dot on a scale of powers of ten: " + "; ".join(
        f"{name}, {len(amounts)} penalties from {Money(amounts[0])} to {Money(amounts[-1])}, median {Money(round(median(amounts)))}" for name, amounts in drawn
    ),
    f"Every known penalty; number in brackets. Up and down only keeps dots apart. n = {penalties.height}.",
)

# %% [markdown] tags=["checks"]
# ## Checks

# %% tags=["checks"]
assert penalties["amount_gbp"].sum() == every["amount_gbp"].sum(), "every penalty belongs to one action"
assert sum(map(len, sums.values())) == penalties.height
assert sum(inside.sum() for inside in parts.values()) == protection.height - protection["date_earliest"].is_null().sum()
for category, pair in both.items():
    whole = failures.filter(pl.col("category") == category).height
    assert pair["public"].whole + pair["private"].whole == whole, "each case is of a public or a private body"
assert counted.height == known.height and sum(part.height for _, part in counted.group_by("failures")) == known.height

agree(taken.join(every, on="case").group_by("public", "action").agg(cases=pl.col("case").n_unique(), actions=pl.len()),
      ["--by", "public,action"], "by", ["public", "action"], ["cases", "actions"])
agree(found().join(taken, on="case").group_by("category", "action").agg(cases=pl.col("case").n_unique(), penalties=pl.col("amount_gbp").count()),
      ["--report", "all"], "outcomes", ["category", "action"], ["cases", "penalties"])
agree(found().join(every, on="case").group_by("category", "public").len("cases"),
      ["--by", "category,public"], "by", ["category", "public"], ["cases"])

# %% [markdown]
# ## Limits
#
# - A failure does not cause its outcome. Severity, harm, turnover, earlier action and co-operation count too, and
#   nothing here is adjusted for them; other failures of the same case count as well.
# - The comparison is of what was published. Most complaints and reported breaches end without any of it.
# - Public or private follows the kind of body as casebook reads it (`taxonomy/bodies.toml`); charities, housing associations and
#   parties are private.
# - Intervals are for few cases and treat them as independent. They do not cover what was chosen for action or for publication.
# - The corpus is not the whole of the ICO's work, and categories are found automatically (`docs/quality.md`). Rules of
#   counting: `docs/counting.md`. Contains information of the Information Commissioner's Office licensed under the Open
#   Government Licence v3.0. The ICO endorses nothing here. Not legal advice.

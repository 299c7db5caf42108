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
# # Which failures does the ICO find in which sector?
#
# Answers three questions for a policy team: in which sectors the regulator acted, whether the mix of sectors
# has changed since reprimands began to be published, and what it found in each.

# %%
import polars as pl

from reading import REPRIMANDS_SINCE, UNKNOWN, actions, agree, cases, coverage, day, found, table as read, title
from shares import SMALL, Difference, Share, signed
from showing import BLUE, GREY, PALE, chart, heat, say, show, table, wrapped

every = cases()
failures = found().join(every.select("case", "sector", "marketing"), on="case")
protection = every.filter(~pl.col("marketing"))
say(f"Counted: {coverage(every)}. {protection.height} of them are under data protection law; "
    f"{every.height - protection.height} are under the rules on electronic marketing and cookies (PECR), "
    "and are kept apart where they would hide the rest.")

# %% [markdown]
# ## Where the ICO acted

# %%
years = [period for period in read("periods").filter(pl.col("length") == "year")["period"] if period >= REPRIMANDS_SINCE]
sizes = every.group_by("sector").len("cases").sort(["cases", "sector"], descending=[True, False])
sectors = sizes["sector"].to_list()


def of(sector, some=every):
    return some.filter(pl.col("sector") == sector)


def in_year(some, year):
    return some.filter(pl.col("year") == year).height


early = f"before {years[0]}"
table(
    [
        {"Sector": title(sector), early: (of(sector)["year"] < years[0]).sum(),
         **{year: in_year(of(sector), year) for year in years},
         "Cases": of(sector).height, "Share of all": Share(of(sector).height, every.height)}
        for sector in sectors
    ],
    note=f"Shares in per cent, with 95 % intervals. The ICO has published reprimands since January {years[0]}, so that no rise to "
    f"that year is a trend; {years[-1]} is counted up to {day(every['date_latest'].max())}.",
)

# %%
shown = sectors[:8]
all_years = read("periods").filter(pl.col("length") == "year")["period"].to_list()
figure, grid = chart(4.0, columns=4, rows=2, sharex=True, sharey=True)
for axes, sector in zip(grid.flat, shown):
    counts = [in_year(of(sector), year) for year in all_years]
    colours = [BLUE if year >= years[0] else PALE for year in all_years]
    bars = axes.bar(all_years, counts, color=colours, width=0.75)
    axes.bar_label(bars, labels=[str(count) if count else "" for count in counts], color=GREY, fontsize=8, padding=1)
    axes.set_title(wrapped(f"{title(sector)} ({sum(counts)})", 26))
    axes.set_yticks([])
    axes.set_xticks(all_years, [f"’{year[2:]}" for year in all_years], fontsize=8)
show(
    figure,
    "Small bar charts of cases a year, one for each of the largest sectors: "
    + "; ".join(f"{title(sector)} " + ", ".join(f"{year} {in_year(of(sector), year)}" for year in all_years) for sector in shown),
    f"Cases a year in the {len(shown)} sectors with most cases (number of cases in brackets). Pale: before the ICO published "
    f"reprimands. ’{years[-1][2:]} is not a whole year.",
)

# %% [markdown]
# ## Has the mix of sectors changed?
#
# The first two years in which reprimands were published, and the time since. A difference is in percentage points, with
# Newcombe's 95 % interval; it is called clear where the interval leaves out 0. Where nothing has
# changed, one comparison in twenty is clear by chance.

# %%
first = every.filter(pl.col("year").is_in(years[:2]))
later = every.filter(pl.col("year").is_in(years[2:]))
mix = {
    sector: Difference(Share(of(sector, later).height, later.height), Share(of(sector, first).height, first.height))
    for sector in sectors
    if of(sector, first).height + of(sector, later).height >= SMALL
}
table([
    {"Sector": title(sector), f"{years[0]}–{years[1]}": change.second, f"since {years[2]}": change.first,
     "Difference, points": change, "Clear": "yes" if change.clear else ""}
    for sector, change in mix.items()
], note=f"n = {first.height} and {later.height} cases. Sectors with at least {SMALL} cases since {years[0]}.")
clear = [f"{title(sector).lower()} ({signed(change.value)} points)" for sector, change in mix.items() if change.clear]
say(f"Clear differences: {'; '.join(clear) if clear else 'none'}, of {len(mix)} sectors compared.")

# %% [markdown]
# ## What failed, sector by sector
#
# Under data protection law only. A case counts once for every group of failures found in it, so that a row can add up
# to more than 100 %.

# %%
groups = [
    group
    for group in failures.filter(~pl.col("marketing")).select("case", "group").unique().group_by("group").len()
    .sort(["len", "group"], descending=[True, False])["group"]
    if group != "offences"
]
rows = [
    row["sector"]
    for row in protection.group_by("sector").len().sort(["len", "sector"], descending=[True, False]).iter_rows(named=True)
    if row["len"] >= 5
]


def with_failure(column, value, sector):
    """The share of the sector's cases under data protection law in which that was found."""
    within = of(sector, protection)
    having = failures.filter(pl.col(column) == value)["case"]
    return Share(within.filter(pl.col("case").is_in(having.to_list())).height, within.height)


grid = [[with_failure("group", group, sector) for group in groups] for sector in rows]
figure, axes = chart(0.42 * len(rows) + 1.2)
heat(
    axes,
    [[(share.value, share.percent + (" *" if share.small else "")) for share in line] for line in grid],
    [f"{title(sector)} ({of(sector, protection).height})" for sector in rows],
    [wrapped(title(group), 15) for group in groups],
    most=1,
)
show(
    figure,
    "Shares of the cases of each sector in which a failure of each group was found: "
    + "; ".join(
        f"{title(sector)} (n {of(sector, protection).height}) "
        + ", ".join(f"{title(group)} {share.percent}" for group, share in zip(groups, line))
        for sector, line in zip(rows, grid)
    ),
    f"Share of a sector’s cases under data protection law with a failure of that group; sectors with five cases or more, the "
    f"number in brackets. * of fewer than {SMALL} cases: too few to rely on.",
)

# %% [markdown]
# ### The three commonest failures

# %%
categories = sorted(failures["category"].unique())


def commonest(sector, number=3):
    shares = {category: with_failure("category", category, sector) for category in categories}
    return sorted(shares.items(), key=lambda pair: (-pair[1].part, pair[0]))[:number]


table([
    {"Sector": title(sector) if place == 0 else "", "Failure": title(category), "Cases": share.count, "Share": share}
    for sector in rows if of(sector, protection).height >= SMALL
    for place, (category, share) in enumerate(commonest(sector))
], note=f"Data protection law only; sectors with at least {SMALL} such cases. Where several are found in as many cases, the first by identifier.")

# %% [markdown]
# ### Electronic marketing

# %%
marketing = every.filter(pl.col("marketing"))
kinds = ["unsolicited-calls", "unsolicited-messages", "concealed-identity"]
callers = marketing.group_by("sector").len().sort(["len", "sector"], descending=[True, False])


def found_in(category, sector):
    return failures.filter((pl.col("category") == category) & (pl.col("sector") == sector)).height


table([
    {"Sector": title(sector), "Cases under PECR": count, **{title(kind): found_in(kind, sector) for kind in kinds}}
    for sector, count in callers.iter_rows()
], note="Cases; one can have several of these failures.")

# %% [markdown] tags=["checks"]
# ## Checks
#
# The numbers above against the tables and, where the program is at hand, against `casebook trends`.

# %% tags=["checks"]
assert sum(of(sector).height for sector in sectors) == every.height, "every case lies in one sector"
for period, counted in read("periods").filter(pl.col("length") == "year").select("period", "cases").iter_rows():
    assert in_year(every, period) == counted, f"cases of {period}"
assert first.height + later.height + (every["year"] < years[0]).sum() + (every["year"] == UNKNOWN).sum() == every.height

agree(
    every.join(actions(), on="case").group_by("sector").agg(cases=pl.col("case").n_unique(), actions=pl.len()),
    ["--report", "all"], "sectors", ["sector"], ["cases", "actions"],
)
agree(every.group_by("sector", "year").len("cases"), ["--by", "sector", "--every", "year"], "by", ["sector", "year"], ["cases"])
agree(failures.group_by("sector", "category").len("cases"), ["--by", "sector,category"], "by", ["sector", "category"], ["cases"])
agree(failures.select("case", "sector", "group").unique().group_by("sector", "group").len("cases"),
      ["--by", "sector,group"], "by", ["sector", "group"], ["cases"])

# %% [markdown]
# ## Limits
#
# - The corpus is not the whole of the ICO's work: entries are taken down after about two years, and before 2022
#   it holds what public reports describe. A sector with few cases may be well run, small, or seldom looked at.
# - Shares are of published cases, not of organisations. They do not say how common a failure is in a sector.
# - Intervals say how far chance alone can move a share of so few cases. They do not cover what the regulator chose
#   to look at or to publish, nor cases that hang together, such as several actions announced on one day.
# - Categories are found automatically in texts of different length; `docs/quality.md` says how right they are.
# - What is counted and how: `docs/counting.md`. Contains information of the Information Commissioner's Office licensed under
#   the Open Government Licence v3.0. The ICO endorses nothing here. Not legal advice.

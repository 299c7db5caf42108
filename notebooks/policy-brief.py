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

# %%
# Two lines make the brief for another failure or another sector.
FAILURE = "late-access-response"  # any category of taxonomy/categories.toml
SECTOR = "local-government"  # any sector of taxonomy/sectors.toml

# %% jupyter={"source_hidden": true}
from collections import Counter
from datetime import datetime

import polars as pl

from reading import REPRIMANDS_SINCE, UNKNOWN, actions, agree, cases, coverage, day, found, lesson, table as read, title
from shares import SMALL, Difference, Share
from showing import BLUE, GREY, INK, SKY, Link, chart, intervals, percent_axis, plain, points, say, show, table

every = cases()
base = every.filter(~pl.col("marketing") & (pl.col("year") >= REPRIMANDS_SINCE) & (pl.col("year") != UNKNOWN))
failing = found().filter(pl.col("category") == FAILURE)["case"].to_list()
with_it = base.filter(pl.col("case").is_in(failing))
ours = with_it.filter(pl.col("sector") == SECTOR).sort("date_earliest", "case")
elsewhere = with_it.filter(pl.col("sector") != SECTOR)
sector_cases = base.filter(pl.col("sector") == SECTOR)
failure, sector = title(FAILURE), title(SECTOR)
assert ours.height, f"no case of {FAILURE} in {SECTOR} under data protection law since {REPRIMANDS_SINCE}: choose another failure or sector"


def share_in(some: pl.DataFrame) -> Share:
    """The share of cases with the failure."""
    return Share(some["case"].is_in(failing).sum(), some.height)


def outcomes(some: pl.DataFrame) -> Counter:
    """How often each kind of action was taken, the commonest first."""
    return Counter(some.join(actions(), on="case")["action"].sort().to_list())


def plural(number: int, word: str) -> str:
    """Three penalties, one penalty."""
    return f"{number} {word if number == 1 else word[:-1] + 'ies' if word.endswith('y') else word + 's'}"


def action(kind: str) -> str:
    return "other action" if kind == "other" else title(kind).lower()


def in_words(counts: Counter) -> str:
    named = [plural(number, action(kind)) for kind, number in counts.most_common()]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


say(f"# {failure}: {sector.lower()}",
    f"*Policy brief. What the ICO found and did since {REPRIMANDS_SINCE}: how often, with what result, what came with it, and what to ask now.*")

# %% [markdown]
# ## Key messages

# %% jupyter={"source_hidden": true}
mine, others = share_in(sector_cases), share_in(base.filter(pl.col("sector") != SECTOR))
gap = Difference(mine, others)
ranks = found().join(sector_cases.select("case"), on="case").group_by("category").len().sort(["len", "category"], descending=[True, False])
above = (ranks["len"] > ours.height).sum()
tied = (ranks["len"] == ours.height).sum() > 1
place = {0: "the commonest", 1: "the second commonest", 2: "the third commonest"}.get(above, f"number {above + 1} of the")
fined = outcomes(ours)["monetary-penalty"]
by_body = elsewhere.group_by("sector").len().sort(["len", "sector"], descending=[True, False])
again = with_it.group_by("organisation_key").agg(pl.col("organisation").last(), pl.len()).filter(pl.col("len") > 1).sort("organisation")
month, busiest = Counter(with_it["month"].drop_nulls().sort().to_list()).most_common(1)[0]

points(
    f"**In {mine.count} published cases against {sector.lower()} the ICO found this failure:** {mine.long}. In all other sectors it is "
    f"{others.percent} of {others.whole}. The difference is {gap} points; its 95 % interval {'leaves out' if gap.clear else 'includes'} 0.",
    f"**It is {place} failure there**{', together with another,' if tied else ''} and not of that sector alone: {plural(elsewhere.height, 'case')} "
    f"elsewhere, most in {title(by_body['sector'][0]).lower()} ({by_body['len'][0]})."
    if elsewhere.height else f"**It is {place} failure there**, and found in no other sector.",
    f"**What followed:** {in_words(outcomes(ours))} in {plural(ours.height, 'case')}{'' if fined else '; no penalty'}."
    + (f" In other sectors: {in_words(outcomes(elsewhere))} in {elsewhere.height}." if elsewhere.height else ""),
    f"**Dates bunch:** {busiest} of all {with_it.height} cases are of {datetime.strptime(month, '%Y-%m'):%B %Y}. A busy year need not mean "
    "worse conduct." if busiest >= 3 else f"**Dates do not bunch:** no month has more than {plural(busiest, 'case')} of {with_it.height}.",
    f"**Acted against again over the same:** {', '.join(plain(name) for name in again['organisation'])}." if again.height
    else "**Nobody was acted against twice** over it.",
)

# %% [markdown]
# ## How often

# %% jupyter={"source_hidden": true}
sectors = [name for name, number in base.group_by("sector").len().iter_rows() if number >= 5]
shares = {name: share_in(base.filter(pl.col("sector") == name)) for name in sectors}
ordered = sorted(shares, key=lambda name: (-shares[name].value, -shares[name].whole, name))
figure, axes = chart(0.34 * len(ordered) + 0.8)
places = list(range(len(ordered), 0, -1))
for name, at in zip(ordered, places):
    chosen = name == SECTOR
    intervals(axes, [shares[name]], [at], BLUE if chosen else GREY, hollow=not chosen)
axes.set_yticks(places, [f"{title(name)} ({shares[name].whole})" for name in ordered])
for label, name in zip(axes.get_yticklabels(), ordered):
    label.set_fontweight("bold" if name == SECTOR else "normal")
axes.set_ylim(0.4, len(ordered) + 0.6)
percent_axis(axes, "share of the sector’s cases with the failure")
show(
    figure,
    f"Share of cases with the failure “{failure}”: " + "; ".join(f"{title(name)} {shares[name].percent} of {shares[name].whole}" for name in ordered),
    f"Share of published cases with the failure, 95 % intervals; number of cases in brackets, pale below {SMALL}. Sectors with five cases "
    f"or more; data protection law, since {REPRIMANDS_SINCE}, n = {base.height}.",
)

# %% jupyter={"source_hidden": true}
years = [period for period in read("periods").filter(pl.col("length") == "year")["period"] if period >= REPRIMANDS_SINCE]
here = [ours.filter(pl.col("year") == year).height for year in years]
there = [elsewhere.filter(pl.col("year") == year).height for year in years]
figure, axes = chart(2.3)
for counts, bottom, colour, ink, name in ((here, [0] * len(years), BLUE, "white", sector), (there, here, SKY, INK, "other sectors")):
    bars = axes.bar(years, counts, bottom=bottom, color=colour, width=0.62, edgecolor="white")
    axes.bar_label(bars, labels=[count or "" for count in counts], label_type="center", color=ink)
    axes.text(-0.38, bottom[0] + max(counts[0] / 2, 0.5), name, ha="right", va="center", fontsize=9)
axes.set_yticks([])
axes.set_xlim(-1.6, len(years) - 0.5)
show(
    figure,
    "Cases with the failure by year: " + "; ".join(f"{year} {sector} {mine_}, other sectors {other}" for year, mine_, other in zip(years, here, there)),
    f"Cases with the failure by year, n = {with_it.height}; {years[-1]} up to {day(every['date_latest'].max())}.",
)

# %% [markdown]
# ## What came with it, and what followed

# %% jupyter={"source_hidden": true}
beside = (
    found().filter(pl.col("category") != FAILURE).join(with_it.select("case", "sector"), on="case").group_by("category")
    .agg(here=(pl.col("sector") == SECTOR).sum(), there=(pl.col("sector") != SECTOR).sum())
    .sort("here", "there", "category", descending=[True, True, False]).head(5)
)
table([
    {"Found in the same case": title(category), sector: Share(here_, ours.height).count, "Other sectors": Share(there_, elsewhere.height).count}
    for category, here_, there_ in beside.iter_rows()
])
followed = outcomes(ours) + outcomes(elsewhere)
table([
    {"What followed": action(kind).capitalize(), sector: Share(outcomes(ours)[kind], ours.height).count, "Other sectors": Share(outcomes(elsewhere)[kind], elsewhere.height).count}
    for kind, _ in followed.most_common()
], note="Cases of all with the failure. One case can have several failures and several actions.")

# %% [markdown]
# ## What to ask now

# %% jupyter={"source_hidden": true}
asked = (
    read("findings").filter((pl.col("category") == FAILURE) & (pl.col("stance") == "recommendation"))
    .join(with_it.select("case", "organisation", "date_earliest"), on="case").sort(["date_earliest", "start"], descending=[True, False])
)
say(lesson(FAILURE))
if asked.height:
    say("What the ICO asked for, in the words of casebook’s digests:")
    points(*(f"{plain(row['sentence'])} ({plain(row['organisation'])}, {row['date_earliest'].year})" for row in asked.head(4).iter_rows(named=True)))

# %% [markdown]
# ## The cases

# %% jupyter={"source_hidden": true}
sentences = (
    read("findings").filter((pl.col("category") == FAILURE) & (pl.col("stance") == "finding"))
    .sort(pl.col("case"), pl.col("section") != "What went wrong", -pl.col("confidence"), pl.col("start")).group_by("case", maintain_order=True).first()
)
stated = dict(sentences.select("case", "sentence").iter_rows())
table([
    {"Date": row["date"].replace("-", "\u2011"), "Body": Link.to(row["organisation"], row["page_url"]), "Action": ", ".join(action(kind) for kind in outcomes(ours.filter(pl.col("case") == row["case"]))),
     "The failure, as its digest states it": stated.get(row["case"], "")}
    for row in ours.iter_rows(named=True)
], note="The sentence of the digest of which casebook is surest. The names lead to the ICO’s register, which may have taken the entry down.")

# %% [markdown]
# ## Method

# %% jupyter={"source_hidden": true}
say(
    f"Counted are cases under data protection law dated from January {REPRIMANDS_SINCE}, when the ICO began to publish reprimands: {coverage(base)}, of "
    f"{every.height} in the corpus. A case is the actions against one party on one set of facts; it has a failure if the regulator states it, "
    "whether or not a provision was found infringed on it. Cases under the rules on electronic marketing (PECR) are left out. "
    f"Intervals are 95 % Wilson intervals, of differences Newcombe’s; fewer than {SMALL} cases are marked \\*. Every number stands in the "
    f"tables of `casebook run`; the cases behind them: `casebook search --category {FAILURE} --sector {SECTOR}`. Rules: `docs/counting.md`."
)

# %% [markdown] tags=["checks"]
# ## Checks

# %% tags=["checks"] jupyter={"source_hidden": true}
assert mine.part == ours.height and others.part == elsewhere.height and mine.whole + others.whole == base.height
assert ours.height + elsewhere.height == sum(here) + sum(there), "every case lies in one year"
assert all(number <= ours.height for number in outcomes(ours).values()), "a kind of action stands once in a case"
assert set(ours["case"]) <= set(stated), "each case has a sentence that states the failure"
assert sum(by_body["len"]) == elsewhere.height

whole = found().filter(pl.col("category") == FAILURE).join(every, on="case")
agree(whole.group_by("sector").len("cases"), ["--by", "sector", "--category", FAILURE], "by", ["sector"], ["cases"])
agree(whole.filter(pl.col("sector") == SECTOR).group_by("year").len("cases"),
      ["--every", "year", "--category", FAILURE, "--sector", SECTOR], "by", ["year"], ["cases"])
agree(whole.filter(pl.col("sector") == SECTOR).join(actions(), on="case").group_by("action").len("cases"),
      ["--by", "action", "--category", FAILURE, "--sector", SECTOR], "by", ["action"], ["cases"])

# %% [markdown]
# ## Limits
#
# - Shares are of published cases, not of organisations or of requests: a sector that is looked at often shows more. Nothing here
#   says that one thing led to another.
# - The numbers are small. An interval treats cases as independent; those announced together are not quite.
# - The corpus is not the whole of the ICO's work, and it takes entries down after about two years. Categories are found automatically;
#   `docs/quality.md` says how right they are. Read the notice before you rely on a case.
# - Contains information of the Information Commissioner's Office licensed under the Open Government Licence v3.0. The ICO endorses
#   nothing here. Not legal advice.

# ---
# jupyter:
#   jupytext:
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
# Answers what practitioners ask about a published case: what would another body have got for the same? Counts,
# for every failure, the cases that led to a reprimand, a penalty and a notice, and asks whether failures that
# come together lead to more.

# %%
import os
from pathlib import Path

import polars as pl

tables = Path(os.environ.get("CASEBOOK_TABLES", "../indexes/tables"))
cases = pl.read_parquet(tables / "cases.parquet")
actions = pl.read_parquet(tables / "actions.parquet")
findings = pl.read_parquet(tables / "findings.parquet").filter(pl.col("stance") == "finding")
found = findings.select("case", "group", "category").unique()

# %% [markdown]
# ## Outcomes by failure
#
# One case can have several actions, so that shares add up to more than 1. Failures of fewer than ten cases are left out.

# %%
taken = found.join(actions, on="case")
of = found.group_by("category").len("cases")
outcomes = (
    taken.group_by("category", "action")
    .len("with_action")
    .join(of, on="category")
    .filter(pl.col("cases") >= 10)
    .with_columns((pl.col("with_action") / pl.col("cases")).round(2).alias("share"))
)
outcomes.pivot("action", index=["category", "cases"], values="share").fill_null(0).sort("cases", descending=True)

# %% [markdown]
# ## Reprimands and penalties by sector

# %%
by_sector = actions.join(cases.select("case", "sector"), on="case").filter(
    pl.col("action").is_in(["reprimand", "monetary-penalty"])
)
by_sector.pivot("action", index="sector", values="case", aggregate_function="len").fill_null(0).sort("sector")

# %% [markdown]
# ## Do more failures mean a penalty?

# %%
failures = found.group_by("case").len("failures")
fined = actions.filter(pl.col("action") == "monetary-penalty").select("case", fined=pl.lit(True))
counted = failures.join(fined, on="case", how="left").with_columns(pl.col("fined").fill_null(False))
counted.group_by("failures").agg(pl.len().alias("cases"), pl.col("fined").mean().round(2).alias("fined")).sort("failures")

# %% [markdown]
# ## How large is a penalty?

# %%
penalties = actions.filter(pl.col("amount_gbp").is_not_null())
penalties.join(found, on="case").group_by("group").agg(
    pl.col("case").n_unique().alias("cases"),
    pl.col("amount_gbp").median().alias("median_gbp"),
    pl.col("amount_gbp").max().alias("greatest_gbp"),
).sort("cases", descending=True)

# %%
assert penalties["amount_gbp"].sum() == cases["amount_gbp"].sum(), "every penalty belongs to one action"
assert outcomes["share"].max() <= 1

# %% [markdown]
# ## Limits
#
# A failure does not cause its outcome: marketing calls fall under other law (PECR) than access requests, public
# bodies are rarely fined since June 2022, and other failures of the same case count too. Reprimands were
# published only from January 2022. The corpus is not the whole of the ICO's work, and categories are found
# automatically; the README says how right they are.

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
# # Which failures does the ICO find in which sector?
#
# Reads the tables that `casebook run` writes to `indexes/tables` and counts cases.
# A case is the actions against one party on one set of facts; it counts once for each category
# that the regulator found in it.

# %%
import os
from pathlib import Path

import polars as pl

tables = Path(os.environ.get("CASEBOOK_TABLES", "../indexes/tables"))
cases = pl.read_parquet(tables / "cases.parquet")
findings = pl.read_parquet(tables / "findings.parquet").filter(pl.col("stance") == "finding")

# %% [markdown]
# ## Cases by year and sector

# %%
by_year = cases.pivot("year", index="sector", values="case", aggregate_function="len").fill_null(0)
years = sorted(column for column in by_year.columns if column != "sector")
by_year.select("sector", *years).sort("sector")

# %% [markdown]
# ## The five commonest failures of each sector

# %%
found = findings.select("case", "category").unique().join(cases.select("case", "sector"), on="case")
counted = found.group_by("sector", "category").len("cases").sort("sector", "cases", "category", descending=[False, True, False])
counted.group_by("sector", maintain_order=True).head(5)

# %%
assert cases["case"].n_unique() == cases.height, "a case stands once in the table"
assert found.join(cases, on="case", how="anti").is_empty(), "every finding belongs to a case"

# %% [markdown]
# ## Limits
#
# The shipped corpus holds digests of cases that public sources describe; the ICO takes entries down
# after about two years and does not publish all of its work. A small count is a small count: compare
# shares only between sectors with enough cases. Categories are found automatically; the README says
# how right they are.

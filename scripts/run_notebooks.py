"""Executes notebooks/*.py, compares them with the committed .ipynb, or writes those: see scripts/notebooks."""

import argparse
import difflib
import hashlib
import os
import re
import sys
from html import escape
from pathlib import Path

import jupytext
import nbformat
import polars
from nbconvert import HTMLExporter
from nbconvert.preprocessors import CellExecutionError, ExecutePreprocessor

FOLDER = Path("notebooks")
UPDATE = "To write what a fresh run shows: scripts/notebooks --update"
LARGEST = 300 * 1024  # bytes of a committed notebook
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
NO_DESCRIPTION = 'alt="No description has been provided for this image"'
PICTURES = ("image/png", "image/svg+xml")
STYLE = """<style>
  body { max-width: 62rem; margin: 0 auto !important; }
  @page { size: A4; margin: 12mm; }
  @media print {
    body { padding: 0 !important; --jp-content-font-size1: 10.5px; --jp-content-font-size3: 14px; --jp-content-font-size4: 17px; }
    body .jp-Cell { padding: 1px; }
    body .jp-RenderedHTMLCommon h2 { margin: 6px 0; }
    body .jp-RenderedHTMLCommon td, body .jp-RenderedHTMLCommon th { padding: 2px 6px; font-size: 9.5px; }
    body img { max-width: 150mm; }
    tr, img, li { break-inside: avoid; }
    h1, h2, h3 { break-after: avoid; }
  }
</style>"""


def sources() -> list[Path]:
    """The notebooks: the Python files with a header of jupytext. The others are what these share."""
    return [path for path in sorted(FOLDER.glob("*.py")) if path.read_text(encoding="utf-8").startswith("# ---\n# jupyter:")]


def executed(path: Path):
    """The notebook with the outputs of a fresh run, and nothing in it that differs from run to run."""
    notebook = jupytext.read(path)
    run = ExecutePreprocessor(timeout=300, kernel_name="python3", extra_arguments=["--log-level=40"])
    run.preprocess(notebook, {"metadata": {"path": str(FOLDER)}})
    notebook.metadata = nbformat.from_dict({
        "jupytext": {"formats": "ipynb,py:percent"},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    })
    notebook.nbformat_minor = 5
    seen = set()
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({key: value for key, value in cell.metadata.items() if key in ("tags", "jupyter")})
        cell.id = name(cell.source, seen)
        for shown in (output.get("data", {}) for output in cell.get("outputs", [])):
            if len(shown) > 1:
                shown.pop("text/plain", None)  # "<IPython.core.display.Image object>"
    return notebook


def name(source: str, seen: set[str]) -> str:
    """An identifier of a cell that stays while its source does."""
    number = 0
    while (identifier := hashlib.sha256(f"{number}{source}".encode()).hexdigest()[:8]) in seen:
        number += 1
    seen.add(identifier)
    return identifier


def readable(notebook) -> list[str]:
    """Cells and outputs as lines to compare; of pictures only that they are there."""
    lines = []
    for cell in notebook.cells:
        lines += [f"[{cell.cell_type}]", *cell.source.splitlines()]
        for output in cell.get("outputs", []):
            shown = output.get("data") or {output.output_type: output.get("text", "")}
            for kind, data in sorted(shown.items()):
                described = output.get("metadata", {}).get(kind, {})
                text = described.get("alt", "") if kind in PICTURES else data
                lines += [f"[output {kind}]", *(re.sub(r"\s+$", "", line) for line in str(text).splitlines())]
    return lines


def check(path: Path, fresh) -> list[str]:
    """What is wrong with the committed notebook, if anything is."""
    committed = path.with_suffix(".ipynb")
    if not committed.exists():
        return [f"{committed} is missing."]
    kept = nbformat.read(committed, as_version=4)
    if [(cell.cell_type, cell.source) for cell in kept.cells] != [(cell.cell_type, cell.source) for cell in fresh.cells]:
        head = f"{committed} is not in step with {path}:"
    else:
        head = f"{committed} shows other results than a fresh run:"
    differ = list(difflib.unified_diff(readable(kept), readable(fresh), "committed", "fresh", lineterm="", n=1))
    faults = [head, *differ[:60]] if differ else []
    if committed.stat().st_size > LARGEST:
        faults.append(f"{committed} has {committed.stat().st_size:,} bytes; {LARGEST:,} are allowed.")
    return faults


def shipped() -> bool:
    """Whether the tables are of the shipped corpus alone."""
    documents = polars.read_parquet(Path(os.environ["CASEBOOK_TABLES"]) / "documents.parquet")
    return documents["path"].str.starts_with("digests/").all()


def page(path: Path, notebook, folder: Path) -> None:
    """A page to read and print, without code and checks."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook.cells = [cell for cell in notebook.cells if "checks" not in cell.metadata.get("tags", [])]
    exporter = HTMLExporter(exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True)
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": path.stem}})
    for description in descriptions(notebook):  # nbconvert leaves them out
        html = html.replace(NO_DESCRIPTION, f'alt="{escape(description, quote=True)}"', 1)
    (folder / f"{path.stem}.html").write_text(html.replace("</head>", f"{STYLE}</head>", 1), encoding="utf-8")


def descriptions(notebook) -> list[str]:
    """What the pictures say to those who cannot see them, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["metadata"]["image/png"]["alt"] for output in outputs if "image/png" in output.get("data", {})]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--check", action="store_true")
    options.add_argument("--update", action="store_true")
    options.add_argument("--html", type=Path)
    chosen = options.parse_args()
    if not chosen.html and not shipped():
        print("These tables hold texts of your own or fetched ones; the committed notebooks are of the shipped corpus.\n"
              "For pages of your tables: scripts/notebooks --html FOLDER INDEXES", file=sys.stderr)
        return 2
    failed = False
    for orphan in sorted({path.with_suffix(".py") for path in FOLDER.glob("*.ipynb")} - set(sources())):
        print(f"{orphan.with_suffix('.ipynb')} has no {orphan}: remove it.", file=sys.stderr)
        failed = True
    for path in sources():
        try:
            notebook = executed(path)
        except CellExecutionError as error:
            print(f"{path} does not run:\n{COLOURS.sub('', str(error))}", file=sys.stderr)
            failed = True
            continue
        if chosen.html:
            page(path, notebook, chosen.html)
            print(f"written {chosen.html / path.stem}.html")
        elif chosen.update:
            nbformat.write(notebook, path.with_suffix(".ipynb"))
            print(f"written {path.with_suffix('.ipynb')}")
        elif faults := check(path, notebook):
            print("\n".join(faults), file=sys.stderr)
            failed = True
        else:
            print(f"{path.stem}: runs, and shows what is committed")
    if failed:
        print(f"\n{UPDATE}", file=sys.stderr)
    return int(failed)


raise SystemExit(main())

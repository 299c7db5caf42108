"""Validates what `casebook feed` writes, and reads it as a feed reader does."""

import subprocess
import sys
from pathlib import Path

import feedparser
from lxml import etree

binary, indexes, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
schema = etree.RelaxNG(etree.parse("scripts/atom.rng"))
ATOM = "{http://www.w3.org/2005/Atom}"


def run(*arguments, codes=(0,)):
    result = subprocess.run([binary, "--indexes", indexes, "--quiet", "feed", *arguments])
    assert result.returncode in codes, (arguments, result.returncode)


def checked(path):
    tree = etree.parse(str(path))
    assert schema.validate(tree), f"{path.name}: {schema.error_log}"
    entries = tree.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids), f"{path.name}: an identifier is there twice"
    updated = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert updated == sorted(updated, reverse=True), path.name
    assert not entries or tree.findtext(f"{ATOM}updated") == updated[0], path.name
    # RFC 4287, 4.1.1: no two alternate links of the same type and language.
    assert all(len(e.findall(f"{ATOM}link[@rel='alternate']")) <= 1 for e in entries), path.name
    feed = feedparser.parse(str(path))
    assert not feed.bozo and feed.version == "atom10", (path.name, feed.get("bozo_exception"))
    assert [entry.id for entry in feed.entries] == ids, path.name
    assert all(entry.title and entry.summary and entry.content for entry in feed.entries), path.name
    print(f"{path.name}: {len(entries)} entries")


run("--limit", "100000", "-o", str(folder / "all.xml"))
run("facial recognition", "--sector", "education", "--address", "https://example.org/feed.xml",
    "-o", str(folder / "schools.xml"))
run("--organisation", "nobody of that name", "-o", str(folder / "empty.xml"), codes=(1,))
saved = folder / "feeds.toml"
saved.write_text("""
[[feed]]
name = "councils"
title = "Councils & access requests <late>"
query = "subject access"
filters = { sector = "local-government", since = 2022 }

[[feed]]
name = "fines"
title = "Fines of £100,000 and more"
filters = { action = ["monetary-penalty"], amount-min = "100k", without-individuals = true }
""")
run("--all", "--saved", str(saved), "-o", str(folder / "saved"))
for path in sorted(folder.glob("**/*.xml")):
    checked(path)

# A schema that lets everything pass would prove nothing.
broken = etree.parse(str(folder / "schools.xml"))
broken.getroot().remove(broken.getroot().find(f"{ATOM}updated"))
assert not schema.validate(broken)

"""Reads decks as other programs do: every placeholder, and every word where LibreOffice draws it."""

import re
import subprocess
import sys
from pathlib import Path

from pptx import Presentation

WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
# Points on a slide of 960 by 540: all text but the number of the slide ends above and before these.
LOWEST, RIGHTMOST = 500, 920


def check_placeholders(deck):
    """Every slide has a title, filled placeholders with a place of the layout, and notes."""
    slides = Presentation(str(deck)).slides
    for slide in slides:
        assert slide.shapes.title.text_frame.text.strip(), deck
        for holder in slide.placeholders:
            assert holder.width and holder.height and holder.left is not None, (deck, holder.name)
            if holder.has_table:
                assert all(cell.text_frame for row in holder.table.rows for cell in row.cells)
            else:
                assert holder.text_frame.text.strip(), (deck, holder.name)
        assert slide.notes_slide.notes_text_frame is not None, deck
    return len(slides)


def overlap(one, other):
    """Whether two words are drawn over each other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 2 and down > 8


def check_drawn(pdf):
    """No word leaves its slide's margins, and none is drawn over another."""
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True)
    pages = boxes.stdout.split("<page ")[1:]
    for number, page in enumerate(pages, 1):
        words = [(*map(float, found[:4]), found[4]) for found in WORD.findall(page)]
        words = [word for word in words if not (word[4].isdigit() and word[1] > LOWEST - 10)]
        for place, word in enumerate(words):
            assert word[3] <= LOWEST and word[2] <= RIGHTMOST, (pdf, number, word)
            assert not any(overlap(word, other) for other in words[place + 1 :]), (pdf, number, word)
    return len(pages)


decks, drawn = (Path(folder) for folder in sys.argv[1:3])
print(sum(map(check_placeholders, sorted(decks.glob("*.pptx")))), "slides read by python-pptx")
if drawn.is_dir():
    print(sum(map(check_drawn, sorted(drawn.glob("*.pdf")))), "slides drawn, every word within its box")

"""Reads decks as other programs do: every placeholder, and every word where LibreOffice draws it."""

import re
import subprocess
import sys
from pathlib import Path

from pptx import Presentation

WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
POINT = 12700


def check_shapes(deck):
    """Every slide has a title, filled placeholders with a place of the layout, and notes."""
    slides = Presentation(str(deck)).slides
    for slide in slides:
        assert slide.shapes.title.text_frame.text.strip(), deck
        assert "EXAMPLE" not in slide.shapes.title.text_frame.text, deck
        for shape in slide.shapes:
            assert shape.width and shape.height and shape.left is not None, (deck, shape.name)
            if shape.has_table:
                assert all(cell.text_frame for row in shape.table.rows for cell in row.cells)
            elif shape.has_chart:
                check_chart(shape, deck)
            else:
                assert shape.text_frame.text.strip(), (deck, shape.name)
        assert slide.notes_slide.notes_text_frame is not None, deck
    return slides


def check_chart(shape, deck):
    """A chart has names, numbers, a description, and a workbook to change them in."""
    chart = shape.chart
    numbers, names = list(chart.plots[0].series[0].values), list(chart.plots[0].categories)
    assert numbers and len(numbers) == len(names), deck
    assert shape._element.nvGraphicFramePr.cNvPr.get("descr"), deck
    assert chart.part.chart_workbook.xlsx_part.blob.startswith(b"PK"), deck


def overlap(one, other):
    """Whether two words are drawn over each other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 2 and down > 8


def check_drawn(pdf, slides):
    """No word is drawn lower or further right than all boxes of its slide, and none over another."""
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True)
    pages = boxes.stdout.split("<page ")[1:]
    assert len(pages) == len(slides), pdf
    for number, (page, slide) in enumerate(zip(pages, slides), 1):
        shapes = [shape for shape in slide.shapes if shape.name != "Slide number"]
        lowest = max(shape.top + shape.height for shape in shapes) / POINT + 4
        rightmost = max(shape.left + shape.width for shape in shapes) / POINT + 4
        words = [(*map(float, found[:4]), found[4]) for found in WORD.findall(page)]
        words = [word for word in words if not (word[4] == str(number) and word[1] > lowest - 14)]
        for place, word in enumerate(words):
            assert word[3] <= lowest and word[2] <= rightmost, (pdf, number, word)
            assert not any(overlap(word, other) for other in words[place + 1 :]), (pdf, number, word)


decks = {deck: check_shapes(deck) for deck in sorted(Path(sys.argv[1]).glob("*.pptx"))}
print(sum(map(len, decks.values())), "slides read by python-pptx")
drawn = [(deck.with_suffix(".pdf"), slides) for deck, slides in decks.items()]
drawn = [(pdf, slides) for pdf, slides in drawn if pdf.exists()]
for pdf, slides in drawn:
    check_drawn(pdf, slides)
if drawn:
    print(sum(len(slides) for _, slides in drawn), "slides drawn, every word within its boxes")

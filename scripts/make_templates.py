"""Makes templates as houses have them: an old 4:3 one, a dark one in 16:9, one with small letters."""

import sys
import zipfile
from pathlib import Path

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)

MAIN = "application/vnd.openxmlformats-officedocument.presentationml."


def rewritten(path, target, change):
    """Copies a package, with the text of its parts changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith((".xml", ".rels")):
                data = change(name, data.decode()).encode()
            new.writestr(name, data)


def with_fonts(name, text, family):
    """The fonts of a theme are ones that every machine of a check has."""
    return text.replace('typeface="Calibri"', f'typeface="{family}"') if "theme/" in name else text


def example_slides(deck):
    """Slides that a template shows its looks with, with notes."""
    for layout in (deck.slide_layouts[0], deck.slide_layouts[1]):
        slide = deck.slides.add_slide(layout)
        slide.shapes.title.text = "EXAMPLE: leave me out"
        slide.notes_slide.notes_text_frame.text = "EXAMPLE notes"


def widened(deck):
    """16:9, with all boxes at their share of the width."""
    deck.slide_width, factor = Emu(12192000), 12192000 / deck.slide_width
    masters = list(deck.slide_masters)
    for sheet in masters + [layout for master in masters for layout in master.slide_layouts]:
        for shape in sheet.placeholders:
            if shape._element.spPr.find("{*}xfrm") is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)


def four_by_three():
    deck = Presentation()
    example_slides(deck)
    deck.save(folder / "raw.pptx")
    change = lambda name, text: with_fonts(name, text, "Liberation Sans")
    rewritten(folder / "raw.pptx", folder / "four-by-three.pptx", change)


def dark():
    """Light on dark, no types of layouts, names of its own, saved as a template."""
    deck = Presentation()
    widened(deck)
    example_slides(deck)
    master = deck.slide_masters[0]
    ground = '<p:bg %s><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    slide = master._element.cSld
    for old in slide.findall("{*}bg"):
        slide.remove(old)
    slide.insert(0, parse_xml(ground % nsdecls("p", "a")))
    colours = master._element.find("{*}clrMap")
    for name, value in {"bg1": "dk2", "tx1": "lt1", "bg2": "dk1", "tx2": "lt2"}.items():
        colours.set(name, value)
    for number, layout in enumerate(deck.slide_layouts):
        layout._element.attrib.pop("type", None)
        layout.name = f"Harrowgate {number}"
    deck.save(folder / "raw.pptx")

    def change(name, text):
        text = with_fonts(name, text, "DejaVu Serif")
        return text.replace(MAIN + "presentation.main", MAIN + "template.main")

    rewritten(folder / "raw.pptx", folder / "dark.potx", change)


def small():
    """Text of 14 points and a title in capitals, with a logo on the master."""
    deck = Presentation()
    widened(deck)
    styles = deck.slide_masters[0]._element.find("{*}txStyles")
    title, body = styles.find("{*}titleStyle"), styles.find("{*}bodyStyle")
    title.find("{*}lvl1pPr/{*}defRPr").set("cap", "all")
    for size in body.findall("{*}lvl1pPr/{*}defRPr"):
        size.set("sz", str(Pt(14).centipoints))
    deck.save(folder / "raw.pptx")
    change = lambda name, text: with_fonts(name, text, "DejaVu Sans")
    rewritten(folder / "raw.pptx", folder / "small.pptx", change)


for make in (four_by_three, dark, small):
    make()
(folder / "raw.pptx").unlink()

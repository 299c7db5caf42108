"""Sets the invented letters of tests/fixtures/pdf as PDFs in the layouts that the ICO has used.

Each text is what `casebook extract --text` should print (but for the numbers before paragraphs).
The files are the same bytes every time: fixed dates, fixed identifiers, pinned tools.
"""

import sys
import zlib
from pathlib import Path

import pyphen
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

rl_config.invariant = 1
FOLDER = Path(sys.argv[1])
WIDTH, HEIGHT = A4
pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))


def blocks(name):
    return (FOLDER / f"{name}.txt").read_text().strip().split("\n\n")


def is_heading(block):
    return len(block.split()) <= 12 and block[-1] not in ".;:," and not block.startswith(("TO:", "OF:"))


class Setter:
    """Sets blocks line by line: everything that a test needs to know about stands here."""

    def __init__(self, name, font="Helvetica", bold="Helvetica-Bold", size=11, furniture=None):
        self.canvas = Canvas(str(FOLDER / f"{name}.pdf"), pagesize=A4)
        self.font, self.bold, self.size, self.leading = font, bold, size, size * 1.4
        self.left, self.right, self.top, self.bottom = 72, WIDTH - 72, HEIGHT - 72, 90
        self.columns, self.column = [(self.left, self.right)], 0
        self.furniture, self.page, self.notes = furniture, 0, []
        self.start_page()

    def start_page(self):
        self.page += 1
        self.column, self.y = 0, self.top
        if self.furniture:
            self.furniture(self)

    def end_page(self):
        self.set_notes()
        self.canvas.showPage()

    def room(self):
        return self.bottom + sum(len(lines) for _, lines in self.notes) * 11

    def next_line(self):
        if self.y - self.leading < self.room():
            self.column += 1
            self.y = self.top
            if self.column == len(self.columns):
                self.end_page()
                self.start_page()
        self.y -= self.leading

    def gap(self, lines=0.6):
        self.y -= self.leading * lines

    def edges(self, indent=0):
        left, right = self.columns[self.column]
        return left + indent, right

    def width(self, text, font=None):
        return pdfmetrics.stringWidth(text, font or self.font, self.size)

    def wrap(self, text, width, font, hyphens=None):
        lines, line = [], ""
        for word in text.split(" "):
            longer = f"{line} {word}".strip()
            if self.width(longer, font) <= width:
                line = longer
                continue
            head, rest = self.broken(line, word, width, font, hyphens)
            lines.append(f"{line} {head}".strip())
            line = rest
        return lines + [line]

    def broken(self, line, word, width, font, hyphens):
        """Breaks a word at a hyphen that it has, or where the dictionary allows one."""
        pairs = [(word[: i + 1], word[i + 1 :]) for i, c in enumerate(word) if c == "-" and 0 < i < len(word) - 1]
        if hyphens and word.isalpha():
            pairs += [(a + hyphens.mark, b) for a, b in hyphens.iterate(word)]
        for head, rest in sorted(pairs, key=lambda pair: -len(pair[0])):
            if self.width(f"{line} {head}".strip(), font) <= width:
                return head, rest
        return "", word

    def paragraph(self, text, number=None, indent=0, hyphens=None, notes=None, redact=None):
        left, right = self.edges(indent)
        first = True
        for line in (lines := self.wrap(text, right - left, self.font, hyphens)):
            self.keep_with_notes(line, notes or {})
            self.next_line()
            left, right = self.edges(indent)
            if first and number:
                self.canvas.setFont(self.font, self.size)
                self.canvas.drawString(left - 30, self.y, number)
            last = line is lines[-1]
            spread = 0 if not hyphens or last else (right - left - self.width(line)) / max(1, line.count(" "))
            self.line(left, line, spread, notes or {}, redact or {})
            first = False
        self.gap()

    def line(self, x, line, spread, notes, redact):
        text = self.canvas.beginText(x, self.y)
        text.setFont(self.font, self.size)
        text.setWordSpace(spread)
        for phrase, note in notes.items():
            if phrase in line:
                head, line = line.split(phrase)
                text.textOut(head + phrase)
                text.setFont(self.font, self.size * 0.6)
                text.setRise(self.size * 0.4)
                text.textOut(note[0])
                text.setRise(0)
                text.setFont(self.font, self.size)
                self.note(*note)
        text.textOut(line)
        self.canvas.drawText(text)
        for secret in redact:
            if secret in line:
                start = x + self.width(line[: line.index(secret)])
                self.canvas.rect(start - 1, self.y - 3, self.width(secret) + 2, self.size + 2, stroke=0, fill=1)

    def keep_with_notes(self, line, notes):
        """Goes to the next page if the notes of a line would not find room on this one."""
        new = sum(2 * 11 for phrase in notes if phrase in line)
        if new and self.y - self.leading < self.room() + new:
            self.end_page()
            self.start_page()

    def note(self, number, words):
        width = self.right - self.left - 10
        size, self.size = self.size, 8
        self.notes.append((number, self.wrap(words, width, self.font)))
        self.size = size

    def set_notes(self):
        if not self.notes:
            return
        y = self.room() - 8
        self.canvas.line(self.left, y + 10, self.left + 140, y + 10)
        for number, lines in self.notes:
            self.canvas.setFont(self.font, 5)
            self.canvas.drawString(self.left, y + 3, number)
            self.canvas.setFont(self.font, 8)
            for line in lines:
                self.canvas.drawString(self.left + 6, y, line)
                y -= 11
        self.notes = []

    def heading(self, text, centre=False):
        left, right = self.edges()
        self.gap(0.4)
        for line in self.wrap(text, right - left, self.bold):
            self.next_line()
            self.canvas.setFont(self.bold, self.size)
            if centre:
                self.canvas.drawCentredString((left + right) / 2, self.y, line)
            else:
                self.canvas.drawString(left, self.y, line)
        self.gap()

    def save(self):
        self.end_page()
        self.canvas.save()


def foot_number(setter):
    setter.canvas.setFont(setter.font, setter.size)
    setter.canvas.drawCentredString(WIDTH / 2, 40, str(setter.page))


def letterhead(setter):
    setter.canvas.setFont(setter.font, 9)
    for y, line in zip((800, 788, 776, 764), (
        "Upholding information rights in Exampleshire.",
        "Longmeadow House, Mill Lane, Exampleton, EX1 9ZZ",
        "T. 0123 456 7890",
        "ico.org.uk",
    )):
        setter.canvas.drawRightString(WIDTH - 72, y, line)
    setter.canvas.drawString(72, 40, "For Public Release")
    setter.canvas.drawRightString(WIDTH - 72, 40, f"Page {setter.page}")


def layout_a():
    """2022 to 2024: centred title, headings without numbers, a list, a bare number at the foot."""
    setter = Setter("harrowgate-reprimand", furniture=foot_number)
    count = 0
    for index, block in enumerate(blocks("harrowgate-reprimand")):
        if is_heading(block):
            setter.heading(block, centre=index < 2)
        elif block.startswith("Article "):
            setter.paragraph(block, "•", 50)
        elif block.startswith("The Academy should "):
            setter.paragraph(block, f"{(count := count + 1)}.", 50)
        else:
            setter.paragraph(block)
    setter.save()


def layout_b():
    """2024: paragraphs numbered through all headings."""
    setter = Setter("quillbrook-reprimand", furniture=foot_number)
    count = 0
    for index, block in enumerate(blocks("quillbrook-reprimand")):
        if block.startswith(("TO:", "OF:", "Dated")):
            setter.paragraph(block)
        elif is_heading(block):
            setter.heading(block, centre=index < 2)
        elif block.startswith("Article "):
            setter.paragraph(block, "•", 60)
        else:
            setter.paragraph(block, f"1.{(count := count + 1)}", 36)
    setter.save()


def layout_c():
    """2024, after attacks: a letterhead on every page, numbered sections, footnotes with addresses."""
    setter = Setter("fennimore-reprimand", "Times-Roman", "Times-Bold", 12, furniture=letterhead)
    setter.top = HEIGHT - 110
    setter.y = setter.top
    body = blocks("fennimore-reprimand")
    at = body.index("Footnotes")
    phrases = ("patching and on backups.", "rated it as critical.", "security has asked for a second factor")
    notes = {phrase: (str(n + 1), words) for n, (phrase, words) in enumerate(zip(phrases, body[at + 1 :]))}
    notes = {phrase.rsplit(" ", 2)[1] + " " + phrase.rsplit(" ", 2)[2]: note for phrase, note in notes.items()}
    for block in body[:at]:
        if is_heading(block):
            setter.heading(block)
        else:
            setter.paragraph(block, notes={k: v for k, v in notes.items() if k in block})
    setter.save()


def layout_d():
    """2022 to 2023: a letter; names are blacked out, over the text or without it, or left blank."""
    setter = Setter("applemere-letter")
    secrets = {
        "Mrs Honoria Plumtree": "Dear [",
        "Councillor Basil Thackeray": "at the request of [",
        "Oakhanger Leys": "The manager of the centre at [",
        "Peregrine Whitlock": "[",
    }
    for block in blocks("applemere-letter"):
        redact, blank = {}, " " * 24
        for secret, before in secrets.items():
            if before + "…]" in block:
                if secret == "Oakhanger Leys":
                    block = block.replace(before + "…]", before[:-1] + blank, 1)
                else:
                    block = block.replace(before + "…]", before[:-1] + secret, 1)
                    redact[secret] = True
                break
        if is_heading(block) and not redact and not block.startswith(("Yours", "Case", "Lead")):
            setter.heading(block)
        else:
            setter.paragraph(block, redact=redact)
    setter.save()


def two_columns():
    """The columns are written to the file line by line across the page, as some programs do."""
    setter = Setter("marlow-columns", "Times-Roman", "Times-Bold", 10)
    setter.heading(blocks("marlow-columns")[0], centre=True)
    middle = WIDTH / 2
    setter.columns = [(setter.left, middle - 12), (middle + 12, setter.right)]
    setter.top = setter.y - 6
    setter.bottom = setter.top - 19.5 * setter.leading
    later, write = [], setter.canvas.drawText
    setter.canvas.drawText = lambda text: later.append((setter.y, setter.column, text))
    for block in blocks("marlow-columns")[1:]:
        if is_heading(block):
            setter.font, plain = setter.bold, setter.font
            setter.paragraph(block)
            setter.font = plain
        else:
            setter.paragraph(block)
    for _, _, text in sorted(later, key=lambda item: (-item[0], item[1])):
        write(text)
    setter.save()


class Hyphens:
    """A dictionary with the sign that it puts at the end of a line: hard or soft."""

    def __init__(self, mark):
        self.mark, self.words = mark, pyphen.Pyphen(lang="en_GB")

    def iterate(self, word):
        return self.words.iterate(word)


def hyphenated():
    """Narrow, justified and hyphenated, with ligatures, in a font of its own."""
    setter = Setter("brightcall-hyphenated", "Vera", "VeraBd", 10, furniture=foot_number)
    setter.columns = [(150, WIDTH - 150)]
    for index, block in enumerate(blocks("brightcall-hyphenated")):
        if is_heading(block):
            setter.heading(block, centre=index == 0)
        else:
            text = block.replace("fi", "\ufb01").replace("fl", "\ufb02")
            setter.paragraph(text, hyphens=Hyphens("\u00ad" if index == 3 else "-"))
    setter.save()


def image_only():
    """A scan: nothing but a picture."""
    from PIL import Image

    picture = Image.new("1", (400, 560), 1)
    for y in range(40, 520, 14):
        for x in range(40, 340 + y % 30):
            picture.putpixel((x, y), (x // 7) % 3 == 0)
    canvas = Canvas(str(FOLDER / "image-only.pdf"), pagesize=A4)
    canvas.drawInlineImage(picture, 40, 40, 500, 740)
    canvas.showPage()
    canvas.save()


def encrypted():
    from reportlab.lib.pdfencrypt import StandardEncryption

    lock = StandardEncryption("open sesame", ownerPassword="owner", strength=128)
    canvas = Canvas(str(FOLDER / "encrypted.pdf"), pagesize=A4, encrypt=lock)
    canvas.drawString(72, 700, "The Commissioner issues a reprimand to Lockwood Trust.")
    canvas.save()


def raw(name, objects, trailer="/Root 1 0 R"):
    """A file of objects as they stand."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer.encode(), start)
    (FOLDER / f"{name}.pdf").write_bytes(out)


def stream(data, more=b""):
    return b"<< /Length %d %s >>\nstream\n" % (len(data), more) + data + b"\nendstream"


def page(contents=b"4 0 R", more=b""):
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + contents + b" " + more + b">>",
    ]


def hostile():
    whole = (FOLDER / "harrowgate-reprimand.pdf").read_bytes()
    (FOLDER / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    (FOLDER / "garbage.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(1, 256)) * 8)
    raw("no-pages", [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    raw("nested-objects", page() + [stream(b"[" * 15000 + b"]" * 15000), b"[" * 9000 + b"]" * 9000])
    loop = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /L %d 0 R >> >> /Length 9 >>\nstream\n/L Do /L Do\nendstream"
    raw("reference-loop", [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 5 /Parent 2 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /Contents [4 0 R 4 0 R] /Resources << /XObject << /L 5 0 R >> >> >>",
        stream(b"/L Do /L Do"),
        loop % 6,
        loop % 5,
    ])
    bomb = zlib.compress(zlib.compress(b" " * 1_500_000_000, 9), 9)
    raw("decompression-bomb", page() + [stream(bomb, b"/Filter [/FlateDecode /FlateDecode]")])


layout_a()
layout_b()
layout_c()
layout_d()
two_columns()
hyphenated()
image_only()
encrypted()
hostile()

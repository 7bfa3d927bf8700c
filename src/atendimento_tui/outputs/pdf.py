"""Papers as PDF: A4 pages from frozen data, with page numbers.

fpdf2 writes them with the fonts that every reader has, so that no font is shipped. These fonts show the letters of
Windows-1252, and an arrow as `->`; anything else is printed as its code, such as `[U+4E2D]`, so that a paper never
hides that something is missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from fpdf import FPDF, FontFace, XPos, YPos

from atendimento_tui.domain.text import entered
from atendimento_tui.texts import papers as texts

_ENCODING = "windows-1252"
_FONT = "Helvetica"
_SIZE, _TITLE_SIZE, _SMALL = 11, 15, 9
_LINE = 6.0
"""Height of a line of text, in millimetres, as all lengths here."""
_MARGIN = 20.0
_SIGNATURE = 80.0
_BAR_HEIGHT = 13.0
_BAR_WIDTH = 103 / 405
"""Width of the narrow bar of an interleaved 2 of 5. A wide one is three times as wide, so that 44 digits are 405 narrow
bars: 103 mm, as banks print them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text. Its line ends are kept; an empty one is an empty line."""

    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Names and their values, one below the other."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its heading is repeated on each page.

    Attributes:
        widths: Relative widths of the columns; without them all are equal.
    """

    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on for each of these people."""

    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class BarCode:
    """Digits as an interleaved 2 of 5; their number is even."""

    digits: str


Part: TypeAlias = Paragraph | Rows | Table | Signatures | BarCode


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a paper shows.

    Attributes:
        title: Its title.
        parts: Its parts, in order.
        header: The lines above the title: the unit.
        footer: A line at the bottom of each page.
    """

    title: str
    parts: Sequence[Part]
    header: Sequence[str] = ()
    footer: str = ""


def pdf_bytes(sheet: Sheet, made_at: datetime) -> bytes:
    """The paper as PDF. The same sheet and instant give the same bytes.

    The file's metadata has the title of every paper, no name of a person, and no path.
    """
    pdf = _Pages(sheet, made_at)
    pdf.add_page()
    _heading(pdf, sheet)
    for part in sheet.parts:
        _print(pdf, part)
    return bytes(pdf.output())


def shown(text: str) -> str:
    """The text as the fonts can show it: control characters removed, unknown characters as their code."""
    return "".join(_letters(entered(text, multiline=True)))


def _letters(text: str) -> Iterator[str]:
    for letter in text.replace("→", "->"):
        try:
            letter.encode(_ENCODING)
        except UnicodeEncodeError:
            yield f"[U+{ord(letter):04X}]"
        else:
            yield letter


class _Pages(FPDF):
    """The pages, each with its number."""

    def __init__(self, sheet: Sheet, made_at: datetime) -> None:
        super().__init__(format="A4", unit="mm")
        self._foot = shown(sheet.footer)
        self.core_fonts_encoding = _ENCODING
        self.set_title(texts.PDF_TITLE)
        self.set_creation_date(made_at)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=_MARGIN + _LINE)
        self.set_font(_FONT, size=_SIZE)

    def footer(self) -> None:
        """The line at the bottom, and the number of the page."""
        self.set_y(-_MARGIN)
        self.set_font(_FONT, size=_SMALL)
        if self._foot:
            self.cell(0, _LINE, self._foot, align="L")
            self.set_x(self.l_margin)
        page = texts.PAGE.format(number=self.page_no(), count=self.str_alias_nb_pages)
        self.cell(0, _LINE, page, align="R")


def _heading(pdf: _Pages, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.header):
        pdf.set_font(_FONT, style="" if number else "B", size=_SMALL if number else _SIZE)
        _text(pdf, line)
    pdf.ln(_LINE)
    pdf.set_font(_FONT, style="B", size=_TITLE_SIZE)
    _text(pdf, sheet.title)
    pdf.set_font(_FONT, size=_SIZE)
    pdf.ln(_LINE / 2)


def _text(pdf: _Pages, text: str, width: float = 0) -> None:
    pdf.multi_cell(width, _LINE, shown(text) or " ", align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _print(pdf: _Pages, part: Part) -> None:
    match part:
        case Paragraph(text):
            _text(pdf, text)
        case Rows(rows):
            _rows(pdf, rows)
        case Table(heading, rows, widths):
            _table(pdf, heading, rows, widths)
        case Signatures(names):
            _signatures(pdf, names)
        case BarCode(digits):
            _bars(pdf, digits)
    pdf.ln(_LINE / 2)


def _rows(pdf: _Pages, rows: Sequence[tuple[str, str]]) -> None:
    style = FontFace(emphasis="BOLD")
    with pdf.table(borders_layout="NONE", col_widths=(1, 2), first_row_as_headings=False, text_align="LEFT") as table:
        for name, value in rows:
            row = table.row()
            row.cell(shown(name), style=style)
            row.cell(shown(value))


def _table(pdf: _Pages, heading: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    columns = tuple(widths) or None
    with pdf.table(col_widths=columns, text_align="LEFT", padding=1) as table:
        for cells in (heading, *rows):
            row = table.row()
            for cell in cells:
                row.cell(shown(cell))


def _signatures(pdf: _Pages, names: Sequence[str]) -> None:
    """A line to sign on above each name. A name is never on another page than its line."""
    for name in names:
        if pdf.will_page_break(5 * _LINE):
            pdf.add_page()
        pdf.ln(3 * _LINE)
        pdf.line(pdf.l_margin, pdf.y, pdf.l_margin + _SIGNATURE, pdf.y)
        _text(pdf, name)


def _bars(pdf: _Pages, digits: str) -> None:
    if pdf.will_page_break(_BAR_HEIGHT + _LINE):
        pdf.add_page()
    pdf.interleaved2of5(digits, x=pdf.l_margin, y=pdf.y, w=_BAR_WIDTH * 3, h=_BAR_HEIGHT)
    pdf.set_y(pdf.y + _BAR_HEIGHT)

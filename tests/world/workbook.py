"""The smallest workbooks that spreadsheet programs write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

DAY = "day"
"""Marks a number as a date: `(DAY, 45000)`."""

Cell = object


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], stored: bool = True) -> bytes:
    """Return an .xlsx of those sheets; `None` is an empty cell."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _xml("Types", _TYPES, (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        )))  # fmt: skip
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, start=1)
        )
        archive.writestr("xl/workbook.xml", _xml("workbook", _MAIN, f"<sheets>{listed}</sheets>"))
        files = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
        archive.writestr("xl/_rels/workbook.xml.rels", _relations([*files, ("styles", "styles.xml")]))
        archive.writestr("xl/styles.xml", _xml("styleSheet", _MAIN, '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'))
        for i, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", _xml("worksheet", _MAIN, _rows(rows)))
    return content.getvalue()


def far_corner() -> bytes:
    """Return a workbook with one cell in each corner of the largest sheet there can be."""
    small = workbook({"Sheet": [["text"]]})
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as before, zipfile.ZipFile(content, "w") as after:
        for name in before.namelist():
            data = before.read(name).replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            )
            after.writestr(name, data)
    return content.getvalue()


def _rows(rows: Sequence[Sequence[Cell]]) -> str:
    cells = (
        f'<row r="{y}">{"".join(_cell(f"{chr(64 + x)}{y}", cell) for x, cell in enumerate(row, start=1))}</row>'
        for y, row in enumerate(rows, start=1)
    )
    return f"<sheetData>{''.join(cells)}</sheetData>"


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, tuple):
        return f'<c r="{place}" s="1"><v>{cell[1]}</v></c>'
    if isinstance(cell, (int, float)):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'


def _xml(root: str, space: str, content: str) -> str:
    return f'<?xml version="1.0"?><{root} xmlns="{space}" xmlns:r="{_OFFICE}">{content}</{root}>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = (
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    return _xml("Relationships", _RELATIONS, "".join(listed))

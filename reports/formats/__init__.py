"""The formats of a report, in the order in which they are written."""

from reports.format import Format
from reports.formats import csv, html, json, markdown, pdf, xlsx

FORMATS: tuple[Format, ...] = (html.FORMAT, csv.FORMAT, json.FORMAT, xlsx.FORMAT, markdown.FORMAT, pdf.FORMAT)

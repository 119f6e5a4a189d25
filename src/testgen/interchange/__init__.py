"""File formats: reading test cases, writing procedures. One module per format; the registry maps names to them."""

from testgen.interchange.found import Loaded, Place, Skipped
from testgen.interchange.reading import (
    Source,
    load_cases,
    load_entries,
    load_procedures,
    read_cases,
    read_procedures,
)
from testgen.interchange.team_files import read_columns, read_glossary, read_knowledge
from testgen.interchange.writing import read_form, write_form, write_procedures
from testgen.interchange.xlsx_form import Form

__all__ = [
    "Form",
    "Loaded",
    "Place",
    "Skipped",
    "Source",
    "load_cases",
    "load_entries",
    "load_procedures",
    "read_cases",
    "read_columns",
    "read_form",
    "read_glossary",
    "read_knowledge",
    "read_procedures",
    "write_form",
    "write_procedures",
]

"""File formats: reading test cases, writing procedures. One module a format; the registry maps names to them."""

from testgen.interchange.registry import WRITERS, read_cases, read_glossary, read_procedures, write_procedures

__all__ = ["WRITERS", "read_cases", "read_glossary", "read_procedures", "write_procedures"]

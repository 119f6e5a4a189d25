"""Reads documents around a test case (Word, PDF, Excel, PowerPoint, HTML, Markdown) as passages with their locations.

The libraries that read them come with the extra `testgen[documents]`, and are imported only when a document is read.
"""

from testgen.documents.bounds import READ_DOCUMENT
from testgen.documents.reader import read_document

__all__ = ["READ_DOCUMENT", "read_document"]

"""Documents around a test case (Word, PDF, Excel, PowerPoint, HTML, Markdown), read as passages that know where they stand.

What reads them comes with the extra `testgen[documents]`, and is loaded only where a document is read.
"""

from testgen.documents.bounds import READ_DOCUMENT
from testgen.documents.reader import read_document

__all__ = ["READ_DOCUMENT", "read_document"]

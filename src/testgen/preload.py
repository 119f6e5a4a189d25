"""Imported only by the nursery process: everything that a worker needs, so that no job waits for a library or a dictionary."""

from testgen import jobs
from testgen.api.routes import documents, procedures, reviews
from testgen.domain.language import LANGUAGES
from testgen.drafting.outline.engine import load_tongue
from testgen.interchange import xlsx_reader, xlsx_writer
from testgen.reviewer import warm_up

__all__ = ["documents", "jobs", "procedures", "reviews", "xlsx_reader", "xlsx_writer"]

warm_up()
for language in LANGUAGES:
    load_tongue(language)

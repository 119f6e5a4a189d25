"""Each hostile document ends in a clear problem, or in harmless passages, within the bounds of the one worker that reads them all."""

import asyncio
import re
from dataclasses import replace

import pytest
from support.hostile_documents import HOSTILE

from testgen.documents import READ_DOCUMENT, read_document
from testgen.domain.document import Document
from testgen.domain.errors import InvalidInputError
from testgen.workers import Nursery, Pool

JOB = replace(READ_DOCUMENT, mebibytes=300)  # what passes it is found sooner
Outcome = Document | Exception


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    async def read_all() -> dict[str, Outcome]:
        found: dict[str, Outcome] = {}
        async with Pool(nursery, size=1) as workers:
            for name, (content, _) in HOSTILE.items():
                try:
                    made: Outcome = await workers.run(JOB, read_document, content, "x.md")
                except Exception as error:
                    made = error
                found[name] = made
        return found

    nursery = Nursery(["testgen.documents.reader", "pdfplumber", "docx", "pptx", "bs4"])
    try:
        return asyncio.run(read_all())
    finally:
        nursery.end()


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_a_clear_problem_or_does_no_harm(name: str, outcomes: dict[str, Outcome]) -> None:
    made = outcomes[name]
    says = HOSTILE[name][1]
    if says:
        assert isinstance(made, InvalidInputError), made
        assert re.search(says, str(made)), str(made)
    else:
        assert isinstance(made, Document), made
        assert not any("root:" in passage.text for passage in made.passages)

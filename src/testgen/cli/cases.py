"""The test cases of procedures that exist already (`--case`)."""

from collections.abc import Mapping
from pathlib import Path

from testgen.cli.files import A_TEST_CASE, read
from testgen.domain.errors import InvalidInputError
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.messages import say


def cases_of(file: Path | None) -> dict[str, TestCase]:
    """The cases of a file by their ids; none where no file is named.

    Raises:
        InvalidInputError: the file cannot be read, or what is in it is wrong.
    """
    from testgen.interchange import load_cases

    return {case.id: case for case in read(str(file), load_cases, what=A_TEST_CASE)} if file else {}


def case_for(procedure: Procedure, cases: Mapping[str, TestCase]) -> TestCase | None:
    """The case with the id of the procedure, if cases were given.

    Raises:
        InvalidInputError: cases were given, but none of them belongs to this procedure.
    """
    if not cases:
        return None
    if procedure.test_case_id not in cases:
        told = say("contains no test case with that id: it has {ids}", ids=list(cases)[:5])
        raise InvalidInputError.of("--case", told, procedure.test_case_id)
    return cases[procedure.test_case_id]

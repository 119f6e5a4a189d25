"""`testgen review --server`: the service reviews each procedure; this machine compares the procedures with each other."""

from collections.abc import Sequence

from testgen.client import Client, orders
from testgen.client.answers import parsed, reviewed_of
from testgen.client.remote import aids_of
from testgen.domain.background import Background
from testgen.domain.hit import Hit
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import TestCase
from testgen.reviewer import Review, ReviewSettings
from testgen.reviewer import review as judged_here
from testgen.reviewer.reviewer import position


def reviewed_there(
    client: Client,
    procedure: Procedure,
    case: TestCase | None,
    *,
    background: Background,
    settings: ReviewSettings,
    among: Sequence[Hit],
) -> Review:
    """The findings of the service and those from comparing procedures, in the same order as without a service.

    Raises:
        TestgenError: the service does not answer.
    """
    told = reviewed_of(parsed(client.content(orders.reviewing(procedure, case, aids_of(background, settings)))))
    if not among:
        return Review(told.findings, told.readiness, told.skipped)
    alone = judged_here(procedure, case, background=background, settings=settings)
    together = judged_here(procedure, case, background=background, settings=settings, among=among)
    more = tuple(finding for finding in together.findings if finding not in alone.findings)
    readiness = told.readiness if together.readiness == alone.readiness else together.readiness
    return Review(tuple(sorted((*more, *told.findings), key=position)), readiness, told.skipped)

"""Clean-up in English: what was changed is put back, clause by clause."""

import pytest

from testgen.domain.test_case import TestCase
from testgen.drafting.outline import outline


def cleaned(postcondition: str) -> list[str]:
    told = {"id": "x", "title": "A test", "expected_results": ['"A" is shown'], "postconditions": [postcondition]}
    return [step.action for step in outline(TestCase.parse(told), "en")[0] if step.kind == "cleanup"]


@pytest.mark.parametrize(
    ("postcondition", "orders"),
    [
        ("Fee set back to 3.00", ["Set the fee back to 3.00"]),
        ("Index rolled back", ["Roll the index back"]),
        ("Restore the nightly copy, then restart the host", ["Restore the nightly copy", "Restart the host"]),
        ("Proxy disconnected; Wi-Fi reconnected", ["Disconnect the proxy", "Reconnect Wi-Fi"]),
        ("Ticket T-3 voided and re-issued", ["Void ticket T-3", "Reissue it"]),
        ("The swab must be discarded", ["Discard the swab"]),
        ("Basket emptied, , guest deleted", ["Empty the basket", "Delete the guest"]),
    ],
)
def test_each_clause_of_a_clean_up_is_an_order(postcondition: str, orders: list[str]) -> None:
    assert cleaned(postcondition) == orders

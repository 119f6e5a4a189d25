"""A process that has warmed up, and all that are forked from it, compile and load nothing at their first review."""

import subprocess
import sys

ASKS = """
from testgen.reviewer import warm_up
warm_up()
import re
from datetime import UTC, datetime
from testgen.domain.procedure import Procedure, Provenance, Step
from testgen.reviewer import review

made = []
compiled, re.compile = re.compile, lambda *given: made.append(given) or compiled(*given)
for language, action, expected in (
    ("en", "Open the page Orders", "The page Orders is shown"),
    ("ja", "注文画面を開く", "注文画面が表示される"),
):
    step = Step(number=1, kind="action", action=action, expected_result=expected)
    provenance = Provenance(origin="imported", created_at=datetime.now(UTC), testgen_version="")
    review(Procedure(test_case_id="1", language=language, title="-", steps=(step,), provenance=provenance))
print(len(made))
"""


def test_nothing_is_compiled_after_it():
    told = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"

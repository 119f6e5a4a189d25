"""phase2 from `pulumi stack init` to an empty account."""

import pytest
from support.rehearse import rehearse, require_walk

pytestmark = [pytest.mark.rehearsal, pytest.mark.ollama, pytest.mark.usefixtures("forked")]


def test_phase2_is_brought_up_walked_and_taken_down() -> None:
    said = rehearse("phase2")
    require_walk(said, "phase2")
    assert "no key → 401" in said
    assert "10.20.30.40 → public ALB" in said
    assert "https://testgen.example.jp with a key: procedure REHEARSAL-1" in said
    assert "a body about XSS passes on /v1/" in said
    assert "secret testgen/phase2/service (can be restored)" in said, "its final secret is kept on purpose"

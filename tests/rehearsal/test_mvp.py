"""mvp from `pulumi stack init` to an empty account, with both images built and run where that can be done."""

import pytest
from support.rehearse import rehearse, require_walk

from rehearsal.containers import missing

pytestmark = [pytest.mark.rehearsal, pytest.mark.ollama, pytest.mark.usefixtures("forked")]


def test_mvp_is_brought_up_walked_and_taken_down() -> None:
    require_walk(rehearse("mvp", *([] if missing() else ["--containers"])), "mvp")

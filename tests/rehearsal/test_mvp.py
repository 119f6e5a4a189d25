"""mvp from `pulumi stack init` to an empty account, with both images run where they can be built."""

import pytest
from support.rehearse import rehearse, require_walk

from rehearsal.containers import missing

pytestmark = [pytest.mark.rehearsal, pytest.mark.ollama, pytest.mark.usefixtures("forked")]


def test_mvp_is_brought_up_walked_and_taken_down(request: pytest.FixtureRequest) -> None:
    if not missing():
        request.getfixturevalue("images")
    require_walk(rehearse("mvp", *([] if missing() else ["--containers", "--built"])), "mvp")

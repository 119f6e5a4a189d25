"""Secrets are in the state encrypted only."""

from pathlib import Path

import pytest

from rehearsal.cloud import Operator, RehearsalError
from rehearsal.rehearse import Stage, Toolbox, require_no_secret_in_state


def test_a_secret_in_clear_is_found_wherever_it_lies_in_the_state(tmp_path: Path) -> None:
    tools = Toolbox(tmp_path, tmp_path, tmp_path)
    here = Stage(Operator("mvp", tmp_path, "http://127.0.0.1:9", tmp_path), tools, print)
    state = tmp_path / "state" / ".pulumi" / "stacks"
    state.mkdir(parents=True)
    (state / "mvp.json").write_text('{"secure": "v1:abc"}')
    require_no_secret_in_state(here)
    (state / "mvp.json").write_text(f'{{"plain": "{here.key}"}}')
    with pytest.raises(RehearsalError, match="a secret stands in clear in mvp.json"):
        require_no_secret_in_state(here)

"""What bench/passages.py measures does not get worse: thirty cases of three products, labelled by somebody who had not seen the code."""

from bench.passages import measure


def test_the_passages_that_cases_need_are_found() -> None:
    found = list(measure())
    assert len(found) == 30
    assert sum(sum(one.first) for one in found) >= 66, "of 86 quotes, in the first five passages"
    assert sum(sum(one.prompt) for one in found) >= 83, "of 86 quotes, in the prompt"
    assert all(any(one.prompt) for one in found)
    assert sum(all(one.prompt) for one in found) >= 27, "cases with everything they need"

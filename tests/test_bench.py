"""What `make bench` writes: nothing here is timed."""

from pathlib import Path

import pytest

from bench import growth, runs
from bench.__main__ import BY_HAND, PARTS, written
from bench.batches import busy, ideal_s, seconds
from bench.report import MissingError, Section, alone, middle

SIZES = (10, 100, 1_000)


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_is_that_of_the_power(power: float) -> None:
    assert growth.exponent(SIZES, [7 * size**power for size in SIZES]) == pytest.approx(power)


def test_only_what_grows_faster_than_n_log_n_is_said_to() -> None:
    assert "worse" not in growth.verdict(SIZES, [size * (1 + size.bit_length()) for size in SIZES])
    assert "2.00, worse than n log n" in growth.verdict(SIZES, [size**2 for size in SIZES])


def test_a_part_measured_again_replaces_its_own_figures_only(tmp_path: Path) -> None:
    report = tmp_path / "RESULTS.md"
    written(report, {"tokens": "## c\n\nold", "added": "## a\n\nkept"}, quick=False)
    report.write_text(report.read_text() + "\n## Measured by somebody\n")
    written(report, {"tokens": "## c\n\nnew"}, quick=False)
    text = report.read_text()
    assert "old" not in text
    assert text.index("kept") < text.index("new") < text.index(BY_HAND) < text.index("Measured by somebody")


def test_what_is_missing_is_said_and_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(section: Section) -> None:
        section.say("measured before")
        raise MissingError("the browser is not here")

    monkeypatch.setattr("sys.argv", ["bench", "--into", str(tmp_path / "part.md")])
    with pytest.raises(SystemExit, match="^0$"):
        alone("A part", measure)
    assert (
        tmp_path / "part.md"
    ).read_text() == "## A part\n\nmeasured before\n\n**Not measured:** the browser is not here\n"


def test_a_part_that_fails_keeps_what_it_measured_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measure(section: Section) -> None:
        section.goal("a ratio", 1.04, 1.1, unit=" times")
        raise RuntimeError("the server has ended")

    monkeypatch.setattr("sys.argv", ["bench", "--into", str(tmp_path / "part.md")])
    with pytest.raises(SystemExit, match="^1$"):
        alone("A part", measure)
    text = (tmp_path / "part.md").read_text()
    assert "**Reached:** a ratio, at most 1.1 times: 1.04 times." in text
    assert "**Failed:** RuntimeError: the server has ended" in text


def test_a_goal_that_is_missed_says_what_stands_in_the_way() -> None:
    section = Section("A part")
    section.goal("requests a second", 3, 5, least=True, limit="One core is all there is.")
    assert section.blocks == ["**Missed:** requests a second, at least 5: 3. One core is all there is."]


def test_a_goal_says_how_far_earlier_runs_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runs.KEPT_IN, str(tmp_path / "runs.jsonl"))
    for value in (2.4, 3.6, 3.0):
        section = Section("A part")
        section.goal("added", value, 2, unit=" %")
    (told,) = section.blocks
    assert told.startswith(
        "**Missed:** added, at most 2 %: 3 %. Before, in 2 runs: 2.4 to 3.6 %. A next run is expected between 1.08 and"
    )
    Section("A part", quick=True).goal("added", 99, 2)
    assert runs.earlier("added") == [2.4, 3.6, 3.0]


def test_three_runs_tell_where_the_next_is_expected() -> None:
    assert runs.expected([10.0, 11.0]) is None
    low, high = runs.expected([9.0, 10.0, 11.0]) or (0.0, 0.0)
    assert 5.0 < low < 9.0  # a prediction interval lies wider than what was measured
    assert 11.0 < high < 20.0
    assert low * high == pytest.approx((9.0 * 10.0 * 11.0) ** (2 / 3))  # around the geometric mean


def test_figures_of_another_machine_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(runs.KEPT_IN, str(tmp_path / "runs.jsonl"))
    monkeypatch.setattr(runs, "processor", lambda: "another")
    runs.keep("added", 9)
    monkeypatch.undo()
    monkeypatch.setenv(runs.KEPT_IN, str(tmp_path / "runs.jsonl"))
    assert runs.earlier("added") == []


def test_the_servers_log_tells_how_long_each_request_took(tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    line = '[GIN] 2026/11/26 - 03:03:54 | {} |  {} |       127.0.0.1 | {}     "{}"\n'
    entries = [
        ("200", "96.474µs", "GET", "/api/version"),
        ("200", "614.5ms", "POST", "/api/chat"),
        ("500", "1.5s", "POST", "/api/chat"),
    ]
    log.write_text("".join(line.format(*entry) for entry in [*entries, ("200", "1m2.5s", "POST", "/api/chat")]))
    assert busy(log, 0) == [pytest.approx(0.6145), pytest.approx(62.5)]
    assert seconds("96.474µs") == pytest.approx(96.474e-6)


def test_each_part_is_a_module_with_its_title() -> None:
    folder = Path(__file__).parents[1] / "bench"
    assert [
        part.name for part in PARTS if "alone(TITLE, measure)" not in (folder / f"{part.name}.py").read_text()
    ] == []


def test_the_median_comes_with_the_least_and_the_most() -> None:
    assert middle([3, 1, 2_000]) == "3 (1 to 2,000)"


def test_the_ideal_leaves_places_empty_only_at_the_end() -> None:
    assert ideal_s([2, 1, 1], places=2) == 2
    assert ideal_s([1] * 9, places=4) == 3
    assert ideal_s([1, 2, 3], places=1) == 6

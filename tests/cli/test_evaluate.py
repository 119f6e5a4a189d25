"""`testgen evaluate` against a server with three models: the order must come out right."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.protocol_server import Answer, ProtocolServer, rows
from support.real_ollama import run_cli

from testgen.evaluation import bundled_cases

COUNT = 8
MODELS = ("good", "sloppy", "wrong")


def case(number: int) -> dict[str, Any]:
    return {
        "id": f"C-{number}",
        "title": f"Item {number} is saved",
        "specification": f'On the page "Item {number}" the button "Save {number}" stores the item and shows "Saved {number}".',
        "expected_results": [f'After clicking "Save {number}", "Saved {number}" is shown'],
        "language": "en",
    }


class Models(ProtocolServer):
    """Three models: one writes what the case says, one invents labels and joins actions, one writes Japanese."""

    def _answer_to(self, request: dict[str, Any]) -> Answer:
        self.requests.append(request)
        said = " ".join(message["content"] for message in request["messages"])
        n = re.findall(r"Item (\d+) is saved", said)[-1]
        return Answer(
            {
                "good": rows(
                    (f'Open the page "Item {n}"', "", f'The page "Item {n}" is shown', ""),
                    (f'Click "Save {n}"', "", f'"Saved {n}" is shown', "1"),
                ),
                "sloppy": rows(
                    (f'Open the page "Item {n}" and click "Store {n}" if necessary', "", "It works properly", ""),
                    ('Click "Finish" and wait for a while', "", f'"Saved {n}" is shown', "1"),
                ),
                "wrong": rows(("画面を開く", "", "画面が表示される", ""), ("ボタンを押す", "", "保存される", "1")),
            }[request["model"]]
        )


@pytest.fixture(scope="module")
def server() -> Iterator[Models]:
    with Models(models=MODELS) as running:
        yield running


@pytest.fixture
def cases(tmp_path: Path) -> str:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([case(number) for number in range(1, COUNT + 1)]))
    return str(path)


def evaluate(server: Models, *arguments: str, **more: str) -> tuple[int, str, str]:
    done = run_cli("evaluate", *arguments, TESTGEN_OLLAMA_BASE_URL=server.url, TESTGEN_MODEL="good", **more)
    return done.returncode, done.stdout, done.stderr


def test_good_is_ahead_of_sloppy_and_sloppy_of_the_wrong_language(server: Models, cases: str) -> None:
    asked = [argument for model in ("wrong", "good", "sloppy") for argument in ("--model", model)]
    code, out, err = evaluate(server, cases, *asked, "--format", "json")
    assert code == 0, err
    found = json.loads(out)
    wrong, good, sloppy = found["models"]
    assert (good["share_ready"], good["findings_per_step"], good["expected_results_covered"]) == (1.0, 0.0, 1.0)
    assert sloppy["share_ready"] < 1
    assert sloppy["invented_labels"] > 0
    assert sloppy["findings"].keys() >= {"eager-action", "ungrounded-value"}
    assert wrong["failed"] == {"wrong-language": COUNT}
    assert (wrong["language_faults"], wrong["retries"]) == (2 * COUNT, COUNT), "both attempts"
    better = {(pair["one"], pair["other"]): pair["better"] for pair in found["comparisons"]}
    assert better[("wrong", "good")] == better[("good", "sloppy")] == "good"
    assert len(found["drafts"]) == 3 * COUNT


def test_a_model_is_not_ahead_of_itself(server: Models, cases: str) -> None:
    """Drafted a second time under another seed it is the same text, and the table says that nothing tells them apart."""
    code, out, err = evaluate(server, cases, "--model", "good", "--model", "outline", "--repeat", "2")
    assert code == 0
    assert f"{2 * COUNT} drafts per model" in out
    assert "good minus outline: grade" in out
    assert "good: 16 drafts in" in err
    seeds = {request["options"]["seed"] for request in server.requests[-2 * COUNT :]}
    assert len(seeds) == 2, "each repeat has a seed of its own"


def test_a_model_that_is_not_there_is_told_before_anything_is_drafted(server: Models, cases: str) -> None:
    before = len(server.requests)
    code, out, err = evaluate(server, cases, "--model", "good", "--model", "godo")
    assert (code, out) == (3, "")
    assert "the model godo is not on the server" in err
    assert len(server.requests) == before


def test_no_server_is_told(cases: str) -> None:
    done = run_cli("evaluate", cases, "--model", "good", TESTGEN_OLLAMA_BASE_URL="http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (3, "")
    assert "no Ollama server answers" in done.stderr


def test_two_cases_of_one_id_are_refused(server: Models, tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    for path in (one, other):
        path.write_text(json.dumps(case(1)))
    code, _, err = evaluate(server, str(one), str(other), "--model", "good")
    assert code == 2
    assert "two test cases have this id" in err


def test_outline_alone_needs_no_server(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    done = run_cli(
        "evaluate",
        "--model",
        "outline",
        "--format",
        "json",
        "-o",
        str(result),
        TESTGEN_OLLAMA_BASE_URL="http://127.0.0.1:9",
    )
    assert done.returncode == 0
    [outline] = json.loads(result.read_text())["models"]
    assert (outline["drafts"], outline["failed"], outline["output_tokens"]) == (24, {}, 0)


def test_the_cases_that_come_along_are_half_japanese() -> None:
    languages = [case.resolved_language() for case in bundled_cases()]
    assert (languages.count("ja"), languages.count("en")) == (12, 12)

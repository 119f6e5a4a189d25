"""Readiness: nothing that a tester could not carry out is ready, whoever wrote it."""

import pytest
from support.procedures import procedure

from testgen.domain.hit import Hit
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure, Readiness
from testgen.domain.test_case import TestCase
from testgen.repair import Reviewing
from testgen.reviewer import ReviewSettings, rated, review

CASES: dict[Language, TestCase] = {
    "en": TestCase(id="T", title="T", expected_results=('"Saved" is shown',), specification='Click "Save".'),
    "ja": TestCase(
        id="T", title="T", expected_results=("「保存しました」と表示される",), specification="「保存」を押す。"
    ),
}
SAVE: dict[Language, tuple[str, str]] = {
    "en": ('Click "Save"', '"Saved" is shown'),
    "ja": ("「保存」を押す", "「保存しました」と表示される"),
}


def judged(made: Procedure, case: TestCase | None = None, **rules: str) -> Readiness:
    named = {name.replace("_", "-"): severity for name, severity in rules.items()}
    return review(made, case, settings=ReviewSettings.model_validate({"rules": named})).readiness


@pytest.mark.parametrize(
    ("language", "action", "expected", "wanted"),
    [
        ("en", "Open the form", "The form is shown", "ready"),
        ("ja", "入力画面を開く", "入力画面が表示される", "ready"),
        ("en", "Open [FILL IN: which page]", "The form is shown", "open_points"),
        ("ja", "【要記入: 開く画面】を開く", "入力画面が表示される", "open_points"),
        ("en", "Enter the limit (TBD)", "The limit is shown", "open_points"),
        ("ja", "上限を入力する（要確認）", "上限が表示される", "open_points"),
        ("en", " ", "The form is shown", "skeleton"),
        ("ja", "－", "入力画面が表示される", "skeleton"),
        ("en", "[FILL IN: how to start the job]", "The job runs", "skeleton"),
        ("ja", "【要記入: ジョブの起動方法】", "ジョブが動いている", "skeleton"),
        ("en", "As Lena, do [FILL IN: what]", "The form is shown", "skeleton"),
        ("ja", "【要記入: 操作】を行う。", "入力画面が表示される", "skeleton"),
        ("en", "Open the form", "", "skeleton"),
        ("ja", "入力画面を開く", "", "skeleton"),
        ("en", 'Click "Proceed"', "The form is shown", "skeleton"),  # an invented label is an error
        ("ja", "「次へ」を押す", "入力画面が表示される", "skeleton"),
    ],
)
def test_the_text_and_the_findings_tell_how_far_a_procedure_is(
    language: Language, action: str, expected: str, wanted: Readiness
) -> None:
    made = procedure((action, expected), SAVE[language], language=language)
    assert judged(made, CASES[language]) == wanted


@pytest.mark.parametrize("field", ["test_data", "expected_result"])
def test_an_open_point_counts_in_every_field(field: str) -> None:
    made = procedure(("Open the form", "x", "The form is shown"), SAVE["en"])
    step = made.steps[0].model_copy(update={field: "[FILL IN: what]"})
    assert judged(made.model_copy(update={"steps": (step, made.steps[1])}), CASES["en"]) == "open_points"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_expected_result_that_no_step_verifies_leaves_a_skeleton(language: Language) -> None:
    action = {"en": "Open the form", "ja": "入力画面を開く"}[language]
    seen = {"en": "The form is shown", "ja": "入力画面が表示される"}[language]
    made = procedure((action, seen), language=language)
    assert judged(made, CASES[language]) == "skeleton"
    own = made.model_copy(update={"expected_results": CASES[language].expected_results})
    assert judged(own) == "skeleton", "a procedure says itself what it should verify"


def test_what_a_team_decides_holds() -> None:
    made = procedure(('Click "Proceed"', "The form is shown"), SAVE["en"])
    assert judged(made, CASES["en"], ungrounded_value="warning") == "ready"
    marked = procedure(("Open [FILL IN: which page]", "The form is shown"), SAVE["en"])
    assert judged(marked, CASES["en"], open_question="off") == "open_points", "the mark is still there"
    assert judged(marked, CASES["en"], open_question="error") == "open_points", "it can be filled in"


def test_an_engine_that_found_nothing_to_write_from_leaves_a_skeleton() -> None:
    nothing = Hit("low-information", "/steps", variant="draft")
    assert review(procedure(SAVE["en"]), CASES["en"], hits=[nothing]).readiness == "skeleton"


def test_what_is_reviewed_carries_its_readiness_and_what_is_rated_keeps_its_own() -> None:
    made = procedure(("Open [FILL IN: which page]", "The form is shown"), SAVE["en"])
    assert made.readiness is None
    assert Reviewing(CASES["en"]).reviewed(made).readiness == "open_points"
    assert (rated(made).readiness, rated(made).findings) == ("open_points", ())
    assert rated(made.model_copy(update={"readiness": "skeleton"})).readiness == "skeleton"

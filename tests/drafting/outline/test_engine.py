"""The outline engine as a whole: the worked examples of the design, and procedures that a tester can carry out."""

import re
from pathlib import Path

import pytest
from support.cases import EN, EXAMPLES, JA, ROOT, load
from support.outline import gaps, table

from testgen import generate
from testgen.config import ServiceConfig
from testgen.domain.language import Language
from testgen.domain.ports import DraftRequest, DraftSummary
from testgen.domain.procedure import Finding, Step
from testgen.domain.test_case import TestCase
from testgen.drafting.outline import OutlineEngine, outline
from testgen.drafting.outline.lexicon import load_lexicon
from testgen.text.language import is_written_in
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise
from testgen.text.verbs import verb_groups

DATA = ROOT / "tests/data/outline"
CASES = [case for path in [*EXAMPLES, *sorted(DATA.glob("*.yaml"))] for case in load(path)]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def steps_of(case: TestCase) -> list[Step]:
    return outline(case, case.resolved_language())[0]


def findings_of(case: TestCase, rule: str) -> list[Finding]:
    return [finding for finding in gaps(case) if finding.rule == rule]


def test_the_japanese_example_of_the_design_comes_out_as_written_there() -> None:
    case = TestCase(
        id="x",
        title="ログインのロック",
        preconditions=("会員 tanaka が登録済み。",),
        test_data={"ID": "tanaka", "誤パスワード": "wrong-1"},
        specification="ログイン画面でIDとパスワードを入力し「ログイン」を押すと認証する。5回連続で失敗した場合、ロックする。",
        expected_results=("「ロックされました」と表示される", "正しいパスワードでもログインできない"),
    )
    assert [(s.kind, s.action, s.test_data or "", s.expected_result, s.verifies) for s in steps_of(case)] == [
        ("action", "ログイン画面を開く", "", "ログイン画面が表示される", ()),
        ("action", "ID と誤パスワードを入力する", "tanaka / wrong-1", "入力した値が表示される", ()),
        ("action", "「ログイン」を押す。手順2〜3を合計5回行う", "5回", "5回目に「ロックされました」と表示される", (1,)),
        (
            "action",
            "ID と正しいパスワードを入力する",
            "tanaka / 【要記入: 正しいパスワード】",
            "入力した値が表示される",
            (),
        ),
        ("check", "「ログイン」を押す", "", "ログインできない", (2,)),
    ]


def test_the_english_example_of_the_design_comes_out_as_written_there() -> None:
    case = TestCase(
        id="x",
        title="Expired link",
        preconditions=("a reset link was issued to mori",),
        test_data={"link_age": "61 minutes"},
        specification='Links expire after 60 minutes. When the user opens an expired link, the system shows "This link has expired".',
        expected_results=('"This link has expired" is shown', "the password is unchanged"),
    )
    assert [(s.kind, s.action, s.test_data or "", s.expected_result, s.verifies) for s in steps_of(case)] == [
        ("setup", "Prepare the reset link issued to mori", "link_age: 61 minutes", "The link is 61 minutes old", ()),
        ("action", "Open the expired link", "", '"This link has expired" is shown', (1,)),
        ("check", "Check mori's password at [FILL IN: where]", "", "The password is unchanged", (2,)),
    ]


def test_all_procedures_are_those_that_were_read_and_approved() -> None:
    """The file was read step by step as a tester would; a change here is to be read again."""
    approved = (DATA / "approved.txt").read_text()
    assert "\n".join(table(case) for case in CASES) == approved


def test_there_are_enough_cases_in_both_languages() -> None:
    languages = [case.resolved_language() for case in CASES]
    assert len(EXAMPLES) == 8
    assert languages.count("ja") >= 10
    assert languages.count("en") >= 10


@each_case
def test_every_expected_result_is_verified(case: TestCase) -> None:
    verified = {number for step in steps_of(case) for number in step.verifies}
    assert verified == set(range(1, len(case.expected_results) + 1))


@each_case
def test_at_most_half_the_steps_are_bare_checks(case: TestCase) -> None:
    steps = steps_of(case)
    assert sum(step.kind == "check" for step in steps) * 2 <= len(steps)


@each_case
def test_no_field_is_empty_and_the_language_is_the_cases(case: TestCase) -> None:
    for number, step in enumerate(steps_of(case), 1):
        assert step.number == number
        assert step.action.strip()
        assert step.expected_result.strip()
        assert is_written_in(f"{step.action}\n{step.expected_result}", case.resolved_language())


@each_case
def test_no_label_number_or_value_is_invented(case: TestCase) -> None:
    given = normalise("\n".join(case.texts()))
    for step in steps_of(case):
        text = re.sub(
            r"【[^】]*】|\[FILL IN:[^\]]*\]|手順\d+(?:〜\d+)?|steps? \d+(?:-\d+)?",
            "",
            f"{step.action}\n{step.test_data or ''}\n{step.expected_result}",
        )
        for label in re.findall(r"「([^」]+)」|\"([^\"]+)\"", text):
            assert normalise("".join(label)) in given
        for number in re.findall(r"\d+(?:[.,]\d+)*", text):
            assert normalise(number) in given or number in {str(n) for n in (2, 3, 4, 5)}


@each_case
def test_every_word_comes_from_the_case_or_from_a_template(case: TestCase) -> None:
    language = case.resolved_language()
    lexicon = load_lexicon(language)
    known = normalise("\n".join(case.texts()) + str(lexicon.data) + str(verb_groups(language)))
    for step in steps_of(case):
        for word in re.findall(r"[一-龠々]+|[ァ-ヶー]+|[a-z]{3,}", normalise(f"{step.action} {step.expected_result}")):
            stems = {
                word,
                word.removesuffix("ed"),
                word.removesuffix("d"),
                word.removesuffix("s"),
                word.removesuffix("ted"),
                word[:-3] + "y",
            }
            assert any(stem in known for stem in stems), word


@each_case
def test_the_second_run_gives_the_same(case: TestCase) -> None:
    assert table(case) == table(case)


@each_case
def test_every_gap_to_fill_in_is_an_open_question_with_its_place(case: TestCase) -> None:
    steps = steps_of(case)
    gaps = sum(len(OPEN_POINT.findall(f"{step.action}{step.test_data or ''}")) for step in steps)
    questions = [finding for finding in findings_of(case, "open-question") if finding.step]
    assert len(questions) == gaps
    for finding in questions:
        _, _, index, field = finding.field.split("/")
        text = getattr(steps[int(index)], field)
        assert finding.span is not None
        assert text[slice(*finding.span)] == finding.excerpt != ""


def test_what_was_left_out_of_the_specification_is_said() -> None:
    case = next(case for case in CASES if case.id == "AUTH-019")
    findings = findings_of(case, "unused-specification")
    assert {finding.severity for finding in findings} == {"info"}
    assert any("opens a valid link" in finding.message for finding in findings)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_to_extract_gives_a_skeleton_that_says_so(language: str) -> None:
    case = TestCase(
        id="x",
        title="割引" if language == "ja" else "Discount",
        test_data={"率": "10%"},
        expected_results=("割引額が正しい",) if language == "ja" else ("The discount is right",),
    )
    assert [finding.rule for finding in gaps(case)][:2] == ["low-information", "open-question"]
    assert [step.kind for step in outline(case, language)[0]] == ["action"]  # type: ignore[arg-type]


async def test_as_an_engine_it_yields_steps_and_then_what_it_could_not_use() -> None:
    case = next(case for case in CASES if case.id == "AUTH-019")
    parts = [part async for part in OutlineEngine().draft(DraftRequest(case, "en"))]
    assert all(isinstance(part, Step) for part in parts[:-1])
    assert isinstance(parts[-1], DraftSummary)
    assert {hit.rule for hit in parts[-1].hits} == {"unused-specification", "open-question"}


def test_an_act_that_the_specification_tells_and_no_step_does_is_an_open_point() -> None:
    """It may be missing, or belong to another test: only a person can say, so that the procedure is not ready."""
    told = 'The form has a field Name. When the user presses "Save", "Saved" is shown.'
    case = TestCase(id="x", title="Saving", specification=told, expected_results=('"Saved" is shown',))
    assert not findings_of(case, "open-question")
    more = case.model_copy(update={"specification": f'{told} When the user presses "Undo", the old name is shown.'})
    [finding] = findings_of(more, "open-question")
    assert finding.step is None
    assert "no step performs" in finding.message


def test_a_datum_that_no_step_uses_is_an_open_point() -> None:
    told = 'When the user presses "Save", "Saved" is shown.'
    data = {"jobs": "17 and 18"}
    case = TestCase(id="x", title="Saving", test_data=data, specification=told, expected_results=('"Saved" is shown',))
    found = [(finding.rule, finding.step) for finding in gaps(case)]
    assert ("open-question", None) in found or ("low-information", None) in found


def test_a_value_that_is_seen_at_the_end_and_that_nobody_enters_is_an_open_point() -> None:
    """Of two files, the steps choose one."""
    case = TestCase.parse(
        {
            "id": "x",
            "title": "Photos",
            "specification": 'Claim page > "Add photo" opens the file dialog. The upload starts as soon as a file is chosen.\n'
            "| Rule | Result |\n|---|---|\n| up to 10 MB | file is listed under Photos |",
            "test_data": {"file A": "roof.png", "file B": "door.png"},
            "expected_results": ["roof.png is listed under Photos, after door.png"],
        }
    )
    procedure = generate(case, engine="outline")
    idle = [finding.field for finding in procedure.findings if finding.rule == "unused-datum"]
    assert idle == ["/test_data/file B"]
    assert procedure.readiness != "ready"


def test_a_case_of_results_alone_is_an_open_point() -> None:
    """Nothing says what else has to be done: here a mail has to be sent before anything can be undone."""
    told = ("Undo within 10 s: the mail is back as a draft",)
    case = TestCase(id="x", title="Undo Send", expected_results=told, language="en")
    [finding] = findings_of(case, "open-question")
    assert "neither a specification nor test data" in finding.message


def test_entries_that_nothing_sends_are_no_whole_procedure() -> None:
    case = TestCase(
        id="x",
        title="該当が0件",
        test_data={"キーワード": "xyz"},
        specification="キーワードを入力する。",
        expected_results=("「見つかりませんでした」と表示される",),
    )
    assert "low-information" in {finding.rule for finding in gaps(case)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "「",
        "」「",
        "a" * 3000,
        "し、" * 500,
        "When " * 300,
        "を" * 200,
        "\u0000\u200b\U0001f389",
        "when a, when b, when c",
        "5回5回5回",
        "()[]{}.*+?^$|\\",
    ],
)
def test_no_text_can_break_it(text: str) -> None:
    for language in ("ja", "en"):
        case = TestCase.parse({
            "id": "x", "title": "t" + text[:200], "specification": text, "test_data": {"a" + text[:20]: text[:500], "b": "2"},
            "expected_results": ["y" + text[:500], "。"], "preconditions": ["p" + text[:500]], "postconditions": ["c" + text[:500]],
        })  # fmt: skip
        steps = outline(case, language)[0]  # type: ignore[arg-type]
        assert steps
        assert all(step.action and step.expected_result for step in steps)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_examples_can_be_carried_out_and_pass_the_review_without_an_error(path: Path) -> None:
    """Warnings about words of the case itself are the author's."""
    [case] = load(path)
    procedure = generate(case, config=ServiceConfig(engine="outline"))
    assert procedure.readiness in ("ready", "open_points")
    assert [finding for finding in procedure.findings if finding.severity == "error"] == []
    assert sum(finding.severity == "warning" for finding in procedure.findings) <= 3


@pytest.mark.parametrize("name", ["", " ", "\u3000", "_1", " 1", "1", "\n", "-", '"', "「」", "s", "'s", "the", "of"])
@pytest.mark.parametrize("value", ["", "0", "a b", "mori@shop.example"])
@pytest.mark.parametrize("given", [EN, JA, EN.model_copy(update={"specification": ""})], ids=["en", "ja", "en, bare"])
def test_test_data_may_have_any_name(name: str, value: str, given: TestCase) -> None:
    assert steps_of(given.model_copy(update={"test_data": {name: value, f"order{name}": value}}))


def test_what_only_the_wording_of_a_result_tells_is_an_open_point() -> None:
    given = TestCase(
        id="x",
        title="Grades",
        specification='When "Save" is pressed, "Saved" is shown.',
        expected_results=('"Saved" is shown', "Closing the term makes the grade read-only"),
    )
    steps, hits = outline(given, "en")
    assert [step.action for step in steps] == ['Press "Save"', "Close the term"]
    assert [(hit.rule, hit.variant) for hit in hits] == [("open-question", "inferred")]


@pytest.mark.parametrize(
    ("result", "specification"),
    [
        ("If-Match が古い場合、412 が返る", "担任が確認する。"),
        ("If 文が偽の場合、注文が却下される", "担任が確認する。"),
        ("予備の保存先が表示される", "Backups: Options > Saves > Restore"),  # a path, written in English
    ],
)
def test_a_japanese_case_may_speak_of_the_product_in_english(result: str, specification: str) -> None:
    case = TestCase(id="x", title="注文", specification=specification, expected_results=(result,))
    steps, _ = outline(case, "ja")
    assert (1,) in [step.verifies for step in steps]


def test_the_age_of_a_thing_is_set_up_in_either_language() -> None:
    case = TestCase(
        id="x",
        title="期限切れ",
        preconditions=("link を発行しておく",),
        test_data={"link_age": "25時間"},
        expected_results=("「期限切れです」と表示される",),
    )
    assert "linkの経過時間が25時間である" in [step.expected_result for step in outline(case, "ja")[0]]


def test_a_case_of_which_nothing_was_understood_gets_a_step_for_its_result() -> None:
    case = TestCase(
        id="x",
        title="Order",
        specification="The task with the semicolon occupies one cell",
        test_data={"The task1": "| From / To | display | - | To"},
        expected_results=("After ,From: H. Doyle",),
    )
    assert [(step.action, step.verifies) for step in outline(case, "en")[0]] == [
        ("Bring about: from ([FILL IN: how])", (1,)),
    ]


def test_an_action_stands_on_one_line_however_the_specification_is_broken() -> None:
    case = TestCase(
        id="x",
        title="Order",
        specification="< 2:00  micro stop, only counted\nDialog:",
        expected_results=("The order is shown",),
    )
    (step,) = outline(case, "en")[0]
    assert "\n" not in step.action
    assert step.expected_result


TWO_TABLES = """Press "Check".

| File | Encoding | Result |
|---|---|---|
| a.csv | UTF-8 | imported |
| b.csv | UTF-16 | refused |

| Req | Text |
|---|---|
| R-1 | The lift stops. |
| R-2 | The doors open. |"""


@pytest.mark.parametrize(
    ("language", "result"), [("en", "Every row of the table gives the result stated"), ("ja", "表の各行のとおりである")]
)
def test_of_two_tables_the_first_is_tried_row_by_row(language: Language, result: str) -> None:
    case = TestCase(id="x", title="Import of files", specification=TWO_TABLES, expected_results=(result,))
    tried = [step for step in outline(case, language)[0] if step.action != 'Press "Check"']
    assert len(tried) == 2
    assert all(name in step.action for name, step in zip(("a.csv", "b.csv"), tried, strict=True))
    assert all("Result" in step.expected_result for step in tried)

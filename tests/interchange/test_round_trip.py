"""For every format that is read and written, what it can hold comes back equal: Japanese, newlines, quotes, commas, emoji."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.procedures import procedure
from support.tools import examples

from testgen.domain.procedure import Procedure, Step
from testgen.interchange import read_procedures, write_procedures
from testgen.interchange.ditto import meant
from testgen.interchange.registry import FORMATS, READABLE, WRITABLE
from testgen.interchange.tabular import split_numbered

BOTH_WAYS = [name for name in READABLE if name in WRITABLE]
# XML and CSV readers fold a carriage return into a line break, and no XML document can hold control characters.
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u0085\u2028\u2029\ufffe\uffff")
NASTY = st.sampled_from(
    [
        '"',
        "'",
        ",",
        "\n",
        "=1+1",
        "- ",
        "+",
        "@",
        "表示する",
        "👩‍💻",
        "<b>&amp;</b>",
        "]]>",
        '1. "x"',
        "[Test data] ",
        " > ",
        "𠮷",
        ";",
    ]
)


def is_itself(text: str) -> bool:
    """Whether a cell with the text says the text: a dash, 同上 and a numbered list of steps say something else."""
    return bool(text) and meant("expected", text, "") == text and len(split_numbered(text)) < 2


TEXTS = (
    st.lists(st.text(LETTERS, max_size=8) | NASTY, min_size=1, max_size=6).map("".join).map(str.strip).filter(is_itself)
)
LINES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    rows = draw(st.lists(st.tuples(TEXTS, st.just("") | TEXTS, st.just("") | TEXTS), min_size=1, max_size=4))
    made = procedure(*rows)
    return made.model_copy(update={"title": draw(LINES), "preconditions": tuple(draw(st.lists(TEXTS, max_size=3)))})


def numbered(entries: list[Procedure]) -> list[Procedure]:
    return [entry.model_copy(update={"test_case_id": f"T-{number}"}) for number, entry in enumerate(entries, 1)]


def through(name: str, written: list[Procedure]) -> list[Procedure]:
    content = write_procedures(written, name)
    return read_procedures(content, name="file", source_format=name)


def texts(step: Step) -> tuple[str, str | None, str]:
    return step.action, step.test_data, step.expected_result


@pytest.mark.uncovered
@pytest.mark.parametrize(
    "name", [name for name in BOTH_WAYS if name not in ("gherkin", "markdown")]
)  # whose texts are lines
@settings(max_examples=examples(60), deadline=None)
@given(written=st.lists(procedures(), min_size=1, max_size=3).map(numbered))
def test_title_preconditions_and_every_steps_texts_come_back_equal(name: str, written: list[Procedure]) -> None:
    found = through(name, written)
    assert [entry.title for entry in found] == [entry.title for entry in written]
    for before, after in zip(written, found, strict=True):
        assert [texts(step) for step in after.steps] == [texts(step) for step in before.steps]
        if "preconditions" not in FORMATS[name].lost:
            assert after.preconditions == before.preconditions


# Tools with choices of their own for these: what they have in common comes back.
OWN_WORDS = {("type", "qase-csv"), ("priority", "qase-csv"), ("priority", "testlink-xml")}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_what_a_format_claims_to_hold_it_holds(name: str) -> None:
    whole = procedure(("Open it", "x", "It is open"), ("Check it", "It is so"), kinds=["setup", "check"]).model_copy(
        update={
            "section": ("A", "B"), "type": "正常系", "priority": "High", "tags": ("smoke",), "references": ("R-1", "R-2"),
            "expected_results": ("It is so",), "postconditions": ("Close it",), "preconditions": ("Signed in",),
        }
    )  # fmt: skip
    [after] = through(name, [whole])
    for field in (
        "test_case_id",
        "section",
        "type",
        "priority",
        "tags",
        "references",
        "expected_results",
        "postconditions",
    ):
        if field in FORMATS[name].lost or name == "gherkin" or (field, name) in OWN_WORDS:
            continue
        assert getattr(after, field) == getattr(whole, field), field
    if "kind" not in FORMATS[name].lost and name != "gherkin":
        assert [step.kind for step in after.steps] == ["setup", "check"]


@pytest.mark.parametrize("name", [name for name in BOTH_WAYS if name not in ("json", "yaml")])
def test_the_content_tells_which_format_it_is(name: str) -> None:
    content = write_procedures([procedure(("Open it", "It is open"))], name)
    [found] = read_procedures(content, name="file" + FORMATS[name].suffix)
    assert found.steps[0].action == "Open it"
    assert found.provenance.origin == "imported"


FORMULA = procedure(("=cmd|' /C calc'!A0", "It is text"))


def test_a_formula_is_text_for_a_spreadsheet_and_itself_for_a_tool() -> None:
    assert b"'=cmd" in write_procedures([FORMULA], "csv")
    for name in ("testrail-csv", "xray-csv", "qase-csv", "azure-csv"):
        assert b"'=cmd" not in write_procedures([FORMULA], name)


@pytest.mark.parametrize(
    ("name", "marked"),
    [("csv", True), ("azure-csv", True), ("testrail-csv", False), ("qase-csv", False), ("xray-csv", False)],
)
def test_each_reader_gets_the_encoding_that_it_wants(name: str, marked: bool) -> None:
    content = write_procedures([FORMULA], name)
    assert content.startswith(b"\xef\xbb\xbf") is marked


HEADERS: list[tuple[str, str]] = [
    ("testrail-csv", "Title,Section,Template,Type,Priority,References,Preconditions,Steps (Step),Steps (Expected Result),Steps (Additional Info)"),
    ("xray-csv", "Issue ID,Issue Key,Test Type,Test Summary,Test Priority,Action,Data,Result,Test Repo,Precondition,Issue Type,Precondition Type,Description,Labels"),
    ("qase-csv", "v2.id,title,description,preconditions,postconditions,tags,priority,severity,type,behavior,automation,status,is_flaky,layer,"
     "steps_type,steps_actions,steps_result,steps_data,milestone_id,milestone,suite_id,suite_parent_id,suite,suite_without_cases,parameters,is_muted"),
    ("azure-csv", "ID,Work Item Type,Title,Test Step,Step Action,Step Expected,Area Path,Assigned To,State"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "columns"), HEADERS)
def test_columns_are_those_that_the_tool_documents(name: str, columns: str) -> None:
    header = write_procedures([FORMULA], name).decode("utf-8-sig").splitlines()[0]
    assert header.removeprefix("ID," if name == "testrail-csv" else "") == columns


def test_gherkin_speaks_the_procedures_language() -> None:
    ja = procedure(("「保存」を押す", "ito", "「保存しました」と表示される"), language="ja").model_copy(
        update={"preconditions": ("ログイン済み",)}
    )
    assert write_procedures([ja], "gherkin").decode().splitlines() == [
        "# language: ja", "機能: T", "", "  シナリオ: T-1 T", "    前提ログイン済み",
        "    もし「保存」を押す", '      """', "      ito", '      """', "    ならば「保存しました」と表示される",
    ]  # fmt: skip
    assert b"    When Open it\n    Then It is open\n" in write_procedures(
        [procedure(("Open it", "It is open"))], "gherkin"
    )


def test_a_teams_own_columns_come_back_and_run_no_formula() -> None:
    own = {"備考": "要相談", "=1+1": "@x", "空": "a\nb"}
    whole = procedure(("Open it", "It is open"), ("Close it", "It is closed")).model_copy(update={"custom": own})
    assert through("csv", [whole])[0].custom == own
    header = write_procedures([whole], "csv").decode("utf-8-sig").splitlines()[0]
    assert header.endswith("備考,'=1+1,空")


def csv_of(header: str, *rows: str) -> bytes:
    return "\r\n".join((header, *rows)).encode()


TITLE_ROW = "項番,テスト項目,事前条件,手順内容,入力値,期待する結果,備考"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_japanese_sheet_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    content = "\r\n".join(
        (
            TITLE_ROW,
            "1,ログイン,会員登録済み,ID を入力する,tanaka,値が表示される,要相談",
            ",,,「ログイン」を押す,,ホームが表示される,",
        )
    ).encode(encoding)
    [found] = read_procedures(content, name="a.csv")
    assert (found.test_case_id, found.title, found.preconditions) == ("1", "ログイン", ("会員登録済み",))
    assert [texts(step) for step in found.steps] == [
        ("ID を入力する", "tanaka", "値が表示される"),
        ("「ログイン」を押す", None, "ホームが表示される"),
    ]
    assert found.custom == {"備考": "要相談"}, "a column of their own is carried through"


def test_a_csv_without_actions_holds_test_cases() -> None:
    from testgen.interchange import read_cases

    rows = ('T-1,Save,"user: ito\nname = 007","When saved, it is stored.","It is stored\nIt is shown"',)
    [case] = read_cases(csv_of("ID,Title,Test data,Specification,Expected results", *rows), name="a.csv")
    assert case.test_data == {"user": "ito", "name": "007"}
    assert case.expected_results == ("It is stored", "It is shown")


def test_xray_takes_a_thousand_tests_at_once() -> None:
    from testgen.domain.errors import InvalidInputError

    with pytest.raises(InvalidInputError, match="at most 1000 issues per file"):
        write_procedures([FORMULA] * 1001, "xray-csv")

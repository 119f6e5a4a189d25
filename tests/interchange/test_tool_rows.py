"""Exports of tools whose rows are not all alike: nothing that a row says of a step is lost, and each step keeps what is its own."""

import csv
import io

import pytest

from testgen.domain.errors import UnreadableInputError
from testgen.domain.procedure import Procedure
from testgen.interchange import load_procedures

Rows = list[list[str]]


def as_csv(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def steps(procedure: Procedure) -> list[tuple[str, str | None, str]]:
    return [(step.action, step.test_data, step.expected_result) for step in procedure.steps]


def load(content: bytes | Rows, name: str = "a.csv") -> Procedure:
    [found] = load_procedures(content if isinstance(content, bytes) else as_csv(content), name=name).entries
    return found


def suite_of(*rows: tuple[str, str, str]) -> bytes:
    inside = "".join(
        f"<step><step_number>{number}</step_number><actions>{action}</actions><expectedresults>{seen}</expectedresults></step>"
        for number, action, seen in rows
    )
    return f'<testcase name="T"><externalid>5</externalid><steps>{inside}</steps></testcase>'.encode()


RESULT_ONLY: list[tuple[str, bytes | Rows]] = [
    ("testrail.csv", [
        ["ID", "Title", "Section Hierarchy", "Steps (Step)", "Steps (Expected Result)"],
        ["C1", "T", "A", "open", "x"], ["", "", "", "", "only result"], ["", "", "", "close", "y"],
    ]),
    ("testrail.xml", b"<suite><sections><section><cases><case><id>C1</id><title>T</title><custom><steps_separated>"
        b"<step><content>open</content><expected>x</expected></step><step><expected>only result</expected></step>"
        b"<step><content>close</content><expected>y</expected></step></steps_separated></custom></case></cases></section></sections></suite>"),
    ("xray.csv", [
        ["Issue ID", "Test Summary", "Action", "Data", "Result"],
        ["1", "T", "open", "", "x"], ["1", "", "", "", "only result"], ["1", "", "close", "", "y"],
    ]),
    ("qase.csv", [
        ["v2.id", "title", "steps_actions", "steps_result"],
        ["1", "T", '1. "open"\n2. ""\n3. "close"', '1. "x"\n2. "only result"\n3. "y"'],
    ]),
    ("qase-without-it.csv", [
        ["v2.id", "title", "steps_actions", "steps_result"],
        ["1", "T", '1. "open"\n3. "close"', '1. "x"\n2. "only result"\n3. "y"'],
    ]),
    ("azure.csv", [
        ["ID", "Work Item Type", "Title", "Test Step", "Step Action", "Step Expected"],
        ["1", "Test Case", "T", "", "", ""], ["", "", "", "1", "open", "x"], ["", "", "", "2", "", "only result"],
        ["", "", "", "3", "close", "y"],
    ]),
    ("zephyr.csv", [
        ["Key", "Name", "Test Script (Step-by-Step) - Step", "Test Script (Step-by-Step) - Expected Result"],
        ["K1", "T", "open", "x"], ["", "", "", "only result"], ["", "", "close", "y"],
    ]),
    ("qtest.csv", [
        ["Name", "Id", "Test Step Description", "Test Step Expected Result"],
        ["T", "TC-1", "open", "x"], ["", "", "", "only result"], ["", "", "close", "y"],
    ]),
    ("alm.csv", [
        ["Subject", "Test Name", "Step Name", "Step Description", "Expected Result"],
        ["S", "T", "Step 1", "open", "x"], ["", "", "Step 2", "", "only result"], ["", "", "Step 3", "close", "y"],
    ]),
    ("practitest.csv", [
        ["ID", "Name", "Step Name", "Step Description", "Step Expected Results"],
        ["7", "T", "", "open", "x"], ["", "", "", "", "only result"], ["", "", "", "close", "y"],
    ]),
    ("testlink.xml", suite_of(("1", "open", "x"), ("2", "", "only result"), ("3", "close", "y"))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), RESULT_ONLY, ids=[name for name, _ in RESULT_ONLY])
def test_a_result_without_an_action_joins_the_step_above(name: str, content: bytes | Rows) -> None:
    assert steps(load(content, name)) == [("open", None, "x\nonly result"), ("close", None, "y")]


def test_data_without_an_action_join_the_step_above_and_a_dash_is_none() -> None:
    head = ["Issue ID", "Test Summary", "Action", "Data", "Result"]
    rows = [head, ["1", "T", "open", "a", ""], ["1", "", "", "b", "-"]]
    assert steps(load(rows)) == [("open", "a\nb", "")]


def test_a_result_before_the_first_action_is_told() -> None:
    rows = [["Issue ID", "Test Summary", "Action", "Result"], ["1", "T", "", "seen first"], ["1", "", "open", ""]]
    with pytest.raises(UnreadableInputError, match="has no action before 'seen first'"):
        load(rows)


AZURE = ["ID", "Work Item Type", "Title", "Test Step", "Step Action", "Step Expected", "State"]


@pytest.mark.parametrize("number", ["", "99"])
def test_shared_steps_of_azure_are_read_into_the_case_that_calls_them(number: str) -> None:
    rows = [
        AZURE, ["1", "Test Case", "T", "", "", "", "Design"], ["", "", "", "1", "Open", "opened"],
        [number, "Shared Steps", "Log in", "2"], ["", "", "", "2.1", "Enter anna"], ["", "", "", "3", "Click x", "x"],
    ]  # fmt: skip
    assert steps(load(rows)) == [("Open", None, "opened"), ("Enter anna", None, ""), ("Click x", None, "x")]


def test_shared_steps_whose_own_steps_are_not_listed_are_a_step_by_name() -> None:
    rows = [
        AZURE,
        ["1", "Test Case", "T"],
        ["", "Shared Steps", "Log in", "1"],
        ["", "", "", "2", "Open Rooms", "Rooms"],
    ]
    assert steps(load(rows)) == [("Log in", None, ""), ("Open Rooms", None, "Rooms")]


def test_what_azure_exports_is_html_and_what_is_made_for_its_import_is_not() -> None:
    exported = [AZURE, ["1", "Test Case", "T"], ["", "", "", "1", "Open <B>Rooms</B> &amp; wait", "a &lt; b"]]
    assert steps(load(exported)) == [("Open Rooms & wait", None, "a < b")]
    own = [AZURE, ["", "Test Case", "T"], ["", "", "", "1", "Enter <b>x</b> &amp; wait", ""]]
    assert steps(load(own)) == [("Enter <b>x</b> &amp; wait", None, "")]


@pytest.mark.parametrize("number", ["Issue ID", "TCID"])
@pytest.mark.parametrize("title", ["Summary", "Test Summary"])
@pytest.mark.parametrize("seen", ["Result", "Expected Result"])
def test_xrays_columns_are_known_in_the_spellings_of_its_guides(number: str, title: str, seen: str) -> None:
    rows = [
        [number, "Issue key", "Test Type", title, "Labels", "Labels", "Pre-Condition", "Action", "Data", seen],
        ["1", "CALC-1", "Manual", "Add", "smoke", "calc", "It is open", "Type 1", "1", "1 is shown"],
        ["1", "", "", "", "", "", "", "Press =", "", "3 is shown"],
    ]
    found = load(rows)
    assert steps(found) == [("Type 1", "1", "1 is shown"), ("Press =", None, "3 is shown")]
    assert (found.test_case_id, found.title, found.tags) == ("CALC-1", "Add", ("smoke", "calc"))
    assert found.preconditions == ("It is open",)


PRACTITEST = [
    ["ID", "Name", "Preconditions", "Step Name", "Step Description", "Step Expected Result"],
    ["ID", "Name", "Preconditions", "Step Name", "Step Description", "Step Expected Results"],
    ["ID", "Name", "Preconditions", "Step name", "Step description", "Expected results"],
    ["Id", "Title", "Preconditions", "Step Name", "Step Description", "Expected Results"],
]


@pytest.mark.parametrize("head", PRACTITEST, ids=lambda head: f"{head[1]} {head[5]}")
def test_practitests_steps_may_have_a_name_only(head: list[str]) -> None:
    found = load(
        [head, ["7", "T", "<p>Signed in</p>", "Open", "<p>Click</p>", "opens"], ["", "", "", "Save", "", "shown"]]
    )
    assert steps(found) == [("Click", None, "opens"), ("Save", None, "shown")]
    assert (found.test_case_id, found.title, found.preconditions) == ("7", "T", ("Signed in",))


def test_alm_reports_call_two_columns_description() -> None:
    head = ["Test ID", "Test Name", "Subject", "Description", "Step Name", "Description", "Expected Result"]
    rows = [
        head, ["1", "T", "Subject\\Billing", "<html><body>About it</body></html>", "Step 1", "Open <<<n>>>", "shown"],
        ["1", "T", "", "", "Check the total", "", "10"],
    ]  # fmt: skip
    found = load(rows)
    assert steps(found) == [("Open <<<n>>>", None, "shown"), ("Check the total", None, "10")]
    assert (found.section, found.custom) == (("Billing",), {"Objective": "About it"})


def test_a_step_of_alm_is_no_description_of_the_test() -> None:
    head = ["Test ID", "Test Name", "Description", "Step Name", "Description", "Expected Result"]
    assert load([head, ["1", "T", "", "Step 1", "Open", ""]]).custom == {}
    assert steps(
        load([["Test Name", "Step Name", "Description", "Expected Result"], ["T", "Step 1", "Open", "x"]])
    ) == [("Open", None, "x")]


def test_steps_stand_in_the_order_of_their_numbers() -> None:
    found = load(suite_of(("10", "third", ""), ("2", "second", "r2"), ("1", "first", "")), "a.xml")
    assert [step.action for step in found.steps] == ["first", "second", "third"]


def test_a_case_of_qase_may_leave_out_the_parent_of_its_suite() -> None:
    rows = [
        ["v2.id", "title", "steps_actions", "suite_id", "suite_parent_id", "suite", "suite_without_cases"],
        ["", "", "", "1", "", "Shop", "1"], ["", "", "", "2", "1", "Cart", "1"], ["5", "T", '1. "open"', "2", "", "Cart", ""],
    ]  # fmt: skip
    assert load(rows).section == ("Shop", "Cart")


def test_readers_of_xml_say_what_they_leave_behind() -> None:
    content = (
        b'<testsuite name="A"><details>All</details><testcase name="T"><externalid>5</externalid><summary>About it</summary>'
        b"<estimated_exec_duration>5.00</estimated_exec_duration><steps><step><actions>open</actions></step></steps>"
        b"<custom_fields><custom_field><name>Browser</name><value>Firefox</value></custom_field></custom_fields></testcase></testsuite>"
    )
    found = load_procedures(content, name="a.xml")
    assert found.left == ("details", "estimated_exec_duration")
    assert found.entries[0].custom == {"Objective": "About it", "Browser": "Firefox"}


def test_cells_of_a_table_in_html_stay_apart() -> None:
    cells = "&lt;table&gt;&lt;tr&gt;&lt;td&gt;a&lt;/td&gt;&lt;td&gt;b&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;"
    assert steps(load(suite_of(("1", "open", cells)), "a.xml")) == [("open", None, "a | b")]


def test_jira_server_exports_the_steps_of_xray_as_json() -> None:
    script = '[{"id": 1, "index": 1, "fields": {"Action": "Open", "Data": "", "Expected Result": "shown"}}, '
    script += '{"id": 2, "index": 2, "fields": {"Action": "Set", "Data": "lang=ja", "Expected Result": ""}}]'
    head = ["Summary", "Issue key", "Issue id", "Labels", "Labels", "Custom field (Manual Test Steps)"]
    found = load([head, ["Change language", "WEB-31", "2001", "i18n", "smoke", script]])
    assert steps(found) == [("Open", None, "shown"), ("Set", "lang=ja", "")]
    assert (found.test_case_id, found.tags) == ("WEB-31", ("i18n", "smoke"))
    for damaged in (script[:-1], '["x"]', "3", "{}", '[{"fields": 1}]'):
        with pytest.raises(UnreadableInputError, match="no JSON|not Xray's JSON|has no step"):
            load([head, ["Change language", "WEB-31", "2001", "", "", damaged]])


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_rows_of_text_are_read_under_the_name_of_a_workbook(encoding: str) -> None:
    """Many systems save tabs under `.xls`, because Excel opens them."""
    rows = "項番\tテスト項目\t手順\t期待結果\nT-1\t保存\t「保存」を押す\t「保存しました」と表示される\n"
    found = load_procedures(rows.encode(encoding), name="export.xls").entries
    assert [(one.test_case_id, one.steps[0].action) for one in found] == [("T-1", "「保存」を押す")]


@pytest.mark.parametrize(
    "written", [r'"Scan \"Dune\" twice"', '"Scan ""Dune"" twice"', '"Scan "Dune" twice"', '"Scan "Dune" twice']
)
def test_a_quote_within_a_step_of_qase_ends_no_step(written: str) -> None:
    rows = [["v2.id", "title", "steps_actions"], ["5", "T", f'1. "Open \\ it"\n2. {written}\n3. "a\nb"']]
    assert [action for action, *_ in steps(load(rows))] == ["Open \\ it", 'Scan "Dune" twice', "a\nb"]


def test_a_description_of_qase_is_the_objective_but_for_what_testgen_wrote() -> None:
    rows = [["v2.id", "title", "description", "steps_actions"], ["5", "T", "Fines block loans", '1. "open"']]
    assert load(rows).custom == {"Objective": "Fines block loans"}

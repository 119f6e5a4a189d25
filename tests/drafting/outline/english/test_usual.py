"""What is done with a thing that a result names by the value of a datum: as the case itself does it."""

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english import English
from testgen.drafting.outline.reading.case import read

ENGLISH = English()


def done(*results: str, title: str = "t", spec: str = "", given: tuple[str, ...] = (), **data: str) -> list[str]:
    names = {name.replace("_", " "): value for name, value in data.items()}
    case = TestCase.parse(
        {
            "id": "x",
            "title": title,
            "specification": spec,
            "preconditions": list(given),
            "test_data": names,
            "expected_results": list(results),
        }
    )
    script = ENGLISH.script(case, read(case, ENGLISH))
    return [line.do for text in results for line in script.lines(text) if line.do]


def test_as_the_specification_does_it_with_a_thing_of_the_name() -> None:
    spec = "When the passenger taps an exit-row seat\nThen a message is shown"
    assert done("14A shows the message and stays unselected", spec=spec, Exit_row="14A") == ["tap 14A"]


def test_as_a_result_has_it_of_a_thing_of_the_same_kind() -> None:
    results = ("Penguin Post plays with no prompt", "Harbour Lights: PIN prompt appears")
    films = {"Title_rated_PG": "Penguin Post", "Title_rated_15": "Harbour Lights"}
    assert done(*results, **films) == ["play Penguin Post", "play Harbour Lights"]


def test_a_code_is_entered_even_where_only_a_precondition_tells_it() -> None:
    results = ("4821 starts playback", "0000 three times gives the lock message")
    assert done(*results, given=("Account PIN set to 4821",), Wrong_PIN="0000") == [
        "enter Account PIN: 4821",
        "enter 0000 three times",
    ]


def test_a_file_is_handled_as_the_title_says() -> None:
    title = "Upload profile photo - accepted types"
    assert done('big.png -> "File must be 5 MB or smaller"', title=title, **{"big.png": "5.1 MB"}) == ["upload big.png"]


def test_a_status_is_returned_by_the_mock_that_can_be_told_which() -> None:
    given = ("Mock receiver can be told which status to return",)
    assert done("500 then 200: two attempts", given=given, event="invoice.paid") == [
        "let the mock receiver return 500 then 200, then trigger invoice.paid"
    ]

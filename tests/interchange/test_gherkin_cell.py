"""A scenario in one cell of a sheet."""

from testgen.interchange.gherkin_cell import is_gherkin, scenario_of


def test_lines_may_be_indented_and_stand_apart() -> None:
    cell = "\n\n  Given a user\n\n\t When I pay\n \r\n\n    Then it is paid\n\n"
    assert is_gherkin(cell)
    assert scenario_of(cell) == (["a user"], [("I pay", "", "it is paid")])


def test_lines_may_be_numbered_with_empty_lines_between() -> None:
    assert scenario_of("\n\n1. Given a user\n\n\n 2) When I pay\n\n3. Then it is paid") == (
        ["a user"],
        [("I pay", "", "it is paid")],
    )


def test_a_word_within_a_line_begins_none() -> None:
    assert not is_gherkin("\n\nDo it When I pay\n\nso Then it is paid")

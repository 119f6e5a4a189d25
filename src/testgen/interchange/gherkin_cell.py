"""Gherkin in one cell of a sheet or a tool's CSV: a scenario without its file around it."""

import re

from testgen.domain.language import detect_language
from testgen.interchange import gherkin
from testgen.interchange.found import UnusableError
from testgen.interchange.words import all_words
from testgen.messages import say

# Blanks before a word are those of its line: with the lines above, the cost of many empty lines is their square.
_INDENT = r"^[^\S\n]*"
_NUMBERS = re.compile(rf"{_INDENT}\d+[.)]\s+", re.MULTILINE)  # Qase numbers the lines
# What a cell may lack of a whole file: nothing, the feature, the scenario as well.
_AROUND = ("", "Feature: -\n", "Feature: -\nScenario: -\n")
_AROUND_JA = ("# language: ja\n", "# language: ja\n機能: -\n", "# language: ja\n機能: -\nシナリオ: -\n")
Scenario = tuple[list[str], list[tuple[str, str, str]]]  # preconditions, and (action, test data, expected result)


def is_gherkin(cell: str) -> bool:
    """Whether a cell holds a scenario: a line begins with When and one with Then, each in one language."""
    return any(
        re.search(rf"{_INDENT}{re.escape(words.gherkin[3])}", cell, re.MULTILINE)
        and re.search(rf"{_INDENT}{re.escape(words.gherkin[4])}", cell, re.MULTILINE)
        for words in all_words()
    )


def scenario_of(cell: str) -> Scenario:
    """The preconditions and steps of a cell.

    Raises:
        UnusableError: no Gherkin, no When before its first Then, or several scenarios or rows of examples.
    """
    text = _NUMBERS.sub("", cell)
    for around in _AROUND_JA if detect_language(text) == "ja" else _AROUND:
        try:
            scenarios = gherkin.pickles(around + text)
        except ValueError:
            continue
        if len(scenarios) > 1:
            raise UnusableError(say("is Gherkin with several scenarios or examples: export it as a .feature file"))
        if scenarios:
            return gherkin.steps_of(scenarios[0]["steps"])
    raise UnusableError(
        say("is a Gherkin case without steps, or with steps that cannot be read: export it as a .feature file")
    )

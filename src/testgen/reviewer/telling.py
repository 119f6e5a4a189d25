"""Is the action of a step an expected result in disguise?"""

from testgen.reviewer.grammar import TELLINGS
from testgen.reviewer.likeness import covered
from testgen.reviewer.subject import Field, Subject
from testgen.text.actors import without_actor
from testgen.text.marks import OPEN_POINT
from testgen.text.normal import normalise

# An action is a wanted result where each of the two says so much of what the other does.
SAME = 0.8


def is_a_result(action: Field, expected: Field, subject: Subject) -> bool:
    """Whether an action says what is to be seen and not what to do: in the words of an expected result, or of its own one."""
    language = subject.language
    telling = TELLINGS[language]
    if OPEN_POINT.search(action.text):
        return False
    if telling.says_the_act_again(action.text, expected.text):
        return True
    if not telling.tells(action.masked):
        return False
    text = without_actor(action.text)
    same = normalise(text).strip(" .。") == normalise(expected.text).strip(" .。")
    # At the beginning it may be what must hold: `misplaced-precondition` has that.
    if same and (
        action.step.verifies or any(reading.actions for reading in subject.readings[: action.step.number - 1])
    ):
        return True
    return any(_same(wanted, text, subject) for wanted in subject.wanted_results)


def _same(wanted: str, text: str, subject: Subject) -> bool:
    return min(covered(wanted, text, subject.language), covered(text, wanted, subject.language)) >= SAME

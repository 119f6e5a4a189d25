"""Is the action of a step an expected result in disguise?"""

from functools import lru_cache

from testgen.domain.language import Language
from testgen.reviewer.grammar import TELLINGS
from testgen.reviewer.likeness import covered
from testgen.reviewer.subject import Field, Subject
from testgen.text.actors import without_actor
from testgen.text.marks import OPEN_POINT, mask
from testgen.text.normal import normalise

# An action is a wanted result where each of the two says so much of what the other does.
SAME = 0.8


def is_a_result(action: Field, expected: Field, subject: Subject) -> bool:
    """Whether an action says what is to be seen and not what to do: in the words of an expected result, or of its own one."""
    # At the beginning it may be what must hold: `misplaced-precondition` has that.
    begun = any(reading.actions for reading in subject.readings[: action.step.number - 1])
    again = bool(begun or action.step.verifies) and _plain(without_actor(action.text)) == _plain(expected.text)
    wanted = tuple(subject.wanted_results)
    return _is_a_result(action.text, expected.text, wanted, subject.language, again=again)


# Several rules ask it of each step, and a repair is weighed by many reviews that differ in one step.
@lru_cache(maxsize=1024)
def _is_a_result(action: str, expected: str, wanted: tuple[str, ...], language: Language, *, again: bool) -> bool:
    telling = TELLINGS[language]
    if OPEN_POINT.search(action):
        return False
    if telling.says_the_act_again(action, expected):
        return True
    if not telling.tells(mask(action)):
        return False
    text = without_actor(action)
    return again or any(min(covered(one, text, language), covered(text, one, language)) >= SAME for one in wanted)


def _plain(text: str) -> str:
    return normalise(text).strip(" .。")

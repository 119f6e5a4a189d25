"""What the event loop does itself takes time in proportion to its input: the prompt, its estimate, the model's rows, a row's language."""

import time
from collections.abc import Callable

import pytest

from testgen.domain.background import Background
from testgen.domain.glossary import Glossary
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_tokens
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import RowReader
from testgen.text.language import is_written_in
from testgen.text.marks import mask
from testgen.text.sentences import split_sentences

PIECES = ["a", " ", "あ", "click ", '"', "「", "[", "a.", "a,", "!?", "1", "<", "\n", "“a", "http://a", "[A", "👍"]
SHORT = 5_000  # characters; the harmful texts are four times as long


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, at the best of three tries."""
    tries = []
    for _ in range(3):
        started = time.process_time()
        work()
        tries.append(time.process_time() - started)
    return min(tries)


def prompt(text: str) -> object:
    return draft_messages(TestCase(id="T", title="T", specification=text, expected_results=("x",)), "en")


def rows(text: str) -> None:
    reader = RowReader()
    for letter in f'[["{text}'.replace("\n", " "):
        list(reader.feed(letter))


WORK: dict[str, Callable[[str], object]] = {
    "the prompt": prompt,
    "the estimate": estimate_tokens,
    "the rows": rows,
    "the language": lambda text: is_written_in(text, "ja"),
    "the marks": mask,
    "the sentences": split_sentences,
}


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_about_four_times_as_long(name: str, piece: str) -> None:
    short, long = (seconds(lambda size=size: WORK[name]((piece * size)[:size])) for size in (SHORT, 4 * SHORT))  # type: ignore[misc]
    assert long < 8 * short + 0.05, f"{short:.4f} s, then {long:.4f} s"


def test_four_times_the_glossary_takes_about_four_times_as_long() -> None:
    case = TestCase(id="T", title="T", expected_results=("x",))

    def work(count: int) -> Callable[[], object]:
        words = [{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(10)]} for n in range(count)]
        return lambda: draft_messages(case, "en", background=Background.of(Glossary.parse(words)))

    short, long = seconds(work(100)), seconds(work(400))
    assert long < 8 * short + 0.05


def test_the_prompt_of_the_largest_case_is_estimated_at_once() -> None:
    """It is made on the event loop, where the health checks wait for it."""
    full = ["あ" * 2_000] * 50
    data = {f"{number}": "あ" * 2_000 for number in range(50)}
    case = TestCase(
        id="T", title="T", specification="あ" * 20_000, expected_results=full, preconditions=full, test_data=data
    )
    messages = draft_messages(case, "ja")
    taken = seconds(lambda: [estimate_tokens(message.content) for message in messages])
    assert taken < 1, "a generous bound; typically a tenth of it"
    print(taken)

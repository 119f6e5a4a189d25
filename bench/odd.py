"""Texts that nobody writes, as long as a field may be: how long the slowest takes, and how that grows when the text doubles.

python -m bench.odd [--quick]
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.odd_texts import (
    GLOSSARY,
    LONGEST,
    MARKS,
    PIECES,
    WORDS,
    largest,
    largest_review,
    listed,
    run,
    sheets,
    told,
)
from support.procedures import procedure
from support.workbooks import workbook

from bench import growth
from bench.report import Section, alone
from bench.review.run import forget
from testgen.domain.background import Background
from testgen.domain.errors import InvalidInputError
from testgen.domain.glossary import Glossary
from testgen.domain.language import LANGUAGES, Language
from testgen.drafting.budget import estimate_tokens
from testgen.drafting.outline import outline
from testgen.drafting.prompt import draft_messages
from testgen.drafting.wire import RowReader
from testgen.interchange import write_procedures
from testgen.interchange.reading import Source, load_entries
from testgen.interchange.registry import FORMATS, READABLE, WRITABLE
from testgen.repair import REVIEW
from testgen.reviewer import review, subject
from testgen.text.language import is_written_in
from testgen.text.marks import mask
from testgen.text.sentences import split_sentences

TITLE = "e. Odd texts: the slowest case"
BOUND_S = 2.0
AGAIN = 4  # times that what seems too slow is measured again
NOTICED_S = 0.05  # of the longer text; how what takes less grows cannot be told from noise
REVIEWED = subject.LONGEST
IN_FILES = (" ", "1", "「", '"', "<", "|", "a_", ". ", "# ", "\n", "\n|", "\n#", "\n-\n", "x.\n\n")
MARK, PLACES = "PLACE", 3  # in a written file: where the text goes, and how often; a part of it to each

Work = Callable[[int], object]  # done with a text of that size


@dataclass(frozen=True)
class Found:
    """One text: seconds of the longer one, and the exponent; 0 where it was too fast to tell."""

    what: str
    seconds: float
    exponent: float = 0.0


def outlines(language: Language) -> Iterator[tuple[str, Work]]:
    """A specification of each piece, words in their own language only, and fifty entries of some."""
    for piece in (*MARKS, *WORDS[language]):
        yield repr(piece), lambda size, piece=piece: outline(told(run(piece, size)), language)  # type: ignore[misc]
    for field in ("expected_results", "test_data"):
        for piece in (" ", "a, ", "1", "「"):
            yield (
                f"50 × {piece!r} as {field}",
                lambda size, field=field, piece=piece: outline(listed(field, run(piece, size // 10)), language),  # type: ignore[misc]
            )


def reviews(language: Language) -> Iterator[tuple[str, Work]]:
    """A step of each piece, in all of its fields."""

    def work(size: int, piece: str) -> None:
        text = run(piece, size)
        review(procedure((text, text, text), language=language), background=Background.of(GLOSSARY))

    for piece in (*MARKS, *WORDS[language]):
        yield repr(piece), partial(work, piece=piece)


def files() -> Iterator[tuple[str, Work]]:
    """A file of each format with some pieces in the fields of a step, and the files that made a reader slow once."""
    made = procedure((f"Open {MARK}", MARK, f"{MARK} is shown"))
    for name in READABLE:
        content = write_procedures([made], name) if name in WRITABLE and name != "xlsx" else b""
        for piece in IN_FILES if content or name == "xlsx" else ():
            yield f"{name}: {piece!r}", partial(_read, name=name, content=content, piece=piece)
    for number, (what, name, _) in enumerate(sheets(10)):
        yield what, lambda size, number=number, name=name: _tried(list(sheets(size))[number][2], f"x{name}", None)  # type: ignore[misc]


def _read(size: int, name: str, content: bytes, piece: str) -> None:
    text = run(piece, size // PLACES)
    if name == "xlsx":
        content = workbook({"S": [["ID", "Title", "Action", "Expected result"], ["T-1", "x", text, text]]})
    _tried(content.replace(MARK.encode(), text.encode()), f"x{FORMATS[name].suffix}", name)


def _tried(content: bytes, name: str, source: str | None) -> None:
    """Read, or refused."""
    with suppress(InvalidInputError):
        load_entries(content, name=name, source=Source(source))


def on_the_loop() -> Iterator[tuple[str, Work]]:
    """What the service does on its event loop, where health checks wait for it: the prompt, its estimate, the model's rows."""
    works: dict[str, Callable[[str], object]] = {
        "the prompt": lambda text: draft_messages(told(text), "en"),
        "the estimate": estimate_tokens,
        "the rows": lambda text: [list(reader.feed(letter)) for reader in (RowReader(),) for letter in f'[["{text}'],
        "the language": lambda text: is_written_in(text, "ja"),
        "the marks": mask,
        "the sentences": split_sentences,
    }
    for name, work in works.items():
        for piece in PIECES:
            yield f"{name}: {piece!r}", lambda size, work=work, piece=piece: work(run(piece, size))  # type: ignore[misc]
    yield (
        "a glossary of 400 terms",
        lambda size: draft_messages(told("x"), "en", background=Background.of(_words(size // 50))),
    )
    yield "the estimate of 50 results", _estimate


def _words(count: int) -> Glossary:
    return Glossary.parse([{"term": f"t{n}", "instead_of": [f"w{n}x{m}" for m in range(10)]} for n in range(count)])


def _estimate(size: int) -> int:
    messages = draft_messages(listed("expected_results", "あ" * (size // 10)), "ja")
    return sum(estimate_tokens(message.content) for message in messages)


def seconds(work: Callable[[], object], *, collecting: bool = True) -> float:
    """Of the processor, for texts that are new to it. What the program holds already is kept from the garbage collector, which
    would else look through all of it at some point of any text."""
    gc.collect()
    gc.freeze()
    if not collecting:
        gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def best(work: Callable[[], object]) -> float:
    """The seconds of some work; where it takes longer than the bound, the least of a few times."""
    took = seconds(work)
    for _ in range(AGAIN):
        if took <= BOUND_S:
            break
        forget()
        took = min(took, seconds(work))
    return took


def measured(what: str, work: Work, longest: int) -> Found:
    """All of the text, and half of it where that says something. What is too slow, or seems to grow too fast, is measured again, and the
    best counts: a shared machine only adds time. Growth is then measured without the garbage collector, whose share of the time jumps
    with each of its full runs."""
    sizes, took = (longest // 2, longest), best(partial(work, longest))
    if took < NOTICED_S:
        return Found(what, took)
    power = growth.exponent(sizes, [seconds(partial(work, sizes[0])), took])
    for _ in range(AGAIN):
        if power <= growth.n_log_n(sizes) + growth.TOLERANCE:
            break
        forget()
        power = min(power, growth.exponent(sizes, [seconds(partial(work, size), collecting=False) for size in sizes]))
    return Found(what, took, power)


def largest_cases() -> list[Found]:
    """They have no half."""
    works = {language: partial(outline, largest(language), language) for language in LANGUAGES}
    return [Found(what, best(work)) for what, work in works.items()]


def measure(section: Section) -> None:
    """Kind by kind."""
    kinds: dict[str, tuple[Iterator[tuple[str, Work]], int]] = {}
    for language in LANGUAGES:
        outline(told("x"), language)  # loads what it needs
        kinds[f"outline, {language}"] = outlines(language), LONGEST
    kinds |= {"files": (files(), LONGEST), "on the event loop": (on_the_loop(), LONGEST)}
    found = {"the largest case": largest_cases()}
    kinds |= {f"review, {language}": (reviews(language), REVIEWED) for language in LANGUAGES}
    for kind, (works, longest) in kinds.items():
        size = longest // 10 if section.quick else longest
        found[kind] = [measured(what, work, size) for what, work in works]
    section.say(
        f"Pieces such as blanks, brackets and quotes over and over: {LONGEST:,} characters, the most of a specification, and as many in "
        f"the fields of a step of a file; fifty results and fifty data of 2,000; {REVIEWED:,} in each field of a step. Seconds of CPU "
        "time, at the first reading; what seems too slow is measured twice, and the best counts. The exponent is that of a text twice as "
        f"long, where the longer takes at least {1000 * NOTICED_S:.0f} ms; where it seems too high, it is measured again without "
        "Python's garbage collector."
    )
    section.table(
        ("What", "Texts", "Slowest", "Seconds", "Grows fastest", "Exponent"), [_row(*each) for each in found.items()]
    )
    every = [one for many in found.values() for one in many]
    section.goal("slowest case of odd texts", max(one.seconds for one in every), BOUND_S, unit=" s")
    steps, case, glossary = largest_review()
    took = seconds(partial(review, steps, case, background=Background.of(glossary)))
    section.goal("the largest procedure is reviewed before its deadline", took, REVIEW.seconds, unit=" s")
    bound = round(growth.n_log_n((LONGEST // 2, LONGEST)) + growth.TOLERANCE, 2)
    section.goal("exponent of odd texts, n log n and what fits vary by", max(one.exponent for one in every), bound)


def _row(kind: str, found: list[Found]) -> list[str]:
    slowest, fastest = max(found, key=lambda one: one.seconds), max(found, key=lambda one: one.exponent)
    grows = [_cell(fastest.what), f"{fastest.exponent:.2f}"] if fastest.exponent else ["–", "–"]
    return [kind, f"{len(found):,}", _cell(slowest.what), f"{slowest.seconds:.2f}", *grows]


def _cell(text: str) -> str:
    """A piece may be what divides a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    alone(TITLE, measure)

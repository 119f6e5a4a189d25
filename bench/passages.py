"""Are the passages that a case needs found, and are they in the prompt? Measured on thirty cases of three made-up products, with the
labels of somebody who had not seen the code (`bench/know/README.md`)."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from testgen.documents import read_document
from testgen.domain.background import Passage
from testgen.domain.test_case import TestCase
from testgen.drafting.budget import estimate_tokens
from testgen.drafting.passages import excerpt, fitting, ranked
from testgen.drafting.untrusted import as_data

CASES = Path(__file__).parent / "know"
FIRST = 5
ROOM = 16_384 - 2 * 4_096 - 2_500  # tokens: the context as it is configured, two answers, the rest of the prompt


@dataclass(frozen=True)
class Measured:
    """One case: what it needs, what of that is among the first passages, what is in the prompt, and how many tokens the passages there
    take."""

    case: str
    needed: tuple[str, ...]
    first: tuple[bool, ...]
    prompt: tuple[bool, ...]
    tokens: int


def passages_of(product: Path) -> tuple[Passage, ...]:
    """All passages of a product's documents, in the order of their names."""
    files = sorted(path for path in product.rglob("*") if path.suffix in (".docx", ".xlsx", ".pdf", ".html"))
    documents = (read_document(path.read_bytes(), str(path.relative_to(product))) for path in files)
    return tuple(passage for document in documents for passage in document.parts())


def measure(folder: Path = CASES) -> Iterator[Measured]:
    """Each case against its labels."""
    labels = {entry["id"]: entry["needed"] for entry in _lines(folder / "labels.jsonl")}
    passages: dict[str, tuple[Passage, ...]] = {}
    for entry in _lines(folder / "cases.jsonl"):
        product = entry.pop("product")
        if product not in passages:
            passages[product] = passages_of(folder / product)
        case = TestCase.parse(entry)
        best = ranked(case, passages[product])
        sent = fitting(best, ROOM)
        needed = labels[case.id]
        yield Measured(
            case.id,
            tuple(label["quote"] for label in needed),
            tuple(_has(best[:FIRST], label) for label in needed),
            tuple(_has(sent, label) for label in needed),
            estimate_tokens(as_data([excerpt(passage) for passage in sent])),
        )


def _has(passages: tuple[Passage, ...], label: dict[str, str]) -> bool:
    return any(
        label["document"] == passage.document and _bare(label["quote"]) in _bare(passage.text) for passage in passages
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s|\\]", "", text)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def main() -> None:
    """Prints the figures."""
    found = list(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else CASES))
    for one in found:
        print(
            one.case,
            "".join("x" if hit else "." for hit in one.first),
            "".join("x" if hit else "." for hit in one.prompt),
        )
    quotes = sum(len(one.needed) for one in found)
    whole, some = sum(all(one.prompt) for one in found), sum(any(one.prompt) for one in found)
    print(f"recall at {FIRST}: {sum(sum(one.first) for one in found)} of {quotes}")
    print(f"in the prompt: {sum(sum(one.prompt) for one in found)} of {quotes}")
    print(f"of {len(found)} cases {some} have one there, {whole} all")
    print(f"tokens of the passages in a prompt: {sum(one.tokens for one in found) // len(found):,} on average")


if __name__ == "__main__":
    main()

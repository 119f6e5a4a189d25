"""Texts as nobody writes them: pieces that make a pattern of quadratic cost slow when they stand there over and over. Tests read them
for what becomes of them, and `bench.odd` for how long it takes."""

from collections.abc import Iterator

from support.procedures import procedure
from support.tools import with_tools
from testgen.domain.glossary import Glossary
from testgen.domain.language import Language
from testgen.domain.procedure import Procedure
from testgen.domain.test_case import MAX_ENTRIES, MAX_ENTRY, TestCase
from testgen.reviewer import subject

MARKS = (
    "a", " ", "\u3000", "\n", "1", "あ", "👍", "・", "→", "|", "(", ")", "[", "「", "'", '"', '"a', "“a", "`", "'''a", "<", ".", "!?",
    ". ", "> ", "a ", "a b ", "a_", "a-", "a@", "a.", "a,", "a, ", "1,", "1 s", "[A", "[FILL IN ", "【要記入", "http://a", "a://b)",
    "www.a.", "//a.", "\\\\a\\", "1.1.1.1/", "file:", "\n-\n", "\n|", "\n#", "x.\n\n",
)  # fmt: skip
WORDS: dict[Language, tuple[str, ...]] = {
    "en": (
    "click a ", "check ", "enter your w ", "wait for ", "ensure is ", "and ", "and then ", "then the ", "when ", "if ", "to a ",
    "at a, ", "you have ",
    ),
    "ja": (
    "と", "を押すと", "を押し、", "押す。", "手順1", "しないでも", "不正値", "長い文字列",
    ),
}  # fmt: skip
PIECES = (*MARKS, *WORDS["en"], *WORDS["ja"])
TRIED = PIECES if with_tools() else PIECES[::5]  # by the tests
LONGEST = 20_000  # characters of a specification
GLOSSARY = Glossary.parse(
    {"terms": [{"term": "押す", "instead_of": ["押", "click"]}], "style": {"ending": "する", "brackets": "「」"}}
)


def run(piece: str, size: int = LONGEST) -> str:
    """The piece over and over, between two letters, because blanks at the ends are no part of a field."""
    return f"x{(piece * size)[: size - 2]}y"


def told(text: str) -> TestCase:
    """A case whose specification this is."""
    return TestCase(id="T", title="T", specification=text, expected_results=("x is shown",))


def listed(field: str, text: str, count: int = MAX_ENTRIES) -> TestCase:
    """A case with so many entries in the field, none of them like another."""
    entries = [f"{number}{text}"[:MAX_ENTRY] for number in range(count)]
    case = {"id": "T", "title": "T", "expected_results": ["x is shown"]}
    return TestCase.parse(
        {**case, field: {f"n{n}": entry for n, entry in enumerate(entries)} if field == "test_data" else entries}
    )


def largest(language: Language) -> TestCase:
    """A case as large as it may be, of sentences."""
    japanese = language == "ja"
    sentence = "「保存」を押すと「完了」と表示する。" if japanese else 'Click "Save" and the page shows "Done". '
    result = "「完了」と表示される" if japanese else '"Done" is shown '
    return TestCase(
        id="T", title="T", language=language, specification=(sentence * 1200)[:LONGEST],
        test_data={f"name {n}": f"value {n} " * 20 for n in range(MAX_ENTRIES)},
        expected_results=tuple((f"{n} {result}" + "when clicking, 押すと表示される、" * 100)[:MAX_ENTRY] for n in range(MAX_ENTRIES)),
    )  # fmt: skip


def largest_review() -> tuple[Procedure, TestCase, Glossary]:
    """Sixty steps as long as they are read, a case with fifty results and a glossary of as many words as it may have."""
    text = ("画面を開き、表示でも、click the Save button and " * 100)[: subject.LONGEST]
    steps = procedure(*[(f"{number}{text}", text, f"{number}{text}") for number in range(60)], language="ja")
    case = TestCase(
        id="T", title="T", expected_results=[f"{number}でも、{text}"[:MAX_ENTRY] for number in range(MAX_ENTRIES)]
    )
    words = [{"term": f"語{n}", "instead_of": [f"w{n}x{m}" for m in range(30)]} for n in range(160)]
    return steps, case, Glossary.parse(words)


def sheets(size: int = LONGEST) -> Iterator[tuple[str, str, bytes]]:
    """Files that made a reader slow: what it is, the file's name and the file. The size is what doubles."""
    yield (
        "labels in many rows",
        "a.csv",
        ("No,項目,手順,期待結果\n" + "備考,x,,\n" * (size // 20) + "1,入る,押す,出る\n").encode(),
    )
    yield "a note of blanks", "a.csv", f"項番,テスト項目,期待結果\nT-1,保存,保存される\n,,Note{' ' * size}x\n".encode()
    for what, line in marked_lines(size).items():
        yield what, "a.csv", f'ID,タイトル,手順\nT-1,入る,"{line}\n【手順】 押す"\n'.encode()
    for what, name in (("a name of marks", "a_a"), ("a name of blanks", "a ")):
        yield what, "a.feature", f"Feature: F\n  Scenario: {run(name, size)}\n    When I open it\n".encode()


def marked_lines(size: int = LONGEST) -> dict[str, str]:
    """Lines of a cell that nearly are the heading of a block."""
    return {
        "a bracket and blanks": f"【{' ' * size}x",
        "blanks": " " * size + "x",
        "marks": "#" * size + "*" * size + "]:]",
    }

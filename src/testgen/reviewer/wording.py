"""Kinds of words, as each language has them; what a pattern in the file of a rule has already found is skipped."""

from collections.abc import Callable, Iterator

from testgen.domain.language import Language
from testgen.reviewer import english, english_wording, japanese_wording
from testgen.reviewer.reading import Span

Wording = Callable[..., Iterator[tuple[str, Span]]]
WORDING: dict[Language, Wording] = {"en": english_wording.wording, "ja": japanese_wording.wording}
# What test data are told by, where they are no values.
DATA: dict[Language, Callable[[str], Iterator[tuple[str, Span]]]] = {
    "en": lambda _: iter(()),
    "ja": japanese_wording.data,
}
# The text without what is only an example.
BARE: dict[Language, Callable[[str], str]] = {
    "en": english.without_examples,
    "ja": japanese_wording.without_what_is_named,
}
# The rules of the catalog that the kinds of words report, beside the patterns of their files.
KINDS = frozenset(
    (
        *("ambiguous-wording", "conditional-step", "low-information", "missing-test-data", "tacit-knowledge"),
        *("undefined-wait", "unspecified-value"),
    )
)

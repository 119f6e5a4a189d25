"""How each kind of wording generalises: its telling word is taken out of every list and pattern; is the sentence still found?

`python -m bench.review.kinds [-v]`. `with` is the share that is found with the lists as they are, `without` the share that is
found by part of speech, inflection or the other words alone.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from bench.review.rounds import PART_OF, procedure
from testgen.domain.language import Language
from testgen.reviewer import (
    RULES,
    catalog,
    english,
    english_checks,
    english_choices,
    english_values,
    english_wording,
    japanese,
    japanese_morphemes,
    japanese_predicates,
    japanese_results,
    japanese_wording,
    patterns,
    review,
    subject,
)
from testgen.reviewer.lexicon import lexicon

BEFORE = {
    "en": ('Open the "Home" page', 'The "Home" page is shown'),
    "ja": ("作業台に「部品A」を置く", "「完了」と表示される"),
}
# What these list is spared, as by those that begin with "exact".
OPEN = frozenset({"no_choosing", "making", "any_will_do"})
SENTENCES = Path(__file__).with_name("KINDS.txt")


@contextmanager
def without(word: str, language: Language) -> Iterator[None]:
    """The rules as if nobody had thought of the word."""
    stem = word if language == "ja" else word.lower()
    forms = {word, stem} | (
        {token.normalized_form() for token in japanese.tokenize(word)} if language == "ja" else set()
    )
    forms |= {token.dictionary_form() for token in japanese.tokenize(word)} if language == "ja" else set()
    poorer = {
        kind: words if kind.startswith("exact") or kind in OPEN else words - forms
        for kind, words in lexicon(language).items()
    }
    less = {}
    for name, rule in RULES.items():
        words = rule.words[language]
        cut = {where: tuple(part.replace(stem, "\x01") for part in parts) for where, parts in words.patterns.items()}
        less[name] = replace(rule, words={**rule.words, language: replace(words, patterns=cut)})
    check = (
        re.compile(english.CHECK.pattern.replace(stem, "\x01"), re.IGNORECASE) if language == "en" else english.CHECK
    )
    with (
        mock.patch.object(japanese_results, "lexicon", return_value=poorer),
        mock.patch.object(japanese_wording, "lexicon", return_value=poorer),
        mock.patch.object(japanese_morphemes, "lexicon", return_value=poorer),
        mock.patch.object(english_wording, "lexicon", return_value=poorer),
        mock.patch.object(english_values, "lexicon", return_value=poorer),
        mock.patch.object(english_choices, "lexicon", return_value=poorer),
        mock.patch.object(patterns, "RULES", less),
        mock.patch.object(english, "CHECK", check),
        mock.patch.object(english_checks, "CHECK", check),
        mock.patch.object(japanese_predicates, "_CHECK_VERBS", japanese_predicates._CHECK_VERBS - forms),
        mock.patch.object(catalog, "RULES", RULES),
    ):
        _forget()
        yield
    _forget()


def _forget() -> None:
    for cached in (
        patterns._patterns,
        patterns._found,
        subject._read,
        english_values.patterns,
        japanese_morphemes.kinds_by_word,
    ):
        cached.cache_clear()


def found(rule: str, language: Language, field: str, text: str) -> bool:
    """Whether the review reports the rule for the sentence, as the second step of a procedure."""
    action, result = BEFORE[language]
    second = (text, result) if field == "action" else (action.replace("Home", "Next").replace("A", "B"), text)
    if rule == "misplaced-verification":
        second = (text, "")
    steps = [{"action": a, "expected_result": r} for a, r in (BEFORE[language], second)]
    return any(
        rule in (entry.rule, PART_OF.get(entry.rule)) and entry.step == 2
        for entry in review(procedure("T", "T", steps, language)).findings
    )


def main() -> None:
    """Prints a row a kind and language."""
    rows: dict[tuple[str, str], list[tuple[bool, bool, str]]] = defaultdict(list)
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, rule, language, field, marked = (part.strip() for part in line.split("|"))
            assert language in ("en", "ja")
            word = re.findall(r"\{(.+?)\}", marked)[0]
            text = marked.replace("{", "").replace("}", "")
            whole = found(rule, language, field, text)
            with without(word, language):
                rows[kind, language].append((whole, found(rule, language, field, text), marked))
    for (kind, language), entries in sorted(rows.items()):
        one, other = sum(entry[0] for entry in entries), sum(entry[1] for entry in entries)
        print(f"{kind:<20} {language}  {len(entries):>2} sentences   with {one:>2}   without {other:>2}")
        if "-v" in sys.argv:
            print(
                "".join(f"    {'lost' if whole else 'never'} {text}\n" for whole, left, text in entries if not left),
                end="",
            )


if __name__ == "__main__":
    main()

"""What a text must contain for a pattern to match; it may never leave out a pattern that does match."""

import re
from pathlib import Path

import pytest
from support.cases import EXAMPLES

from testgen.domain.language import LANGUAGES, Language
from testgen.reviewer import RULES
from testgen.reviewer.needs import needs_of
from testgen.reviewer.patterns import _tried

SAMPLES = Path(__file__).parents[1] / "data/review/ja.txt"


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bproperly\b", {"properly"}),
        (r"(?:no|without) errors?\b", {" error"}),
        (r"\b(?:some|any)\s+\w+", {"some", "any"}),
        (r"(?<!is )normally", {"normally"}),
        (r"Save(?=d)", {"save"}),
        (r"(?:long )?wait{1,3}", {"wai"}),
        (r"[?!]{2,}", None),
        (r"(?:\d+|some)", None),
        (r"(?:いつも|普段)の", {"いつも", "普段"}),
    ],
)
def test_the_longest_words_that_no_match_lacks(pattern: str, needs: set[str] | None) -> None:
    assert needs_of(pattern) == needs


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_pattern_that_matches_is_left_out(language: Language) -> None:
    words = [RULES[rule].words[language] for rule in RULES]
    texts = [text for entry in words for text in (entry.bad, entry.good, entry.what, entry.why, entry.bad.upper())]
    texts += [line for path in (SAMPLES, *EXAMPLES) for line in path.read_text(encoding="utf-8").splitlines()]
    parts = [
        (rule, where, part)
        for rule in RULES
        for where, found in RULES[rule].words[language].patterns.items()
        for part in found
    ]
    matched = 0
    for text in texts:
        tried = {(rule, where, pattern.pattern) for rule, where, pattern in _tried(language, text)}
        for entry in parts:
            if re.search(entry[2], text, re.IGNORECASE):
                matched += 1
                assert entry in tried, text
    assert matched > min(20, len(parts) / 2)  # a language may begin with few patterns

"""Expected results that say nothing but that the specification's scenarios hold: "Both scenarios pass", 「シナリオのとおりになること」."""

import re

_LONGEST = 80  # characters; what is longer says more
_NAMED = re.compile(r"scenario|シナリオ", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    r"(?:\s*\b(?:scenarios?|both|all|each|every|the|two|three|four|in|of|above|below|see|as|per|to|according|are|is|do(?:es)?|what|"
    r"everything|feature|file|spec|specification|gherkin|pass(?:es)?|holds?|succeeds?|works?|behaves?|met|fulfilled|satisfied|green|"
    r"true|described|specified|written|expected|stated|match(?:es)?)\b)+\s*[.!]?"
    r"|(?:シナリオ|仕様書?|上記|記載|各|全て?|すべて|両方?|[2-9２-９二三四]つ|どちら|いずれ|とも|も|の|が|は|を|に|で|と|とおり|通り|どおり|"
    r"成立|成功|合格|パス|動作|満た|する|され|し|す|る|なる|こと|である|\s|。)+",
    re.IGNORECASE,
)


def points_to_scenarios(text: str) -> bool:
    """Whether an expected result names the scenarios and nothing that could be seen."""
    return len(text) <= _LONGEST and bool(_NAMED.search(text) and _NOTHING_ELSE.fullmatch(text.strip()))

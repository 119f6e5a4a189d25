"""Rule 11: does a consequent bring an expected result?"""

from testgen.drafting.outline.grammar import Grammar
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.sentences import mask

ENOUGH = 0.5  # share of an expected result's terms that a consequent has to have; with two terms in common less will do


def fits(expected_result: str, outcome: str, grammar: Grammar) -> int:
    """How well a consequent brings an expected result; 0 where one says that it happens and the other that it does not."""
    if grammar.preserves(expected_result) and not grammar.preserves(outcome):
        return 0
    wanted = grammar.terms(expected_result)
    said = grammar.terms(mask(outcome)) | {term for term in grammar.terms(outcome) if term.startswith('"')}
    score = overlap(wanted, said)
    return score if score >= 2 or (wanted and score / len(wanted) >= ENOUGH) else 0

"""Does a consequent bring an expected result?"""

from testgen.drafting.outline.grammar import Grammar
from testgen.drafting.outline.lexicon import overlap
from testgen.text.marks import mask
from testgen.text.normal import normalise

ENOUGH = 0.5  # share of an expected result's terms that a consequent has to have; with two terms in common less will do
SAME = 20  # more than any overlap


def fits(expected_result: str, outcome: str, grammar: Grammar, trigger: str = "") -> int:
    """How well a consequent brings an expected result; 0 where one says that it happens and the other that it does not.

    The words of the trigger count too, once the consequent itself has something in common: "when an editor sends a
    newsletter, readers do not receive it" brings "lee does not receive the newsletter".
    """
    if normalise(grammar.observe(outcome)) == normalise(expected_result):
        return SAME
    if grammar.preserves(expected_result) and not grammar.preserves(outcome):
        return 0
    wanted = grammar.terms(expected_result)
    labels = {term for term in grammar.terms(outcome) if term.startswith('"')}
    said = grammar.terms(mask(outcome)) | labels
    if not overlap(wanted, said):
        return 0
    score = overlap(wanted, said | grammar.terms(mask(trigger)))
    return score if score >= 2 or score / len(wanted) >= ENOUGH else 0

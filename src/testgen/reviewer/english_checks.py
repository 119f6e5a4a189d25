"""English: verbs that ask for a check, questions, and what stands aside."""

import re

from testgen.reviewer.reading import Span
from testgen.text.marks import MASK
from testgen.text.sentences import sentence_spans

CHECK = re.compile(
    r"\b(?:(?:review|inspect|examine|look at|look through|search(?! ?(?:field|box|bar|term|entry|icon|button))|scan|analy[sz]e|study)\b[^.;]{0,120}?\bto (?:identify|determine|find|see|verify|ensure|confirm|detect|check)|(?:determine|decide|judge|assess|evaluate|find out|figure out|look|ascertain|establish|investigate|inspect|examine|test|tell|know|consider|review|learn|watch|monitor|identify) (?:to see )?(?:whether|if|how (?:well|many|much)|(?<!consider )(?<!monitor )that)|verify|validate|ensure|make sure|be sure (?:that|you)|review (?:your|the) (?:\w+ )?(?:settings|options|summary|details|changes|configuration|choices|selections?|input)(?= and\b)|(?<!the )observe|confirm (?:that|whether|if|(?:it|the \w+|your \w+)(?: [^.;,]{1,60}?)? (?:is|are|was|has|match(?:es)?))|(?<!please )note (?:that|whether)|(?<!the )(?<!this )(?<!a )notice|see (?:if|that|whether)|(?<!sanity )check(?! ?box| mark|ed)(?= (?:that|if|whether|for|the|your|all|it|its|how|what|on|in|each|every|again|\w+ \w+|[^\W\d_]+)))\b",
    re.IGNORECASE,
)
_TICKS = re.compile(
    r"\bcheck\s+(?:on\s+)?(?:the\s+)?(?:\W|\w+\s){0,4}?(?:box|checkbox|option|button|item)\b|\bcheck\s+(?:the\s+)?"
    + MASK,
    re.IGNORECASE,
)
# Examples in brackets, or behind a comma up to the end of the sentence.
_EXAMPLES = re.compile(
    r"\((?:e\.g\.|i\.e\.|for example|such as|ex\b|like\b)[^()]{0,300}\)|,\s(?:e\.g\.|for example|for instance|such as)[^.()\n]{0,200}(?=[.\n]|$)",
    re.IGNORECASE,
)
ASIDE = re.compile(r"\([^()]{0,300}\)")
# (if you have a card, choose it): the condition has it.
IN_CASE = re.compile(r"\(if\b[^()]{0,200}\)", re.IGNORECASE)


# "Select the Validate option": what is chosen has that name.
_NAMED = re.compile(r"\b(?:the|select|choose|click(?: on)?|press) $", re.IGNORECASE)


def check_verbs(masked: str) -> list[re.Match[str]]:
    """Verification verbs. Ticking a box is an action, not a check, and text in brackets is a hint."""
    ticks = [match.span() for match in (*_TICKS.finditer(masked), *ASIDE.finditer(masked))]
    return [
        match
        for match in CHECK.finditer(masked)
        if not any(start <= match.start() < end for start, end in ticks)
        and not (match.group()[0].isupper() and _NAMED.search(masked, 0, match.start()))
        and not masked.endswith((", or ", " often to ", " whether to ", " what to ", " when to "), 0, match.start())
    ]


def question(masked: str) -> Span | None:
    """A sentence that asks something."""
    return next(
        ((start, end) for start, end in sentence_spans(masked) if masked[start:end].rstrip().endswith("?")), None
    )


def without_examples(masked: str) -> str:
    """The text with examples masked, because they do not say what to do. The comma before one still ends its clause."""
    return _EXAMPLES.sub(_masked, masked)


def _masked(example: re.Match[str]) -> str:
    kept = ", " if example.group().startswith(", ") else ""
    return kept + " " * (len(example.group()) - len(kept))

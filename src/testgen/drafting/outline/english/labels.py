"""English: sentences of a specification that say nothing of the product: headings without a mark, the frame of a call, half a bracket."""

import re

from testgen.drafting.outline.english.reader import Reader

_LABEL = re.compile(r"(?:[A-Z]\w+: )?[A-Z][\w&/'’-]*(?:,? (?:[\w&/'’-]+|\([^()]*\))){0,5}:?$")
_NUMBERED = re.compile(
    r"\b(?:chapter|version|draft|section|part|annex|interface|v)[ .-]?[\w-]*\d[\w.-]*", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:not|no|never|nothing|none|only|always|at (?:most|least)|max|min|per|each|every|all|same|must|free|if|else|otherwise|again)\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:GET|POST|PUT|PATCH|DELETE) /\S*$|\{.*\}$|[\W\d_]*$|\S{1,2}$|\d{3} (?:OK|Created|Accepted|No Content)$"
    r"|(?:Headers|[A-Z][a-z]+(?:-[A-Z][a-z]+)*): (?:Bearer|\{|application/|Authorization|Content-Type)"
)


def names(sentence: str, reader: Reader) -> bool:
    """Whether it is one: it has no verb, states no limit, and is as short as a heading."""
    text = sentence.strip()
    if _CALL.match(text):
        return True
    if not _LABEL.match(text) or _SAYS.search(text) or re.search(r"\d", _NUMBERED.sub("", text)):
        return False
    words = [word for word in re.findall(r"[A-Za-z][\w-]*", text) if word.islower() or word == text.split()[0]]
    forms = [entry[1] if (entry := reader.verbs.entry(word)) else "" for word in words]
    orders = len(words) > 1 and forms[0] == "base"
    return not (reader.finite(text) or orders or {"past", "participle", "third", "gerund"} & set(forms[1:]))

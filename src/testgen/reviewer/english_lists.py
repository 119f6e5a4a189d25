"""English: words of a list that look like verbs: what is for a purpose ("to select, move and resize"), a name, a noun behind an article."""

import re

from testgen.text.marks import MASK
from testgen.text.verbs import instructions

# What an object begins with, behind the particle of its verb.
OBJECT = re.compile(
    r"\s+(?:(?:on|in|to|at|up|down|off|out|into|for|from|with|through|back|onto)\s+){0,2}"
    rf"(?:(?:the|an?|your|its?|this|that|these|those|them|all|both|each|every|any|some|something|another|one|two|three|"
    rf"ctrl|alt|shift|super|esc|enter|return|tab|f\d)\b|\d|{MASK}|(?-i:[A-Z]))",
    re.IGNORECASE,
)
# Behind a purpose too, this is an action of its own: "select the files to import and click the button".
CLICKS_IT = re.compile(rf"(?:click|press|hit|tap|select|choose)\s+(?:on\s+)?(?:the|your|{MASK})(?!\w)")
# A list before a word: "to select, move and", "the search, filter and".
_LIST = re.compile(r"(?P<governor>[a-z]+)\s+(?P<items>[a-z]+(?:,\s+[a-z]+)*)\s*,?\s*(?:(?:and|or)\s+)?$", re.IGNORECASE)
_PURPOSE = frozenset(("to", "for", "of", "between", "with", "by", "via"))
_ARTICLES = frozenset(("the", "a", "an", "your", "its", "this"))
_NAME_OF_AN_ENTRY = re.compile(r"\b(?:menu|File|Edit|View|Tools|Help|Insert|Format|Options)\b")
_BARE = re.compile(r"\s*(?:$|[.,;)]|(?:and|or|from|in|under)\b)")


def goes_on_with_a_list(before: str, word: str, after: str) -> bool:
    """Whether a word goes on with a list of purposes or names: "to select, move and resize it", "the search and filter icons"."""
    if word[0].isupper() and _BARE.match(after) and _NAME_OF_AN_ENTRY.search(before + after):
        return True
    if re.match(r"\s+or\b", after) or (word == "close" and re.match(r"\s+(?:to|by)\b", after)):
        return True
    listed = _LIST.search(before)
    if not listed or any(item not in instructions() for item in re.split(r",\s+", listed["items"].lower())):
        return False
    governor = listed["governor"].lower()
    if governor in _PURPOSE:
        return not CLICKS_IT.match(word + after)
    return governor in _ARTICLES and not OBJECT.match(after)

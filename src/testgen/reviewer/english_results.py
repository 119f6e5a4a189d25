"""English: what an expected result says, when it holds, and what the tester does in it."""

import re

from testgen.reviewer.english_preconditions import from_its_first_word
from testgen.reviewer.reading import Span
from testgen.text.verbs import inflected, instructions

# Words that say nothing of what is seen.
# fmt: off
_STOP = frozenset((
    "a", "an", "the", "is", "are", "was", "were", "be", "been", "being", "to", "of", "in", "on", "at", "by",
    "for", "from", "with", "and", "or", "it", "its", "this", "that", "these", "those", "as", "into", "has",
    "have", "had", "do", "does", "did", "will", "would", "should", "can", "could", "may", "might", "must",
    "there", "then", "than", "so", "but", "if", "when", "after", "before", "user", "users", "page", "screen",
    "shown", "show", "shows", "displayed", "display", "displays", "appear", "appears", "see", "seen", "message",
))
# fmt: on
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|nothing|un\w+ed)\b|n't\b", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:ing|edly|ed|es|ly|s)$")
_CIRCUMSTANCES = re.compile(
    r"(?:^|,\s+|(?<!\s)\s+)(?:even (?:with|if|after)|when|if|after|once)\b[^,]+?(?:,\s*|$)|^(?:with|on|for|at)\b[^,]+?,\s+",
    re.IGNORECASE,
)
# What the tester has done by then, or how somebody might look: "After clicking it, …", "You can see it by pressing F2".
_DONE_BY_THEN = re.compile(
    r"(?:^|(?<=[.!;\n] ))\W*(?:after|when|by|upon|once|on|while)\s+(?P<verb>[a-z]+(?:-[a-z]+)?ing)\b(?:\s+(?:on|in|out|up|down))?"
    r"|\byou (?:can|could|may|should|must|need to|have to)\b[^.;]{2,120}?\bby\s+(?:(?:right|left|double)[- ])?(?P<means>[a-z]+ing)\b",
    re.IGNORECASE,
)
_YOU_DO = re.compile(
    r"(?:(?:^|(?<=[.!;,\n] ))\W*(?:(?:when|if|once|after|then) )?you|\b(?:when|once|after) (?:you|we)) "
    r"(?:can |must |should |need to |have to |will |now |then )*"
    r"(?:click|press|tap|select|choose|type|enter|open|double-click|right-click|scroll|drag|tick|untick|insert)\b",
    re.IGNORECASE,
)
# Another way is to be tried: "Do you get the same result using F11?"
_ANOTHER_WAY = re.compile(
    r"\bsame (?:result|effect|thing|window|dialog)s?\b.{0,20}? (?:by |when )?(?:using|pressing|clicking)\b",
    re.IGNORECASE,
)
# A command line: "lsmod | grep kvm", "mount -t iso9660 image.iso".
_COMMAND_LINE = re.compile(
    r"\s*(?:\$ ?)?(?:sudo \S|\$ \w|[a-z][\w.-]{1,20} (?:[\w./:=-]{1,40} ){0,4}?(?:\| [a-z]|--?[a-zA-Z]{1,12}\b))"
)
_WORD_AS_OPTION = re.compile(r"(?<=\s)-[a-zA-Z]{2,}$")
_REMEMBER = re.compile(
    r"\b(?:remember|do not forget|don't forget|be sure) to [a-z]+\b|\b(?:enter|type|run|execute) the following\b",
    re.IGNORECASE,
)
_DOES = (_YOU_DO, _ANOTHER_WAY, _REMEMBER)
_CLICKING = frozenset(("double-clicking", "right-clicking", "left-clicking", "signing"))
# What goes on by itself as well.
_BY_ITSELF = frozenset(
    (
        "loading",
        "reloading",
        "rebooting",
        "restarting",
        "booting",
        "starting",
        "finishing",
        "resuming",
        "waiting",
        "completing",
        "exporting",
        "installing",
        "uninstalling",
        "downloading",
        "saving",
        "synchronizing",
        "synchronising",
        "syncing",
        "refreshing",
        "updating",
        "logging",
    )
)


def content(normalised: str) -> set[str]:
    """The stems of the words that carry the meaning."""
    words = (word for word in re.findall(r"(?<![\w.@/-])[\w.@/-]*\w", normalised) if word not in _STOP)
    return {word if any(map(str.isdigit, word)) or len(word) < 5 else _SUFFIX.sub("", word) for word in words}


def negative(bare: str) -> bool:
    """Whether a text without quotes denies something."""
    return bool(_NEGATION.search(bare))


def circumstances(masked: str) -> Span | None:
    """Where an expected result says when it holds."""
    match = _CIRCUMSTANCES.search(masked)
    return match.span() if match else None


def done_by_then(masked: str, start: int, end: int) -> Span | None:
    """What the tester does inside a result: its gerund, or an instruction to "you"."""
    for match in _DONE_BY_THEN.finditer(masked, start, end):
        verb = (match["verb"] or match["means"]).lower()
        if verb in _BY_ITSELF:
            continue
        if inflected().get(verb.replace("-", ""), inflected().get(verb, "")) in instructions() or verb in _CLICKING:
            return from_its_first_word(match)
    told = next((said for pattern in _DOES if (said := pattern.search(masked, start, end))), None)
    return from_its_first_word(told or _command_line(masked, start, end))


def _command_line(masked: str, start: int, end: int) -> re.Match[str] | None:
    """A command with its options; prose with a dash is none: "the counter -if at 3- stays", "the file opens read -only"."""
    line = _COMMAND_LINE.match(masked, start, end)
    if not line or not (option := _WORD_AS_OPTION.search(line.group())):
        return line
    words = line.group()[: option.start()].split()
    return None if any(word in _STOP or _is_finite(word) for word in words) else line


def _is_finite(word: str) -> bool:
    return word.endswith("s") and inflected().get(word, word) != word

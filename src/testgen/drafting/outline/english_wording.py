"""Rules 7, 8, 10 to 12 for English: the sentences of setup, checks and clean-up."""

import re

from testgen.drafting.outline.english import English
from testgen.drafting.outline.model import Action
from testgen.text.marks import mask

_EVEN_FRONT = re.compile(r"^even with (?P<x>[^,]+),\s*(?P<y>.+)$", re.IGNORECASE)
_EVEN_BACK = re.compile(r"^(?P<y>.+?),?\s+even with (?P<x>[^,]+)$", re.IGNORECASE)
_BE = re.compile(
    r"\s+(?:is|are|was|were|has|have|can|cannot|can't|does|do|will|must|remains?|stays?|becomes?)\b", re.IGNORECASE
)
_DOES = re.compile(
    r"\s+(?:shows?|contains?|appears?|lists|equals|says|goes|fails|succeeds|changes|keeps|includes?|exists?|turns?)\b",
    re.IGNORECASE,
)
_RECEIVES = re.compile(r"^(?P<who>.+?)\s+(?:receives?|gets?)\s+(?:an?\s+|the\s+)?(?P<what>[\w-]+)", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:issued|assigned|sent|granted|belongs|belonging|registered)\s+(?:to|for)\s+(?:the\s+)?(?:user\s+|member\s+|customer\s+)?(?P<a>[A-Za-z][\w.@-]*)\s*$"
    r"|\b(?:user|member|customer|account|as)\s+(?!is\b|has\b|was\b|are\b|the\b|a\b|an\b|exists\b|with\b|and\b)(?P<b>[a-z][\w.@-]*|[A-Z][a-z]+)\b",
)


class EnglishWording:
    """See `testgen.drafting.outline.grammar.Wording`."""

    def __init__(self, grammar: English) -> None:
        self._grammar = grammar
        self._lexicon = grammar.lexicon
        words = self._lexicon.data
        self._bring = set(words["bring_about"])
        self._at_once = re.compile(rf"\b(?:{'|'.join(words['patterns']['seen_at_once'])})\b", re.IGNORECASE)
        self._attempt = re.compile(words["patterns"]["attempt"], re.IGNORECASE)
        self._lasts = re.compile("|".join(words["patterns"]["lasts"]), re.IGNORECASE)

    def even_with(self, expected_result: str) -> tuple[str, str] | None:
        """Even with the correct password, X -> (the correct password, X)."""
        text = expected_result.rstrip(".")
        match = _EVEN_FRONT.match(mask(text)) or _EVEN_BACK.match(mask(text))
        return (text[match.start("x") : match.end("x")], text[match.start("y") : match.end("y")]) if match else None

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """A reset link was issued to mori -> Prepare the reset link issued to mori."""
        text = precondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.+?)\s+(?:is|are|was|were|has been|have been)\s+(?P<how>(?:\w+ly\s+)?(?P<verb>\w+)\b.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        lemma = self._grammar.verbs.lemma_of_past(match.group("verb")) if match else None
        if match and lemma in self._bring:
            noun = _the(text[: match.end("np")])
            if lemma in self._lexicon.data["patterns"]["brought_about_by_setting"]:
                action = f"{lemma} {noun}{text[match.end('verb') :]}"
                return action[0].upper() + action[1:], text[0].upper() + text[1:]
            whole = f"{noun} {text[match.start('how') : match.end('how')]}"
            return self._lexicon.phrase("prepare", what=whole), text[0].upper() + text[1:]
        first = text.split(" ", 1)[0]
        if self._grammar.verbs.lemma_of_base(first) in self._bring and " " in text and not _BE.search(mask(text)):
            return text[0].upper() + text[1:], self._undone(text)
        return None

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """Unlock the account -> The account is unlocked."""
        text = postcondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.+?)\s+(?:is|are|has been|have been)\s+(?P<verb>\w+)\b(?P<rest>.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        lemma = self._grammar.verbs.lemma_of_past(match.group("verb")) if match else None
        if match and lemma:
            noun = text[: match.end("np")]
            return f"{lemma[0].upper()}{lemma[1:]} {noun[0].lower()}{noun[1:]}{text[match.start('rest') :]}", text[
                0
            ].upper() + text[1:]
        return text[0].upper() + text[1:], self._undone(text)

    def subject(self, expected_result: str) -> str:
        """The password is unchanged -> the password."""
        if received := _RECEIVES.match(mask(expected_result)):
            return f"the {received.group('what')} to {received.group('who')}"
        match = _BE.search(mask(expected_result)) or _DOES.search(mask(expected_result))
        if not match or match.start() == 0:
            return ""
        noun = re.sub(r"\s+(?:still|also|only|now|then|always)$", "", expected_result[: match.start()])
        first = noun.split(" ", 1)[0]
        return noun if first.isupper() and len(first) > 1 else noun[:1].lower() + noun[1:]

    def seen_at_once(self, expected_result: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(expected_result)))

    def attempt(self, expected_result: str) -> str | None:
        """The user cannot sign in with the old address -> Sign in with the old address."""
        found = self._attempt.match(expected_result.rstrip("."))
        return f"{found['what'][0].upper()}{found['what'][1:]}" if found else None

    def head(self, name: str) -> str:
        """the correct password -> password, coupon_1 -> coupon, SKU of the item -> SKU."""
        if name.endswith(tuple(self._lexicon.data["patterns"]["things_of_a_screen"])):
            return name
        plain = re.sub(r"[_\s-]*(?:[0-9]+|\b[A-Z])$", "", name.strip()) or name
        plain = re.sub(r"^(?:the|an?|this|that)\s+", "", plain.replace("_", " ").strip(), flags=re.IGNORECASE)
        return plain.split(" of ")[0].strip().split(" ")[-1]

    def named(self, datum: str, instead_of: str) -> str:
        """the password -> the wrong password."""
        article = "the " if instead_of.lower().startswith("the ") else ""
        return article + datum.replace("_", " ").removeprefix("the ")

    def check(self, subject: str, owner: str, where: str) -> str:
        """The action of a check step."""
        if subject.lower().startswith("no "):
            return self._lexicon.phrase("look_for", subject=subject[3:], where=where)
        noun = subject.removeprefix("the ")
        if owner and any(noun == word for word in self._lexicon.data["owned"]):
            subject = self._lexicon.phrase("owner", owner=owner, subject=noun)
        return self._lexicon.phrase("check", subject=subject, where=where)

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """A reset link was issued to mori -> mori."""
        for text in preconditions:
            if match := _PERSON.search(text.rstrip(". ")):
                return match.group("a") or match.group("b")
        return ""

    def prepare(self, name: str, value: str) -> tuple[str, str]:
        """stock = 1 -> Set the stock to 1; item = A-100 -> Prepare the item; idle time = 31 minutes -> Wait."""
        if self.lasts(name):
            return self._lexicon.phrase("wait", value=value), self._lexicon.phrase("waited", value=value)
        plain = "the " + name.replace("_", " ").removeprefix("the ")
        if re.search(self._lexicon.data["attributes"], plain, re.IGNORECASE):
            return self._lexicon.phrase("datum_set", name=plain, value=value), self.state_of(name, value)
        return self._lexicon.phrase("prepare", what=plain), self._lexicon.phrase("prepared", name=plain, value=value)

    def lasts(self, name: str) -> bool:
        """Whether a datum is a time that has to pass."""
        return bool(self._lasts.search(name.replace("_", " ")))

    def state_of(self, name: str, value: str) -> str:
        """link_age = 61 minutes -> The link is 61 minutes old."""
        plain = name.replace("_", " ").removeprefix("the ")
        if plain.endswith(" age"):
            return self._lexicon.phrase("age_is", subject=plain.removesuffix(" age"), value=value)
        return self._lexicon.phrase("datum_is", name=f"The {plain}", value=value)

    def repeat(self, action: str, first: int, last: int, times: int) -> str:
        """Repeat steps 2-3 for a total of 5 times."""
        key = "repeat" if first != last else "repeat_one"
        return self._lexicon.phrase(
            key, action=action, range=f"{first}-{last}" if first != last else str(last), times=times
        )

    def nth(self, times: int, expected: str) -> str:
        """On attempt 5: …."""
        return self._lexicon.phrase("nth", times=times, expected=expected)

    def object_shown(self, action: Action) -> str:
        """By group; what is opened is shown."""
        template: str = self._lexicon.phrases["observed"][action.group]
        noun = " and ".join(action.objects) or "the page"
        plural = len(action.objects) > 1 or (noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
        shown = template.format(object=noun, be="are" if plural else "is")
        return shown[0].upper() + shown[1:]

    def _undone(self, text: str) -> str:
        """Delete the coupon -> The coupon is deleted."""
        verb, _, rest = text.partition(" ")
        participle = self._grammar.verbs.participle_of(verb)
        if not participle or not rest:
            return text[0].upper() + text[1:]
        noun = re.split(r"\s(?=(?:to|from|in|on|at|for|with|after|so)\b)", rest, maxsplit=1)
        plural = noun[0].endswith("s") and not noun[0].endswith(("ss", "us", "is"))
        tail = f" {noun[1]}" if len(noun) > 1 else ""
        return f"{noun[0][0].upper()}{noun[0][1:]} {'are' if plural else 'is'} {participle}{tail}"


def _the(noun: str) -> str:
    bare = re.sub(r"^(?:an?|the|one)\s+", "", noun.strip(), flags=re.IGNORECASE)
    return f"the {bare}"

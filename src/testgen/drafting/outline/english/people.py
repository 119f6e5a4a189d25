"""Who acts in an English case, by name or role, and which words of it are names."""

import re

from testgen.domain.test_case import TestCase
from testgen.drafting.outline.english.entries import ACCOUNT, FILE
from testgen.drafting.outline.english.events import flat
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.text.marks import MASK
from testgen.text.normal import normalise

_INSIDE = re.compile(r"(?<=[a-z,] )([A-Z][\w-]*)")  # a name is written large inside a sentence too
_COMMON = re.compile(r"(?:the|an?|no|this) ([A-Z][a-z]+) (?=[A-Z])")
_TITLES = ("Dr.", "Mr.", "Ms.", "Mrs.")
_NAME = r"(?:[A-Z][a-z]{2,}|[a-z]{3,}\d{1,3}|[a-z]+[._][a-z]\w+|[A-Z]{2,}_[A-Z]\w*)"
_LONG = 4  # words that are no name any more
ARTICLED = re.compile(r"\w+['’]s\b|(?:the|an?|no|any|all|both|each|its?|my|one|two|another|that|this)\b|[\d<>~-]")
_NOBODY = ("user", "users", "tester", "one")  # whoever carries the test out


class People:
    """Knows them."""

    case: TestCase
    lexicon: Lexicon

    def meet(self, case: TestCase, reader: Reader, lexicon: Lexicon) -> None:
        """Reads who is named, and which words are names."""
        self.case, self.lexicon = case, lexicon
        nouns = "|".join((*map(re.escape, lexicon.data["actor_nouns"]), lexicon.data["actor_pattern"]))
        self._role = re.compile(
            rf"(?:[\w-]+\s)?(?:\w+-)?(?:{nouns}|players|users|staff)(?-i:\s[A-Z\d]\w*)?|(?:Dr|Mr|Ms|Mrs|Nurse)\.? [A-Z][a-z]+",
            re.IGNORECASE,
        )
        told = "\n".join((*case.preconditions, case.specification or "", *case.expected_results))
        self.persons = {normalise(name) for name in (*self._by_data(), *self._spoken_of(told)) if len(name) > 1}
        spoken = "\n".join((told, case.objective or "", *case.test_data, *case.test_data.values()))
        self.names = {found[1] for found in _INSIDE.finditer(spoken)} - {found[1] for found in _COMMON.finditer(spoken)}

    def _by_data(self) -> set[str]:
        """Accounts and names of the data, and the roles that they stand under."""
        names: set[str] = set()
        for key, value in self.case.test_data.items():
            bare = re.split(r"[(,;/]", value)[0].strip()
            if full := re.match(r"[A-Z][a-z]{2,} [A-Z][a-z]{2,}(?=$|[,(])", value):
                names |= set(full.group().split())
            if re.search(r"\b(?:accounts|users|logins|testers)$", key, re.IGNORECASE):
                names |= set(re.findall(r"(?<![\w.])[a-z][\w.]{1,15}(?![\w.])", value))
            role = self._role.fullmatch(key) or re.search(r"\b(?:login|account)$", key, re.IGNORECASE)
            if (ACCOUNT.fullmatch(bare) and not FILE.match(bare)) or (role and len(bare.split()) < _LONG):
                inside = (*re.findall(r"[A-Z][a-z]{2,}", value), *re.findall(r"[A-Za-z]{3,}$", bare))
                names |= {*([key] if role else []), bare, *inside}
        return names

    def _spoken_of(self, told: str) -> set[str]:
        """Who is named behind a role, has or sees something."""
        nouns = "|".join(map(re.escape, self.lexicon.data["actor_nouns"]))
        behind = re.compile(
            rf"\b(?:{nouns}|supervisor)\s+['\"]?((?-i:[A-Z][a-z]{{2,}})|[A-Za-z]+[-._]?\d+|(?-i:[a-z]+[._]\w+)|(?<=['\"])\w+)",
            re.IGNORECASE,
        )
        has = re.compile(
            r"(?<![.:;\n] )(?<!\n)(?<!^)\b([A-Z][a-z]{2,})(?:'s\b| (?:has|sees|gets|can|cannot|had)\b)",
        )
        listed = re.compile(
            rf"\b(?:{nouns}|{self.lexicon.data['actor_pattern']}|officer|picker|broker|trainer|employer|lead)s?(?: (?:tokens?|accounts?|logins?|users?))?:? (?P<names>(?-i:{_NAME})(?:(?:,? and |, )(?:\w+ )?(?-i:{_NAME}))*)(?![\w-])",
            re.IGNORECASE,
        )
        owners = self._owners(told)
        spoken = {
            name
            for found in listed.finditer(re.sub(r" \([^()]*\)", "", "\n".join(self.case.preconditions)))
            for name in re.split(r",? and |, ", found["names"])
        }
        told = "\n".join(self.case.preconditions)
        numbered = {found[1] for found in re.finditer(r"(?:^|[.;] )([A-Z][a-z]+ \d): ", told, re.MULTILINE)}
        keyed = re.search(
            rf"\b(?:{nouns}|client)s? (?P<head>[A-Z])(?P<one>\d)(?: ?- ?| to )(?P=head)(?P<last>\d)\b", told
        )
        many = range(int(keyed["one"]), int(keyed["last"]) + 1) if keyed else ()
        mailed = "\n".join((*self.case.preconditions, *self.case.test_data.values()))
        spoken |= set(re.findall(r"(?<![\w.-])([a-z][\w.-]*)@[\w-]+\.", mailed))
        spoken |= {f"{keyed['head']}{n}" for n in many} if keyed else set()
        spoken |= numbered if len(numbered) > 1 else set()
        lettered = re.compile(rf"\b(?i:{nouns}) ([A-Z])\b")
        calls = re.compile(r"(?<![\w-])([A-Z]) (?:can (?:call|see|send)|hears|sees|calls|hangs up|rings)\b")
        self.letters = {found[1] for found in lettered.finditer(told)}
        heard = "\n".join((told, *self.case.expected_results))
        self.letters |= {found[1] for found in calls.finditer(heard)}
        return (
            owners
            | {found[1] for form in (behind, has) for found in form.finditer(told)}
            | {name if name[-1].isdigit() else name.split(" ")[-1] for name in spoken}
        )

    def _owners(self, told: str) -> set[str]:
        """Pruitt's card expires: a name that is never written small, or with an article, is somebody's."""
        words = set(re.findall(r"[\w'’]+", told)) | set(re.findall(r"\b[Tt]he \w+", told))
        names = set(re.findall(r"\b([A-Z][a-z]{2,})['’]s [a-z]", told))
        return {name for name in names if not {name.lower(), f"the {name}", f"The {name}"} & words}

    def is_person(self, who: str) -> bool:
        """Whether somebody of that name, or in that role, acts in the case."""
        plain = re.sub(
            r"^(?:the|an?|both|another|original|new|first|second|third|other|same)\s+", "", who, flags=re.IGNORECASE
        )
        plain = re.sub(r"['’]s account$", "", re.sub(r"\s*\([^()]*\)", "", plain).strip())
        known = (
            normalise(plain) in self.persons
            or plain in self.letters
            or plain.lower() in ("both", "user", "users", "either")
        )
        return known or bool(self._role.fullmatch(plain))

    def by(self, who: str, text: str) -> str:
        """As who it is; nobody where it is the user."""
        plain = re.sub(r"^The\s", "the ", who)
        plain = re.sub(r"^(Original|New|Second|Third|Other|First)\s", lambda found: f"the {found[1].lower()} ", plain)
        if re.fullmatch(r"[A-Z][a-z]+ [a-z]+", plain):
            plain = f"the {plain[0].lower()}{plain[1:]}"  # Locked user
        if normalise(re.sub(r"^(?:the|an?)\s+", "", plain, flags=re.IGNORECASE)) in _NOBODY:
            return text
        return self.lexicon.phrase("as_actor", actor=plain, action=text)

    def named(self, text: str) -> str:
        """With a small letter, but for names."""
        first = text.split(" ", 1)[0]
        plain = re.sub(r"['’]s$|[,:.]$", "", first)
        known = first in _TITLES or plain in self.names or normalise(plain) in self.persons
        name = known or re.search(r"[A-Z\d_./]", plain[1:]) or (len(plain) == 1 and plain != "A")
        return text if name or not first[:1].isupper() else text[:1].lower() + text[1:]

    def thing(self, text: str) -> str:
        """With an article where it is a common noun: good file -> the good file."""
        named = self.named(text)
        masked = flat(named)
        called = re.search(r"(?:^|\s)[A-Z\d]|^\w+=|^[a-z]+\d+$", masked) or ARTICLED.match(named) or MASK in masked
        datum = any(text.startswith(name) and re.search(r"[A-Z\d]$", name) for name in self.case.test_data)
        return text if datum else named if called else f"the {named}"

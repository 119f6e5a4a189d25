"""What the subject of a result tells: who did what to it, the event that it names, the value that is tried, who may do something."""

import re

from testgen.drafting.outline.english.acts import definite
from testgen.drafting.outline.english.events import Events
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Fact
from testgen.text.marks import mask

_WHO = r"(?:[a-z]+[._]\w+|(?:the |an? )?[A-Za-z][\w-]*(?: [A-Z]\w*)?)"
_DID = re.compile(r"(?P<who>[\w.]+(?: [A-Z]\w*)?)['’]s (?P<noun>[a-z-]+)(?P<rest>(?: .+)?)$")
_BY = re.compile(rf" by (?P<who>{_WHO})(?P<rest> .+)?$")
_HANDLED = ("input", "select", "press", "upload", "open", "change", "search", "delete")
_DEED = re.compile(
    r"(?P<nth>(?:the |an? |another |one )?(?:(?:second|third|next|further|repeated|new) )?)(?P<noun>[a-z-]+)(?P<rest>(?: (?:of|with|without|to|from|by|in|on|at|after|before|within|during|for|as|while) .+)?)$",
    re.IGNORECASE,
)
_JUDGED = re.compile(
    r" (?:(?:is|are|was) (?:not |still |no longer )?(?:refused|rejected|accepted|allowed|denied|blocked|possible|impossible)|works|fails|succeeds)\b"
)
_VALUED = re.compile(r"(?P<what>[A-Z]?[a-z]{2,16}) (?P<value>[-+]?\d[\d.,:]*)$")


class Subjects:
    """Reads them, one form a method."""

    _lexicon: Lexicon
    _reader: Reader
    _events: Events

    def _subject(self, text: str, masked: str) -> Fact | None:
        """The first form that the subject has."""
        verb = self.predicate(masked)
        noun = (
            re.sub(r"\s+(?:still|also|only|now|then|always|afterwards)$", "", text[:verb].strip()) if verb > 0 else ""
        )
        if not noun or "," in mask(noun) or ": " in noun:
            return None
        if re.fullmatch(r"[A-Z][a-z-]+ing", noun) and (alone := self._events.acts(noun.lower())):
            return Fact(alone, outcome=text)
        act = self._possessed(noun) or self._handled(noun, text[verb:]) or self._deed(noun, text[verb:])
        return Fact((act,), outcome=text) if act else None

    def _possessed(self, noun: str) -> Act | None:
        """fd.maria's assignment of 214 to R-50931 -> as fd.maria, assign 214 to R-50931."""
        found = _DID.match(noun)
        deed = self._lexicon.data["deeds"].get(found["noun"]) if found else None
        if not found or not deed:
            return None
        rest = found["rest"].removeprefix(" of ").strip()
        return Act(
            definite(f"{deed} {rest or self._lexicon.phrase('it')}"), "do", (rest,) if rest else (), "", found["who"]
        )

    def _handled(self, noun: str, behind: str) -> Act | None:
        """The remark typed by fd.jonas; three readings taken in flight mode: what was done to it is done."""
        for verb in re.finditer(
            r"(?<=\s)[a-z]+(?= (?:by|in|with|without|at|on|after|before|within|during|from|twice|again|while)\b)", noun
        ):
            known = self._reader.verbs.entry(verb.group())
            if not known or known[1] not in ("past", "participle"):
                continue
            np, rest = noun[: verb.start()].strip(), noun[verb.end() :]
            by = _BY.match(rest)
            if by and not self._is_person(by["who"]):
                return None
            if not by and (
                known[0].group not in _HANDLED and known[0].lemma not in ("take", "make", "type", "place", "scan")
            ):
                return None
            np = (
                f"{np[:1].lower()}{np[1:]}"
                if re.match(r"(?:An?|The|All|One|Two|Three|Four|Five|[A-Z][a-z]+s) ", np + " ")
                else np
            )
            text = f"{known[0].lemma} {np}{(by['rest'] or '') if by else rest}"
            return Act(
                definite(text),
                "do",
                (definite(np),),
                "",
                by["who"] if by else "",
                past=bool(by) and noun.startswith("The "),
            )
        del behind
        return None

    def _deed(self, noun: str, behind: str) -> Act | None:
        """Logout -> log out; re-opening with a short reason -> re-open with a short reason; login with an expired password."""
        found = _DEED.match(noun)
        deed = self._lexicon.data["deeds"].get(found["noun"].lower().replace("re-", "re")) if found else None
        verb = self._reader.verbs.entry(found["noun"].lower()) if found and found["rest"].startswith(" of ") else None
        if found and verb and verb[1] == "base" and verb[0].kind != "system" and not deed:
            deed = verb[0].lemma
        if not found or not deed or (deed == found["noun"].lower() and not found["nth"].strip(" aethnATHN")):
            return None
        if not (found["rest"] or found["nth"] or _JUDGED.match(behind)):
            return None
        rest = re.sub(r"^ of ", " ", found["rest"])
        again = (
            " again" if re.search(r"second|third|next|further|repeated|another", found["nth"], re.IGNORECASE) else ""
        )
        alone = deed.endswith((" in", " out", " off", " up", " over"))
        thing = rest if found["rest"].startswith(" of ") else f"{'' if alone else ' it'}{again}{rest}"
        return Act(definite(f"{deed}{thing}"), "do", (thing.strip(),) if found["rest"].startswith(" of ") else ())

    def _valued(self, text: str, masked: str) -> Fact | None:
        """Qty 8 brings up the screen: the value that is tried."""
        verb = self.predicate(masked)
        found = _VALUED.match(text[:verb].strip()) if verb > 0 else None
        if (
            not found
            or re.match(r" (?:is|are|was|has|have|had|shows?|contains?|stays?|remains?|appears?)\b", text[verb:])
            or found["what"].lower()
            in (
                "page",
                "step",
                "row",
                "line",
                "slot",
                "bin",
                "phone",
                "port",
                "floor",
                "day",
                "chapter",
                "level",
                "room",
                "car",
                "table",
                "station",
                "channel",
                "zone",
                "rule",
                "case",
                "order",
                "user",
                "device",
                "unit",
            )
        ):
            return None
        what = found.group()
        return Fact((Act(self._lexicon.phrase("with", what=what), "variant", (what,)),), outcome=text)

    def _is_person(self, who: str) -> bool:
        who = re.split(r" (?:with|without|in|of|who|from|whose) ", who, maxsplit=1)[0]
        plain = re.sub(r"^(?:the|an?) ", "", who, flags=re.IGNORECASE)
        login = re.fullmatch(r"[a-z]+[._]\w+|[a-z]{3,10}", plain) and plain not in self._lexicon.stop_terms
        return bool(login and plain == who) or self._reader.split_actor(f"{who} does it")[0]

    def predicate(self, masked: str) -> int:
        """Where the finite verb of a clause begins; 0 for none."""
        raise NotImplementedError

"""English: what is named and done: undo of the check-in, the third payment, the second reply, export by the viewer."""

import re

from testgen.drafting.outline.english.acts import NOUNS
from testgen.drafting.outline.english.events import STATE, Events, flat
from testgen.drafting.outline.english.rows import Rows
from testgen.drafting.outline.english.triggers import Triggers
from testgen.drafting.outline.english.usual import Usual
from testgen.text.marks import MASK
from testgen.text.normal import normalise

VALUE = re.compile(rf"(?!\d+(?:st|nd|rd|th)\b)[-+~<>]?\s?(?:[€$£]|(?:EUR|USD|GBP)\s)?[\d{MASK}]")
_AGAIN = re.compile(r"(?:[Tt]he )?(?:[Ss]econd|[Tt]hird|[Aa]nother|[Nn]ext) (?P<deed>[a-z]+)")
ENTERED = re.compile(
    r"\b(?:(?:post)?codes?|pins?|passwords?|numbers?|amounts?|values?|weights?|readings?|quantit(?:y|ies)|qty|names?|reasons?|texts?|address(?:es)?)$",
    re.IGNORECASE,
)
ORDINAL = re.compile(
    r"(?:the |an? )?(?:first|second|third|fourth|fifth|next|another|last|\d+(?:st|nd|rd|th)|new)\s", re.IGNORECASE
)
BEHIND = re.compile(r"\s(?:of|on|in|at|with|without|for|from|to|by|while|after|before|during|as)\s|\s\(|,")
_TIMES = ("second", "third", "fourth", "fifth")
_NAMED_DEED = re.compile(
    r"(?:[Tt]he |[Aa]n? )?(?P<nth>(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Nn]ext|[Aa]nother) )?(?P<what>(?!new |old |wrong |valid )(?:(?!and |or )[a-z][\w-]* ){0,2})(?P<deed>kill|swap|restart|re-?open|scan|export|import|retry|resend|replay|rotation|download|reboot|release|reset|reconnect|resume|unpublish|undo|(?<![a-z] )(?:tap|click|swipe)$)(?P<rest>(?: (?:of|on|in|at|with|without|for|from|to|by|during|within|while)\b.*)?)$"
)
_NTH_RUN = re.compile(r"(?:the )?(?:(?P<nth>1st|first|2nd|second|3rd|third|next|another) )?run", re.IGNORECASE)
TRY = "try it"  # what is done, nothing tells


class Deeds(Rows):
    """Words it."""

    triggers: Triggers
    events: Events
    usual: Usual
    job: str  # that the case names by a code

    def operated(self, cue: str) -> str:
        """See `Trials.operated`."""
        raise NotImplementedError

    def _told(self, cue: str) -> bool:
        raise NotImplementedError

    def deed(self, cue: str) -> str:
        """Undo of the check-in, third payment, ruth's attempt, second pass at 14,240: what is named is done."""
        if self.reader.finite(re.sub(r"\s(?:that|which|who)\s.*", "", cue)) or self.third_in(cue):
            return ""
        of = re.match(r"(?:the |an? )?(?P<deed>[\w-]+) of (?P<what>.+)$", cue, re.IGNORECASE)
        if of and (deed := self.lexicon.data["deeds"].get(of["deed"].lower())):
            return f"{deed} {of['what']}"
        if done := self.by_person(cue):
            return done
        if touched := self.events._done(cue):
            return touched.text
        act = self.triggers._possessed(cue) or self.triggers._deed(cue, " is refused")
        if act and self.operation and re.match(r"(?:start|run|rerun|send|call) it again", act.text):
            return f"{self.operation} again"
        if act:
            return self.by(act.actor, act.text) if act.actor else act.text
        person = re.match(r"(?P<who>[A-Z][\w.-]*)['’]s (?:attempt|try)\b(?P<rest>.*)$", cue)
        if person and self.is_person(person["who"]):
            return self.by(person["who"], f"{TRY}{person['rest']}")
        return self.usual.one_of(cue) or self._carried_out(cue)

    def _carried_out(self, cue: str) -> str:
        """A thing by the verb that goes with it; an event that no verb goes with."""
        if ORDINAL.match(cue) and (done := self.handled(cue)):
            return done  # another ticket paid the same way
        head = BEHIND.split(re.sub(rf"\s{MASK}+", "", flat(cue)), maxsplit=1)[0].split(" ")
        alone = not re.match(r"the |an? ", cue, re.IGNORECASE) and (ORDINAL.match(cue) or cue[:1].islower())
        what = f"the {cue[:1].lower()}{cue[1:]}" if alone else self.named(cue)
        what = re.sub(r"^the (another|new) ", lambda found: f"{'a ' if found[1] == 'new' else ''}{found[1]} ", what)
        first = self.reader.verbs.entry(cue.split(" ", maxsplit=1)[0])
        if (
            first
            and first[1] == "base"
            and first[0].kind == "action"
            and re.match(r"\S+ (?:with|without|by|from|at|during) ", cue)
        ):
            return f"{cue[:1].lower()}{cue[1:]}"
        nth = "enter" if ORDINAL.match(cue) and ENTERED.search(cue) else ""  # the 6th wrong code
        if verb := self.lexicon.data["handled"].get(head[-1].lower()) or nth:
            return f"{verb} {what}"
        if self.is_person(cue):
            return ""
        if done := self._named_deed(cue):
            return done
        if ORDINAL.match(cue) and len(cue.split()) == 2 and VALUE.match(flat(cue.split()[1])):
            return self.operated(cue) or f"apply {what}"
        datum = head[-1].lower() in {normalise(name).split(" ")[0] for name in self.case.test_data}
        if ORDINAL.match(cue) and (datum or re.match(r"\S+ [a-z]+$", cue)):
            return f"{TRY} with {what}"
        event = ORDINAL.match(cue) or (
            not re.match(r"\w+ing\b", cue) and self.events.is_event(cue) and not STATE.fullmatch(cue)
        )
        return self.lexicon.phrase("carry_out", what=what) if event else ""

    def _named_deed(self, cue: str) -> str:
        """The battery swap -> swap the battery; third re-open within a minute -> re-open it a third time within a minute."""
        word = _AGAIN.fullmatch(cue)
        verb = self.reader.verbs.entry(word["deed"]) if word else None
        if verb and verb[1] == "base" and verb[0].kind in ("action", "told") and verb[0].lemma not in NOUNS:
            return f"{verb[0].lemma} again"  # second reply
        found = _NAMED_DEED.match(f"{cue[:1].lower()}{cue[1:]}")
        if found and re.search(r"\b(?:during|of|on|in|at|with|for|from|to|by) $", found["what"]):
            return ""  # cancel during import
        entry = self.reader.verbs.entry(found["deed"]) if found else None
        if not found or not entry or entry[1] != "base" or entry[0].kind not in ("action", "told"):
            return ""
        what = f"the {found['what'].strip()}" if found["what"].strip() else "it"
        nth = (
            f" a {found['nth'].strip().lower()} time"
            if found["nth"] and found["nth"].strip().lower() in _TIMES
            else " again"
            if found["nth"]
            else ""
        )
        return f"{entry[0].lemma} {what}{nth}{found['rest']}"

    def ordinal(self, cue: str) -> str:
        """Third visit 9,640 in takes the number after …: the visit is made."""
        at = self.third_in(cue) if ORDINAL.match(cue) else 0
        return self.deed(cue[:at].strip()) if at else ""

    def job_run(self, cue: str) -> str:
        """The first run, of batch GLX010 -> run GLX010."""
        run = _NTH_RUN.fullmatch(cue) if self.job else None
        return f"run {self.job}{'' if run['nth'] in ('1st', 'first', None) else ' again'}" if run else ""

    def by_person(self, cue: str) -> str:
        """Repair and resume by brewlead -> as brewlead, repair and resume; export as viewer."""
        found = re.match(
            r"(?P<do>[a-z][\w ,]+?) (?:by|as) (?P<who>(?:the |an? )?[\w.-]+)$", f"{cue[:1].lower()}{cue[1:]}"
        )
        if not found or not self.is_person(found["who"]) or self._told(found["do"]):
            return ""
        entry = self.reader.verbs.entry(found["do"])
        if entry and entry[1] == "base" and entry[0].lemma not in self.verb_set("alone"):
            return self.by(found["who"], f"{found['do']} it")
        return self.by(found["who"], self.imperative(found["do"]) or self.deed(found["do"]) or found["do"])

"""Words English steps: acts as imperatives, what is then seen, what is set up and cleaned up."""

import re

from testgen.drafting.outline.english.orders import spans
from testgen.drafting.outline.english.reader import Reader
from testgen.drafting.outline.english.verbs import EnglishVerbs
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act
from testgen.text.actors import without_actor
from testgen.text.marks import mask
from testgen.text.normal import normalise

_GERUND = re.compile(r"\w*[aeiouy]\w*ing")  # not ring, sing
_NO_OBJECT = re.compile(
    r"(?:to|from|in|on|at|for|as|with|after|again|back|while|until|before|when|out|off|up|down|by|during|within)\b"
)
_NOT_LASTING = frozenset(
    (
        "press",
        "click",
        "tap",
        "touch",
        "hold",
        "send",
        "choose",
        "try",
        "repeat",
        "let",
        "make",
        "do",
        "bring",
        "carry",
        "use",
        "apply",
    )
)  # nothing of it is seen but what the product does then
_AND = re.compile(r",? and |, ")
_PLAIN = re.compile(r"(?:an?|one) (?!.* (?:is|are|if|when|can|may|the user)\b)")
_LONG = 7  # words of a noun phrase that is read at a glance
_SHOWN_THING = re.compile(r"[>\"“']|\b(?:page|screen|form|tab|dialog|view|window|dashboard|menu|list)$", re.IGNORECASE)


class Wording:
    """Words English steps: acts as imperatives, what is then seen, what is set up and cleaned up."""

    lexicon: Lexicon
    reader: Reader
    verbs: EnglishVerbs
    _shows: re.Pattern[str]

    def imperative(self, act: Act, objects: tuple[str, ...] | None = None) -> str:
        """The act as an imperative, with who does it."""
        text = act.text
        if objects is not None and objects != act.objects:
            for old, new in zip(act.objects, objects, strict=False):
                at = text.find(old)
                text = text.replace(old, new, 1)
                if at >= 0 and normalise(new) != normalise(old):
                    text = text[: at + len(new)] + re.sub(
                        r"^ (?:which|that|who|whose) (?:has|have|is|are) [^,;]*", "", text[at + len(new) :]
                    )
        return text

    def well_formed(self, action: str) -> bool:
        """An imperative, or "As X, …" with one."""
        words = without_actor(action).split()
        first = words[0].lower() if words else ""
        entry = self.verbs.entry(" ".join(words[:2]).lower()) or self.verbs.entry(first)
        return bool(entry and entry[1] == "base") or (
            first.replace("-", "").isalpha() and not self.verbs.is_third(first) and not _GERUND.fullmatch(first)
        )

    def sentence(self, text: str) -> str:
        """With a capital, but for names that are written small: setup.exe, sales_daily, iOS."""
        text = text.strip()
        first = text.split(" ", 1)[0]
        named = re.search(r"[./_\d\\@:]", first.rstrip(".,:")) or re.search(r"[A-Z]", first[1:])
        return text if named else text[:1].upper() + text[1:]

    def observe(self, outcome: str) -> str:
        """ "the system shows X" -> "X is shown"."""
        text = self.reader.bare(outcome)
        match = self._shows.match(text)
        if match and " and " not in mask(match["np"]):
            shown = self.lexicon.data["patterns"]["shows"][match["verb"].lower()]
            text = f"{match['np']} is {shown}"
        effect = re.match(r"^(?P<verb>opens|starts|closes|shows|displays)\s+(?P<np>(?:(?!\sand\s|,).)+)$", mask(text))
        if effect:
            thing = text[effect.start("np") :]
            text = f"{thing} {'is shown' if effect['verb'] in ('shows', 'displays') else effect['verb']}"
        elif self.verbs.is_third(text.split(" ", 1)[0]):
            text = f"The product {text}"
        return self.sentence(text)

    def shown_beside(self, wanted: str, outcome: str, results: str) -> list[str]:
        """See `Tongue.shown_beside`: "Changed by someone else" and a comparison of both texts."""
        told = self._shows.match(self.reader.bare(outcome))
        things = [told["np"][start:end].strip(" ,") for start, end in spans(_AND, mask(told["np"]))] if told else []
        if not any(normalise(thing) in normalise(wanted) for thing in things):
            return []
        said = self.terms(results)
        beside = [thing for thing in things if _PLAIN.match(thing) and not self.terms(self.head(thing)) & said]
        return [self.lexicon.phrase("beside", what=thing) for thing in beside]

    def terms(self, text: str) -> frozenset[str]:
        """See `Tongue.terms`."""
        raise NotImplementedError

    def head(self, name: str) -> str:
        """See `Tongue.head`."""
        raise NotImplementedError

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """A reset link was issued to mori -> Prepare the reset link issued to mori; a state is none."""
        text = precondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.{1,120}?)\s+(?:was|were|has been|have been)\s+(?P<how>(?:\w+ly\s+)?(?P<verb>issued|created|generated)\b.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        if match:
            noun = re.sub(r"^(?:an?|the|one)\s+", "", text[: match.end("np")], flags=re.IGNORECASE)
            return self.lexicon.phrase("prepare", what=f"the {noun} {text[match.start('how') :]}"), self.sentence(text)
        entry = self.verbs.entry(text.split(" ", 1)[0])
        if (
            entry
            and entry[1] == "base"
            and entry[0].kind == "action"
            and re.match(r"\S+\s+(?:the|an?|all|any|\d)", text)
            and self.reader._imperative(text)
        ):
            return self.sentence(text), self.undone(text)
        return None

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """Unlock the account -> The account is unlocked."""
        text = postcondition.strip().rstrip(".")
        match = re.match(
            r"^(?P<np>.{1,120}?)\s+(?:is|are|has been|have been)\s+(?P<verb>\w+)\b(?P<rest>.*)$",
            mask(text),
            re.IGNORECASE | re.DOTALL,
        )
        lemma = self.verbs.lemma_of_past(match["verb"]) if match else None
        if match and lemma:
            noun = text[: match.end("np")]
            return self.sentence(f"{lemma} {noun[0].lower()}{noun[1:]}{text[match.start('rest') :]}"), self.sentence(
                text
            )
        entry = self.verbs.entry(text.split(" ", 1)[0])
        if "=" in text:
            return self._made_sure(text), self.sentence(text)
        if (entry and entry[1] == "base") or re.match(r"[A-Za-z-]+\s+(?:the|all|an?|any|every)\s", text):
            done = self.undone(text)
            return self.sentence(text), done if done != self.sentence(text) else self.lexicon.phrase("no_error")
        bare = re.match(r"^(?P<np>[^,]{1,80}?)\s+(?P<verb>[a-z]+)\b(?P<rest>[^,]*)$", mask(text))
        lemma = self.verbs.lemma_of_past(bare["verb"]) if bare else None
        if bare and lemma and lemma != bare["verb"]:
            noun = text[: bare.end("np")]
            return self.sentence(f"{lemma} the {noun[0].lower()}{noun[1:]}{text[bare.start('rest') :]}"), self.sentence(
                text
            )
        orders = (entry and entry[1] == "base") or re.match(r"[A-Z][a-z]+ (?:[A-Z\d\"]|the|all|an?)", text)
        if orders and not re.search(r"\b\w+ed\b|\s(?:is|are)\s", mask(text)):
            return self.sentence(text), self.undone(text)
        return self._made_sure(text), self.sentence(text)

    def _made_sure(self, text: str) -> str:
        """A state of which nobody knows what brings it about."""
        plain = re.match(r"(?:The|An?|All|Both|No|Each|Every|Any|Nothing|None) ", text)
        told = text[:1].lower() + text[1:] if plain else text
        return self.sentence(self.lexicon.phrase("state" if self.reader.finite(text) else "bring_back", condition=told))

    def shown(self, act: Act, following: Act | None = None) -> str:
        """What is opened is shown, what is entered stands there; else what the next act needs is there, or the act is done."""
        observed: dict[str, str] = self.lexicon.phrases["observed"]
        noun = " and ".join(act.objects) or "the page"
        plural = len(act.objects) > 1 or (
            noun.endswith("s") and " > " not in noun and not noun.endswith(("ss", "us", "is"))
        )
        if act.kind == "open" and act.objects and not _SHOWN_THING.search(noun):
            return self.sentence(f"{noun} {'are' if plural else 'is'} open")
        kind = (
            "inputs" if act.kind == "input" and plural else "run" if act.text.lower().startswith("run ") else act.kind
        )
        if kind in observed and kind != "do":
            return self.sentence(observed[kind].format(object=noun, be="are" if plural else "is"))
        if (
            following
            and following.kind in ("input", "select", "press")
            and following.objects
            and len(following.objects) < 3
            and act.actor == following.actor
        ):
            return self.sentence(observed[f"next_{following.kind}"].format(object=" and ".join(following.objects)))
        done = self.undone(act.text) if act.kind not in ("press", "nominal", "told", "made") else ""
        return done if done and done != self.sentence(act.text) else self.sentence(observed["do"])

    def undone(self, text: str) -> str:
        """Delete the coupon -> The coupon is deleted; unpublish and delete it -> It is unpublished and deleted."""
        verb, _, rest = text.partition(" ")
        participle = self.verbs.participle_of(verb)
        more = re.match(r"and (?P<verb>[a-z]+) (?=the |an? |all |both |[A-Z\d])", rest)
        if more and participle and (other := self.verbs.participle_of(more["verb"])):
            participle, rest = f"{participle} and {other}", rest[more.end() :]
        if not participle or not rest or _NO_OBJECT.match(rest):
            return self.sentence(text)
        rest = self._first_act(rest)
        noun = re.split(
            r"\s(?=(?:to|from|in|on|at|for|as|with|after|so|again|back|while|until|before|when|twice|once|an? (?:second|third) time)\b)",
            rest,
            maxsplit=1,
        )
        if (
            self.reader.finite(noun[0])
            or len(noun[0].split()) > _LONG
            or re.search(r",|\b(?:out|off|up|down)\b", noun[0])
        ):
            return self.sentence(text)
        head = noun[0].split(" of ")[0]
        plural = (
            " and " in noun[0]
            or re.match(r"(?:all|both|two|three|four|five|several) ", noun[0])
            or re.match(r"(?:the )?[A-Za-z]+[^su\W]s [A-Z]*\d", noun[0])
            or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
        )
        return self.sentence(
            f"{noun[0]} {'are' if plural else 'is'} {participle}" + (f" {noun[1]}" if len(noun) > 1 else "")
        )

    def _first_act(self, rest: str) -> str:
        """Without a second act: delete it | and check that it is gone; close the door | and lock it."""
        for joint in re.finditer(r",? and (?:then )?(?P<verb>[a-z]+)\b|, then ", mask(rest)):
            entry = self.verbs.entry(joint["verb"]) if joint["verb"] else None
            if not joint["verb"] or (entry and entry[1] == "base" and not rest[joint.end() :].startswith(("s ", ","))):
                return rest[: joint.start()]
        return rest

    def left(self, order: str) -> str:
        """What an order leaves behind, to be seen before the next one: close the door -> The door is closed. See `Tongue.left`."""
        text = without_actor(order)
        text = text[:1].lower() + text[1:]
        observed: dict[str, str] = self.lexicon.phrases["observed"]
        verb, _, rest = text.partition(" ")
        rest = self._first_act(rest)
        if verb == "wait":
            return self.lexicon.phrase("waited_for")
        if clock := re.fullmatch(r"set the clock to (?P<value>.+)", text):
            return self.lexicon.phrase("clock_shown", value=clock["value"])
        if sure := re.fullmatch(r"make sure that (?:this is so: )?(?P<so>.+)", text):
            return self.sentence(sure["so"])
        if switched := re.fullmatch(r"switch (?P<what>[^,]+?)(?<! to) (?P<how>on|off|ON|OFF)(?: again)?", text):
            return self.sentence(f"{switched['what']} is {switched['how']}")
        if mode := re.fullmatch(r"switch to (?P<what>[\w -]+? mode)", text):
            return self.sentence(f"the {mode['what'].removeprefix('the ')} is on")
        if verb == "run" and rest.startswith("`") and ", " not in rest:
            return observed["run"]
        if verb == "open" and (thing := re.match(r"[^,]+?(?=$|,| (?:and|with|again|in|on|at|as|from)\b)", rest)):
            return self.sentence(f"{thing.group()} is open")
        done = self.undone(text) if verb not in _NOT_LASTING else ""
        return done if done and done != self.sentence(text) else observed["do"]

"""Cuts English sentences: trigger and consequent, an act and its effect."""

import re

from testgen.drafting.outline.english.acts import Acts
from testgen.text.marks import mask

_THIRD = re.compile(r"\s[a-z]{3,}s(?=\s(?:up|down|off|on|out|in|back|the|an?|to|with|from|about|\())")
_SEEN_BESIDE = re.compile(
    r",\s(?=(?P<word>[a-z]+ing)\s(?!(?:the|an?|its?|his|her|their|all|both|up|down|in|on|out|off|to)\b)[a-z]+)"
)
_NP_START = re.compile(
    r"(?:the|an?|it|its|they|their|this|that|no|all|each|every|both|nothing|one|his|her)\s", re.IGNORECASE
)


class Clauses(Acts):
    """Cuts English sentences: trigger and consequent, an act and its effect."""

    _front: re.Pattern[str]
    _back: re.Pattern[str]

    def _cut_effect(self, text: str) -> tuple[str, str]:
        """ "presses Start and the infusion continues": the act, and what the product then does."""
        masked = mask(text)
        for joint in re.finditer(r",?\s+(?:and|so)\s+|,\s+", masked):
            rest = masked[joint.end() :]
            first = self._finite.search(rest, 0, 80)
            if (
                _NP_START.match(rest)
                and first
                and not re.search(r",|\sand\b", rest[: first.start()])
                and not self.split_actor(text[joint.end() :])[0]
            ):
                return text[: joint.start()], text[joint.end() :]
        return text, ""

    def halves(self, sentence: str) -> tuple[str, str]:
        """Trigger and consequent; an empty trigger where there is none."""
        masked = mask(sentence)
        if front := self._front.match(masked):
            start = front.end()
            for comma in re.finditer(r",\s*", masked[start:]):
                rest = masked[start + comma.end() :]
                if not self._goes_on(rest):
                    return sentence[start : start + comma.start()], sentence[start + comma.end() :]
            boundary = self._second_clause(masked, start)
            return (
                (sentence[start:boundary].strip(), sentence[boundary:].strip()) if boundary else (sentence[start:], "")
            )
        back = self._back.search(masked)
        if back and not (
            back["word"].lower() in ("after", "once")
            and not self._finite.search(" " + masked[back.end() :])
            and not self.acts(sentence[back.end() :], told=False, led=True)
        ):
            seen = _SEEN_BESIDE.search(masked, back.end())
            shown = self.verbs.entry(seen["word"]) if seen else None
            if seen and not (shown and shown[0].kind == "action"):  # walks through a door, | spinning icon at the top
                return sentence[back.end() : seen.start()], sentence[: back.start()] + sentence[seen.start() :]
            return sentence[back.end() :], sentence[: back.start()]
        return "", sentence

    def _goes_on(self, rest: str) -> bool:
        """Whether after a comma the trigger goes on: with another act, or another item of a list."""
        rest = re.sub(r"^(?:and|or|then)\s+", "", rest, flags=re.IGNORECASE)
        first = re.split(r",\s*", rest, maxsplit=1)[0]
        if re.match(r"(?:we|it|they|he|she|i|nothing|no|this|that)\s", rest, re.IGNORECASE):
            return False
        verb = self._verb.match(first)
        entry = self.verbs.entry(verb["verb"]) if verb else None
        if verb and entry and entry[1] == "third":
            return "," in rest
        return "," in rest and not self._finite.search(" " + first) and not self._imperative(first)

    def _second_clause(self, masked: str, start: int) -> int:
        """Where a consequent begins without a comma: after the door is closed | the printer warms up."""
        led = self._verb.match(masked, start)
        entry = self.verbs.entry(led["verb"]) if led else None
        gerund = led.end("verb") if led and entry and entry[1] == "gerund" else 0
        event = re.match(r"(?:the |an? )?([a-z-]+)", masked[start:])
        if (
            not gerund and event and event[1] in self.lexicon.data["deeds"]
        ):  # after login with the old password | the page …
            gerund = start + event.end()
        first = self._finite.search(masked, start)
        if not first:
            return 0
        position = gerund or first.end()
        for match in re.finditer(r"\s(?=\S)", masked[position:]):
            at = position + match.end()
            if (
                _NP_START.match(masked, at)
                and self._predicate(masked, at)
                and not re.search(
                    r"(?:\bto|\bof|\bin|\bon|\bthan|\bthat|\bwith|\bfor|\bfrom|\band|\bat)\s$",
                    masked[max(position, at - 6) : at],
                )
            ):
                first_verb = self._predicate(masked, at)
                between = masked[at : first_verb.start()] if first_verb else ""
                nested = any(
                    not re.search(
                        r"\b(?:to|of|in|on|with|for|from|and|at|by|under|over)\s$", between[: inner.start() + 1]
                    )
                    for inner in re.finditer(r"\s(?=(?:the|an?|it|they|no|all)\s)", between)
                )
                joined = not masked[position:at].strip() and re.search(r",|\sand\s", between)
                if not nested and not joined:
                    return at
        return 0

    def _predicate(self, masked: str, at: int) -> re.Match[str] | None:
        """The finite verb of the clause that begins here, known or told by its ending."""
        return self._finite.search(masked, at, at + 80) or _THIRD.search(masked, at, at + 60)

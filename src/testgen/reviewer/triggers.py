"""The trigger of an expected result, as the result itself names it, and whether the steps cause it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from testgen.domain.language import Language
from testgen.reviewer.grammar import BEHAVIOURS
from testgen.reviewer.likeness import content
from testgen.text.marks import MASK, mask, quoted_spans
from testgen.text.normal import normalise
from testgen.text.verbs import group_of, inflected, verb_groups

_CODE = re.compile(r"[A-Za-z0-9]+(?:[._][A-Za-z0-9_]+)+|[A-Z][A-Z0-9]*-\d+")
_DURATION = re.compile(
    r"\d+\s*(?:秒|分|時間|日|週間|か月|ヶ月|ms|(?:second|minute|hour|day|week|month)s?\b)(?:間|以上|前|後)*"
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")
# Where time goes by: waiting, a clock, a date, a time of day.
_TIME = re.compile(
    r"待|経過|放置|時計|日時|時刻|日付|\bwait|\bclock|\btime\b|\bdate|\bidle|\bleave\b|\d{1,2}:\d\d|\d{4}[-/年]\d|"
    + _DURATION.pattern
)
_AGAIN = re.compile(
    r"再|もう一|もう1|繰り?返|同じ|\bagain|\bonce more|\brepeat|\bsame\b|\btwice\b|\bsecond\b|\banother\b"
)
_UI = frozenset(("press", "input", "select", "open"))  # verbs of so many steps that they tell none
_CONTROLS = frozenset(
    ("button", "key", "lever", "switch", "handle", "knob", "pedal", "ボタン", "キー", "レバー", "スイッチ")
)
_ALONE = frozenset(("do", "further"))  # groups of verbs that have little in common
_SIGN_IN = re.compile(r"\b(?:sign|log)(?:s|ged|ned|ging|ing)?[ -](?:in|on)\b")
_SIGN_OUT = re.compile(r"\b(?:sign|log)(?:s|ged|ned|ging|ing)?[ -](?:out|off)\b")


@dataclass(frozen=True)
class Trigger:
    """What an expected result waits for: `keys` are labels, numbers and codes; `nouns` and `verbs` are its words."""

    text: str
    keys: frozenset[str] = frozenset()
    durations: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    occurrence: tuple[int, str] | None = None
    act: bool = False


@lru_cache(maxsize=4096)
def trigger_of(result: str, language: Language) -> Trigger | None:
    """The trigger that an expected result itself names; None if it names none."""
    reads = BEHAVIOURS[language]
    occurrence = reads.ordinal(result)
    text = reads.trigger(result)
    if occurrence:
        return Trigger(occurrence[2], occurrence=occurrence[:2])
    if not text.strip():
        return None
    labels = [text[start:end] for start, end in quoted_spans(text)]
    bare = mask(text).replace(MASK, " ")
    plain = reads.digits(normalise(bare))
    durations = frozenset(" ".join(found.split()) for found in _DURATION.findall(plain))
    codes = _CODE.findall(_without_labels(text))
    numbers = _NUMBER.findall(_DURATION.sub(" ", plain))
    words = _words(bare, language)
    verbs = frozenset(verb for word in words if (verb := _verb(word, language)))
    nouns = frozenset(word for word in words if not _verb(word, language) and not any(map(str.isdigit, word)))
    keys = frozenset(map(normalise, (*labels, *codes))) | frozenset(numbers)
    act = bool(verbs or (language == "ja" and "を" in bare)) and not reads.is_by_itself(bare.strip())
    return Trigger(text.strip(" 、,"), keys, durations, nouns, verbs, None, act)


def _without_labels(text: str) -> str:
    for start, end in reversed(quoted_spans(text)):
        text = text[:start] + " " + text[end:]
    return text


def _words(text: str, language: Language) -> frozenset[str]:
    """Content words, English verbs in their base form."""
    if language != "en":
        return frozenset(content(text, language))
    forms = inflected()
    text = _SIGN_OUT.sub("logout", _SIGN_IN.sub("login", normalise(text)))
    plain = re.findall(r"[a-z][a-z-]*", text)
    return frozenset(forms[word] for word in plain if word in forms) | frozenset(
        word for word in content(text, language) if not any(form.startswith(word) for form in plain if form in forms)
    )


def _verb(word: str, language: Language) -> str:
    """The group of a verb, or the verb itself if its group is not a kind of action; empty for any other word."""
    group = group_of(language).get(word, "")
    if not group or verb_groups(language)[group]["class"] not in ("action", "instruction"):
        return ""
    return word if group in _ALONE else group


@dataclass(frozen=True)
class Evidence:
    """What was done up to a step, and what was given before the first."""

    text: str
    actions: tuple[str, ...]
    language: Language

    def brings(self, trigger: Trigger) -> bool:
        """Whether the trigger may have occurred; in doubt, it has."""
        said = BEHAVIOURS[self.language].digits(normalise(self.text))
        if trigger.occurrence:
            return self._reaches(*trigger.occurrence, said)
        if trigger.keys:
            return all(_stands(key, said) for key in trigger.keys)
        if trigger.durations:
            return bool(_TIME.search(said))
        return not trigger.act or self._acts(trigger)

    def _acts(self, trigger: Trigger) -> bool:
        if not trigger.nouns:
            return True  # a bare verb may be said in many ways: restarting is switching off and on
        words = _words(self.text, self.language)
        verbs = {verb for word in words if (verb := _verb(word, self.language))}
        if trigger.nouns <= _CONTROLS and trigger.verbs - _UI:
            return bool((trigger.verbs - _UI) & verbs)  # a button is pressed, and released
        return bool(trigger.nouns & words or (trigger.verbs - _UI) & verbs)

    def _reaches(self, times: int, what: str, said: str) -> bool:
        counted = any(_stands(str(number), said) for number in (times, times - 1))
        if times > len(_FEW):
            return counted
        noun = normalise(what)
        done = sum(not noun or noun in normalise(action) for action in self.actions)
        return counted or bool(_AGAIN.search(said)) or done >= times


_FEW = range(3)


def _stands(key: str, said: str) -> bool:
    if key.replace(".", "").isdigit():
        return bool(re.search(rf"(?<![\d.]){re.escape(key)}(?![\d]|\.\d)", said))
    return key in said or re.sub(r"\s", "", key) in re.sub(r"\s", "", said)


def differ(one: Trigger, other: Trigger) -> bool:
    """Whether two triggers are certainly different; in doubt, they are the same."""
    if one.occurrence and other.occurrence:
        return one.occurrence[0] != other.occurrence[0]
    if one.keys and other.keys:
        return not (one.keys & other.keys)
    if one.durations and other.durations:
        return not (one.durations & other.durations)
    if not (one.act and other.act):
        return False
    told = [trigger.nouns | (trigger.verbs - _UI) for trigger in (one, other)]
    named = [bool(trigger.nouns or trigger.keys) for trigger in (one, other)]
    return all(named) and not told[0] & told[1] and not _named_after(one, other) and not _named_after(other, one)


def _named_after(one: Trigger, other: Trigger) -> bool:
    """Whether a label of one is a word of the other: pressing "Save", after saving."""
    words = " ".join((*other.verbs, *other.nouns))
    return any(word in words for key in one.keys for word in key.split() if len(word) > 1)

"""Who acts in a Japanese clause, and on which screen."""

import re

from testgen.drafting.outline.japanese.morphemes import tokens
from testgen.drafting.outline.lexicon import Lexicon
from testgen.text.marks import mask

_NAMED = ("名詞", "接頭辞", "接尾辞", "代名詞", "形状詞", "空白")
_AT_TIME = re.compile(r"^[^がはをも]{1,30}に[^、がはをにで]{1,20}が$")  # 10:16 にBが
_LEAD = re.compile(
    r"^[^がはもを、]{1,30}(?:(?:間|中|日|時|目|分|秒)(?:に|の間)?[、，]|(?:間|中)に)(?=[^、がはをにで]{1,20}[がは])"
)


class Actors:
    """Who acts in a clause, and on which screen."""

    lexicon: Lexicon
    _actor: re.Pattern[str]
    _generic: set[str]

    def leading_place(self, text: str) -> tuple[str, str]:
        """顧客詳細画面では、担当者が…: the place that comes before the subject."""
        for _, start, end in self.screen_spans(text)[:1]:
            place = re.compile(r"(?:では|にて|で)[、，]?").match(text, end)
            if start == 0 and place:
                return text[: place.end()], text[place.end() :]
        return "", text

    def split_actor(self, text: str) -> tuple[str, str, bool | None]:
        """Who is named, the rest, and whether the subject is a person: None where there is no subject."""
        masked = mask(text)
        if _AT_TIME.match(masked) and self.is_person(who := text[masked.rfind("に") + 1 : -1].strip()):
            return who, text[: masked.rfind("に") + 1], True
        if lead := _LEAD.match(masked):
            named, rest, person = self.split_actor(text[lead.end() :])
            return named, text[: lead.end()] + rest, person
        topic = re.match(r"^[^がはを、]{1,30}は、(?=[^、がはをにで]{1,20}が)", masked)
        if topic and self.is_person(text[topic.end() :].split("が", maxsplit=1)[0]):
            return self.split_actor(text[topic.end() :])
        match = re.match(r"^(?P<who>[^、がはもをにで]{1,40})(?P<mark>が|は|も)[、，]?", masked)
        if match:
            return self._subject(text, match)
        inner = re.search(r"(?P<who>[^、がはをにでへと]{1,20})が(?=[^がを]*[をに]|$)", masked)
        other = inner and not self._actor.search(text[inner.start("who") : inner.end("who")])
        return "", text, False if other else None

    def _subject(self, text: str, match: re.Match[str]) -> tuple[str, str, bool | None]:
        who, rest = text[: match.end("who")].strip(), text[match.end() :]
        if re.fullmatch(r"[A-ZＡ-Ｚ]|[a-z][a-z0-9_-]{2,20}", who):
            return who, rest, True
        if self.is_person(who):
            return "" if who in self._generic or re.sub(r"^.*の", "", who) in self._generic else who, rest, True
        if match["mark"] == "は" and "を" in mask(rest) and self._is_topic(who):
            return "", rest.lstrip(), True
        return "", rest if match["mark"] == "は" and re.match(r"[「『［\[]", rest) else text, False

    def is_person(self, who: str) -> bool:
        """課長, 担当者A, 鈴木課長, B."""
        if re.fullmatch(r"[A-ZＡ-Ｚ]", who) or self._actor.search(who):
            return True
        words = tokens(who)
        return bool(words) and len(words) < 3 and words[0].part_of_speech()[2] == "人名"

    def _is_topic(self, who: str) -> bool:
        """手動実行は…を渡す: the subject is the action itself."""
        words = tokens(who)
        return bool(words) and words[-1].surface() in ("実行", "起動", "再実行", "操作", "再起動", "リラン", "投入")

    def split_screen(self, text: str, group: str) -> tuple[str, str]:
        """The screen where an act happens, and the text without it."""
        for name, start, end in self.screen_spans(text):
            place = re.compile(
                r"(?:上で|にて|では|で|から|(?:上)?の(?=[「『［\[]|[^をにで]{0,12}(?:欄|ボタン|一覧|メニュー|タブ|アイコン|リンク|チェック)))[、，]?"
            ).match(text, end)
            if place and (text[place.end() :] or group == "open"):
                return name, text[:start] + text[place.end() :]
        names = [name for name, _, _ in self.screen_spans(text)]
        return (names[-1] if names and group == "open" else ""), text

    def screen_spans(self, text: str) -> list[tuple[str, int, int]]:
        """Named screens and where they stand."""
        words, found = tokens(text[:600]), []
        for index, word in enumerate(words):
            if word.surface() not in self.lexicon.data["screen_nouns"]:
                continue
            first = index
            while (
                first
                and (
                    words[first - 1].part_of_speech()[0] in _NAMED
                    or words[first - 1].surface() in ("＞", ">", "/", "・", "_", "-")
                )
                and words[first - 1].part_of_speech()[1] not in ("数詞", "代名詞")
                and words[first - 1].surface() not in ("後", "時", "本", "同", "別")
            ):
                first -= 1
            start, end = words[first].begin(), word.end()
            name = text[start:end].strip(" 　＞>・-")
            if first < index and name != word.surface():
                found.append((name, end - len(text[start:end].lstrip(" 　＞>・-")), end))
        return found

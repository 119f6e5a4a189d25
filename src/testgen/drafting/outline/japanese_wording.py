"""Rules 7, 8, 10 to 12 for Japanese: the sentences of setup, checks and clean-up."""

import re

from testgen.drafting.outline.inflection import dictionary_form, passive_stem
from testgen.drafting.outline.japanese import Japanese
from testgen.drafting.outline.model import Action
from testgen.text.marks import mask
from testgen.text.normal import normalise

_EVEN_WITH = re.compile(r"^(?P<x>(?!何|誰|いつ|どこ)[^、。]+)でも[、，]?(?P<y>.+)$")
_TOPIC = re.compile(r"^(.*?[^で])(?:には|では|は|が|も)(?![ぁ-ん]?ない)")
_PERSON = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)\s*(?:さん)?(?:が|は|の|に|を|で|として|\s|$)")


class JapaneseWording:
    """See `testgen.drafting.outline.grammar.Wording`."""

    def __init__(self, grammar: Japanese) -> None:
        self._grammar = grammar
        self._lexicon = grammar.lexicon
        words = self._lexicon.data
        self._at_once = re.compile("|".join(words["patterns"]["seen_at_once"]))
        self._attempt = re.compile(words["patterns"]["attempt"])
        self._lasts = re.compile("|".join(words["patterns"]["lasts"]))
        self._bring = re.compile(
            f"(?P<verb>{'|'.join(sorted(words['bring_about'], key=len, reverse=True))})"
            r"(?:(?:さ?れ)(?:て(?:い|あ)る|ています|た)|して(?:ある|おく|いる|おいた)|した|する|してください|すること|しておくこと)?$"
        )

    def even_with(self, expected_result: str) -> tuple[str, str] | None:
        """正しいパスワードでもログインできない -> (正しいパスワード, ログインできない)."""
        match = _EVEN_WITH.match(mask(expected_result).rstrip("。"))
        if not match or next(self._grammar.inflection.find(match.group("x")), None):
            return None
        return expected_result[: match.end("x")], expected_result[match.start("y") : match.end("y")]

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """クーポンが発行されている -> クーポンを発行する."""
        text = precondition.strip().rstrip("。")
        match = self._bring.search(text)
        if not match or re.search(r"ログイン(?:して|した)", text):
            return None
        before = text[: match.start()]
        if not before or before.endswith(("未", "の", "再")):
            return None
        action = re.sub(r"(?:が|は)(?=[^がは]*$)", "を", before, count=1) if "を" not in mask(before) else before
        seen = re.sub(r"を(?=[^を]*$)", "が", before)
        return f"{action}{match.group('verb')}する", f"{seen}{match.group('verb')}されている"

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """ロックを解除する -> ロックが解除されている."""
        text = re.sub(r"されてい(?:る|ます)$", "される", postcondition.strip().rstrip("。"))
        masked = mask(text)
        last = next((p for p in reversed(list(self._grammar.inflection.find(masked))) if p.end == len(masked)), None)
        if last is None or text.endswith("元の" + last.verb.lemma):
            return (
                (text, text)
                if masked.endswith(("る", "す", "う", "く", "つ"))
                else (f"{text}を元に戻す", f"{text}が元に戻っている")
            )
        before = text[: last.start]
        if last.voice == "passive":
            return re.sub(r"が(?=[^が]*$)", "を", before) + dictionary_form(last.verb), before + passive_stem(
                last.verb
            ) + "ている"
        before = before if last.form != "naked" or before.endswith(("を", "に")) else before.removesuffix("の") + "を"
        seen = re.sub(r"を(?=[^を]*$)", "が", before) + passive_stem(last.verb) + "ている"
        if last.verb.lemma in self._lexicon.data["intransitive"]:
            seen = f"{before}{last.verb.lemma}している" if last.verb.conjugation == "suru" else text
        return before + dictionary_form(last.verb), seen

    def subject(self, expected_result: str) -> str:
        """パスワードは変更されない -> パスワード."""
        masked = mask(expected_result)
        match = _TOPIC.match(masked)
        noun = expected_result[: match.end(1)].strip("、 ") if match else ""
        return re.sub(r"^[^にをへ]+(?:に|へ)(?=[^にへ]+$)", "", noun) or noun

    def seen_at_once(self, expected_result: str) -> bool:
        """Display, transitions, and what the tester can or cannot do."""
        return bool(self._at_once.search(mask(expected_result)))

    def attempt(self, expected_result: str) -> str | None:
        """古い住所ではログインできない -> 古い住所でログインする."""
        found = self._attempt.match(expected_result.rstrip("。"))
        return f"{found['means']}で{found['verb']}する" if found else None

    def head(self, name: str) -> str:
        """正しいパスワード -> パスワード, 会員のID -> ID, クーポン1 -> クーポン."""
        if name.endswith(tuple(self._lexicon.data["patterns"]["things_of_a_screen"])):
            return name
        plain = re.sub(r"[\s_]*(?:[0-9①-⑳]+|(?<![A-Za-zＡ-Ｚ])[A-ZＡ-Ｚ])$", "", name) or name
        plain = re.sub(r"[（(].*?[)）]?$", "", plain) or plain
        plain = re.split(r"の|な|い(?=[ァ-ヶー一-龠A-Za-z])|た(?=[ァ-ヶー一-龠A-Za-z])|[_\s]", plain)[-1] or plain
        katakana = re.search(r"[ァ-ヶー]{2,}(?:コード|番号|名|数)?$", plain)
        latin = re.search(r"[A-Za-z]{2,}$", plain)
        han = re.fullmatch(r"(?:正|誤|新|旧|現|有効|無効|不正|正常|異常|別|再|正当)([一-龠]{2,})", plain)
        found = katakana or latin
        return found.group() if found else han.group(1) if han else plain

    def named(self, datum: str, instead_of: str) -> str:
        """The datum's own name."""
        del instead_of
        return datum

    def check(self, subject: str, owner: str, where: str) -> str:
        """The action of a check step."""
        if owner and any(subject == word for word in self._lexicon.data["owned"]):
            subject = self._lexicon.phrase("owner", owner=owner, subject=subject)
        return self._lexicon.phrase("check", where=where, subject=subject)

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """会員 tanaka が登録済み -> tanaka."""
        for text in preconditions:
            for noun in self._lexicon.data["actor_nouns"]:
                position = text.find(noun)
                if position >= 0 and (match := _PERSON.match(text[position + len(noun) :].lstrip(" 　"))):
                    return match.group(1)
        return ""

    def prepare(self, name: str, value: str) -> tuple[str, str]:
        """在庫数 = 1 -> 在庫数を 1 に設定する; 商品 = A-100 -> 商品を用意する; 無操作時間 = 31分 -> 31分待つ."""
        if self.lasts(name):
            return self._lexicon.phrase("wait", value=value), self._lexicon.phrase("waited", value=value)
        if re.search(self._lexicon.data["attributes"], name):
            return f"{name}を{_spaced(value)}に設定する", self.state_of(name, value)
        return self._lexicon.phrase("prepare", what=name), self._lexicon.phrase("prepared", name=name, value=value)

    def lasts(self, name: str) -> bool:
        """Whether a datum is a time that has to pass."""
        return bool(self._lasts.search(name.replace("_", " ")))

    def state_of(self, name: str, value: str) -> str:
        """What is seen when a prepared thing has a datum's value."""
        return f"{name}が{_spaced(value)}になっている"

    def repeat(self, action: str, first: int, last: int, times: int) -> str:
        """手順2〜3を合計5回行う."""
        span = f"{first}〜{last}" if first != last else f"{last}"
        return self._lexicon.phrase("repeat", action=action, range=span, times=times)

    def nth(self, times: int, expected: str) -> str:
        """5回目に…."""
        return (
            expected
            if f"{times}回" in normalise(expected)
            else self._lexicon.phrase("nth", times=times, expected=expected)
        )

    def object_shown(self, action: Action) -> str:
        """By group; what is opened is shown."""
        template: str = self._lexicon.phrases["observed"][action.group]
        return template.format(object="と".join(action.objects) or "画面")


def _spaced(value: str) -> str:
    return f" {value} " if value[:1].isascii() or value[-1:].isascii() else value

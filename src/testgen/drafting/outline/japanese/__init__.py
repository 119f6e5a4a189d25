"""Japanese, as an object that the stages are given."""

import re
from dataclasses import replace
from functools import lru_cache

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.clauses import split_clauses
from testgen.drafting.outline.japanese.flow import NO_DEEDS, implied
from testgen.drafting.outline.japanese.given import apart
from testgen.drafting.outline.japanese.inflection import passive_stem, verb_stem
from testgen.drafting.outline.japanese.jobs import ON_A_SCREEN, by_hand
from testgen.drafting.outline.japanese.morphemes import TRIGGER, Clause, tokens
from testgen.drafting.outline.japanese.opaque import ASIDE
from testgen.drafting.outline.japanese.ordering import Ordering
from testgen.drafting.outline.japanese.reader import Reader
from testgen.drafting.outline.japanese.restoring import Restoring
from testgen.drafting.outline.japanese.retelling import Retelling
from testgen.drafting.outline.japanese.telling import Telling
from testgen.drafting.outline.lexicon import Lexicon, load_lexicon, quoted_terms
from testgen.drafting.outline.model import Act, Fact, Move, Reading
from testgen.drafting.outline.tongue import Tongue
from testgen.text.marks import LABEL, OPEN_POINT, mask
from testgen.text.normal import normalise

_TERM = re.compile(r"[一-龠々]+|[ァ-ヶー]{2,}|[a-z][a-z0-9_-]*|\d+")
_ENDS = re.compile(r"[うくぐすつぬぶむる](?:（[^（）]{0,60}）)?(?:。手順.+行う)?$")
_PERSON = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)\s*(?:さん)?(?:が|は|の|に|を|で|として|\s|$)")


_OR_ELSE = re.compile(r"[（(](?:または|もしくは|あるいは|例)[^（）()]{1,40}[)）]")  # another way to the same
_NONE = re.compile(
    "(?:だれ|誰|何|なに|どれ|どこ|いずれ)(?:に|へ|から|で|と)?も"
)  # だれも繰り上がらない: no thing to look at
_BOTH = re.compile("^(?:どちら|いずれ|両方|すべて|全て)(?:も|の場合も)、?")
_VALUED = re.compile(  # No.1の残高0円
    r"(?P<what>[A-Z]{1,3}\d+(?=[=＝])|\d+[^、。，,はがを「\d\s:：]{2,12}(?=\s\d)|[^、。，,はがを「\d]{1,3}(?:\d(?![:：./]))?[^、。，,はがを「\d＝=]{1,26}?)\s?(?:[-+]?\d|[＝=「]|なし|あり|OK|NG)"
)
_STAYS = re.compile(r"(?P<what>[^、。はが]{2,30}?)のまま")
_TOPIC = re.compile(
    r"(?P<what>[一-龠ァ-ヶー]{2,8})は、?(?=[^、。は]{1,25}を(?:入力|選択|押|スキャン|読み取|タップ|クリック|指定|開))"
)  # 返品はレシート番号を入力して…: how it is done
_PARTS = re.compile(r"[\s　：:・／/()（）]|の(?=[^の]{2,8}$)")
_EVENT = re.compile(r"(?!自動)[一-龠ァ-ヶーA-Za-z]{4,16}")
_ON_A_SCREEN = ("press", "input", "select", "upload")


class Japanese(Telling, Restoring, Retelling, Ordering, Tongue):
    """See `testgen.drafting.outline.tongue.Tongue`."""

    language: Language = "ja"
    separator = "。"

    def __init__(self) -> None:
        self.lexicon = load_lexicon("ja")
        tokens("準備")  # the dictionary of the morphemes is read now
        self.reader = Reader(self.lexicon)
        words = self.lexicon.data
        patterns = words["patterns"]
        self._preserves = re.compile("|".join(patterns["preserves"]))
        self._visible = tuple(patterns["visible"])
        self._at_once = re.compile("|".join(patterns["seen_at_once"]))
        self._attempt = re.compile(patterns["attempt"])
        places = "|".join(map(re.escape, sorted(words["places"], key=len, reverse=True)))
        self._shown_in = re.compile(
            r"(?:^|(?<=[、。]))(?P<place>[^、。はがもを]{1,30}?)(?P<mark>に)(?![入なしよつ])(?:は)?(?=[^、]*(?:が|を|も|は).*(?:印字|出力|記録|表示|登録|追加|残|存在|出る|出ない|届|並ぶ|載る)|[「『])"
        )
        self._place = re.compile(
            rf"(?:^|(?<=[はがもで、。]))(?P<place>[^はがも、。をにで]{{0,40}}?(?:{places}|行|列|[A-Za-z][A-Za-z0-9]{{0,40}}(?:_[A-Za-z0-9]{{1,40}}){{1,6}})(?:\s?の?(?:一番上|先頭|末尾|上部|下部|ヘッダー|バッジ))?)(?:上)?\s?(?P<mark>には|では|に|で|から)(?!き|す)"
        )

    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """See `Tongue.facts`."""
        sentence = _OR_ELSE.sub("", sentence)
        topic = _TOPIC.match(sentence)
        sentence = sentence[topic.end() :] if topic and self._is_act(topic["what"]) else sentence
        by = self._by(sentence) if not told else None
        if by and by[0].kind == "press":
            rest = self.reader.facts(sentence[by[1] :], told=False)
            if not rest or not rest[0].acts:
                return [Fact((by[0],), outcome=sentence[by[1] :])]
            label = by[0].objects[0]
            return [replace(rest[0], acts=(Act(f"{label}を開く", "open", (label,)), *rest[0].acts)), *rest[1:]]
        found = self.reader.facts(sentence, told=told)
        if (
            told
            and not any(fact.acts for fact in found)
            and re.fullmatch(r"[^、。をがは]{1,20}ボタン", sentence.strip())
        ):
            return [Fact((Act(f"{sentence.strip()}を押す", "press", (sentence.strip(),)),))]
        return found

    def core(self, case: TestCase, reading: Reading, known: list[Act]) -> list[Move]:
        """See `Tongue.core`."""
        told = any(fact.acts for fact in reading.facts)
        return implied(case, reading, self, () if told else self.event_of(case.title))

    def by_hand(self, case: TestCase, reading: Reading) -> list[Fact]:
        """See `Tongue.by_hand`."""
        return by_hand(case, reading, self)

    def persons(self, case: TestCase) -> dict[str, str]:
        """See `Tongue.persons`; a role stands before its name here."""
        del case
        return {}

    def dates(self, text: str) -> list[str]:
        """See `Tongue.dates`; a date is a variant of the data here."""
        del text
        return []

    def like(self, act: Act, other: Act) -> bool:
        """See `Tongue.like`."""
        return act.text == other.text

    def heading(self, text: str) -> Fact:
        """See `Tongue.heading`."""
        text = ASIDE.sub("", text)
        text = re.sub(r"(?<=[たるい])(とき|時|場合|際)の|(?<=[一-龠ァ-ヶー])(時|後)の", r"\1\2、", text)
        clauses = [clause for clause in split_clauses(text) if clause.link == TRIGGER]
        found = [self.reader.act(clause, leads=True, told=False, chained=False, own=True) for clause in clauses]
        acts = tuple(act for act in found if act and not re.search("[ぁ-ん]する$", act.text))
        return Fact(acts)

    def event_of(self, title: str) -> tuple[Act, ...]:
        """顧客CSV取込 文字コードの組合せ: the event that a part of a title is the name of."""
        for part in _PARTS.split(title):
            verb = self.reader.verb(Clause(part, verb=f"{part}する")) if _EVENT.fullmatch(part) else None
            by_hand = (verb is None or verb.kind == "action") and not part.endswith(NO_DEEDS)
            by_hand = by_hand and all(word.part_of_speech()[2] != "形状詞可能" for word in tokens(part))  # 振替不能混在
            if by_hand and _EVENT.fullmatch(part) and self._is_act(part):
                return (Act(f"{part}を行う", "told", (part,)),)
        return ()

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, with quoted labels apart."""
        return _terms(text, self.lexicon)

    def screens(self, text: str) -> list[str]:
        """Named screens, as spelt."""
        return [name for name, _, _ in self.reader.screen_spans(text)]

    def head(self, name: str) -> str:
        """正しいパスワード -> パスワード, 会員のID -> ID, クーポン1 -> クーポン."""
        if name.endswith(tuple(self.lexicon.data["patterns"]["things_of_a_screen"])):
            name = re.sub(r"(?:ボタン|欄|入力欄|フィールド|テキストボックス)$", "", name) or name
        name = name.strip("「」『』［］[] ")
        plain = re.sub(r"[\s_]*(?:[0-9①-⑳]+|(?<![A-Za-zＡ-Ｚ])[A-ZＡ-Ｚ])$", "", name) or name
        plain = re.sub(r"[（(].*?[)）]?$", "", plain) or plain
        plain = re.split(r"の|な|い(?=[ァ-ヶー一-龠A-Za-z])|た(?=[ァ-ヶー一-龠A-Za-z])|[_\s]", plain)[-1] or plain
        katakana = re.search(r"[ァ-ヶー]{2,}(?:コード|番号|名|数)?$", plain)
        latin = re.search(r"[A-Za-z]{2,}$", plain)
        han = re.fullmatch(r"(?:正|誤|新|旧|現|有効|無効|不正|正常|異常|別|再|正当)([一-龠]{2,})", plain)
        found = katakana or latin
        return found.group() if found else han.group(1) if han else plain

    def says(self, act: Act, other: Act) -> bool:
        """See `Tongue.says`."""
        verb = verb_stem(act.text[mask(act.text).rfind("を") + 1 :])
        whole = (
            self.head(act.objects[-1]) + verb if act.objects else verb
        )  # パスワードを初期化する: 「パスワード初期化」
        return other.kind in ("press", "select") and any(
            len(label) > 3
            and {verb, whole, re.sub("[ぁ-ん]", "", verb)}
            & {verb_stem(label[1:-1]), re.sub(r"(?:確定|実行|完了|開始)$", "", label[1:-1])}
            for label in LABEL.findall(other.text)
        )

    def same_verb(self, act: Act, other: Act) -> bool:
        """See `Tongue.same_verb`."""
        verbs = {verb_stem(text[mask(text).rfind("を") + 1 :]) for text in (act.text, other.text)}
        return len(verbs) == 1 or any(one in two for one in verbs for two in verbs - {one})

    def owner(self, preconditions: tuple[str, ...]) -> str:
        """会員 tanaka が登録済み -> tanaka."""
        for text in preconditions:
            for noun in self.lexicon.data["actor_nouns"]:
                position = text.find(noun)
                if position >= 0 and (match := _PERSON.match(text[position + len(noun) :].lstrip(" 　"))):
                    return match.group(1)
        return ""

    def imperative(self, act: Act, objects: tuple[str, ...] | None = None) -> str:
        """The act in dictionary form, with who does it."""
        text = act.text
        if objects is not None and objects != act.objects:
            for old, new in zip(act.objects, objects, strict=False):
                text = text.replace(old, new, 1)
        text = re.sub(r"(?<=[A-Za-z0-9])(?=[をにへ](?![ァ-ヶー]))", " ", text)
        return re.sub(r"(?<=[A-Za-z0-9])(?=と[一-龠ァ-ヶー])", " ", text)

    def well_formed(self, action: str) -> bool:
        """Ends in a verb's dictionary form."""
        return bool(_ENDS.search(action.strip()))

    def sentence(self, text: str) -> str:
        """Japanese has no capitals."""
        return text.strip()

    def observe(self, outcome: str) -> str:
        """A consequent as a tester sees it: active becomes passive."""
        clauses = split_clauses(outcome)
        return "、".join(self._observed(clause, last=clause is clauses[-1]) for clause in clauses) or outcome

    def _observed(self, clause: Clause, *, last: bool) -> str:
        text = self.reader.bare(clause.text)
        verb = self.reader.verb(clause)
        if (
            clause.passive
            and last
            and not clause.negative
            and not clause.state
            and clause.verb
            and not text.endswith("る")
        ):
            return self.reader.bare(clause.before) + passive_stem(clause.verb) + "る"
        if (
            not clause.verb
            or clause.state
            or clause.link == TRIGGER
            or clause.negative
            or clause.potential
            or clause.passive
        ):
            return text
        before = re.sub(r"^(?:システム|本システム|サーバー?|アプリ|画面)(?:が|は)", "", self.reader.bare(clause.before))
        if (
            verb is None
            or clause.stem in self.lexicon.data["intransitive"]
            or verb.lemma in self.lexicon.data["intransitive"]
            or "を" not in mask(before)
        ):
            return before + clause.verb if last else text
        return re.sub(r"を(?=[^を]*$)", "が", before) + passive_stem(clause.verb) + ("る" if last else "")

    def check(self, text: str, place: str, owner: str = "") -> str:
        """操作ログで ippan01 のアクセス拒否を確認する; what stands before the eyes needs no place."""
        text = _BOTH.sub("", text)
        if _NONE.match(text) and text.endswith("ない"):
            return f"{text}ことを確認する"
        places, subject = self.lexicon.data["places"], self.subject(text)
        subject = (
            "" if re.search(r"[てで]$", subject) or subject in ("変更", "変化", "差", "影響") else subject
        )  # cut at the wrong place
        named = r"(?:\s?[A-Za-z0-9_]+\s?|\d+件)?(?:の|上の)"
        there = re.search(rf"(?:{'|'.join(map(re.escape, places))}){named}", mask(subject))
        if not place and subject and (there or subject.endswith((*places, *self._visible))):
            return f"{apart(subject)}を確認する"
        if not place and owner and subject in self.lexicon.data["owned"]:
            subject = self.lexicon.phrase("owner", owner=owner, subject=subject)
        valued = _VALUED.match(text) or _STAYS.match(text)
        if not subject and (place or self.at_once(text)) and not (valued and place.endswith("行")):
            return f"{apart(place or self.lexicon.phrase('display'))}を確認する"
        where = place or self.lexicon.fill_in(self.lexicon.phrase("where"))
        what = subject or (valued and re.sub("[にで]$", "", text[: valued.end("what")].strip(" :：")))
        if what == place:
            return f"{apart(place)}を確認する"
        if not what and re.search("(?:ない|[うくすつぬむるぐぶ])$", text) and "、" not in text:
            return f"{apart(where)}で{text}ことを確認する"
        what = what or self.lexicon.phrase("result")
        return self.lexicon.phrase("check", where=apart(where), subject=apart(what))

    def on_screen(self, screen: str) -> str:
        """The name is the place."""
        return screen

    def shown(self, act: Act, following: Act | None = None) -> str:
        """By group; what is opened is shown. Of a press that the case says nothing of, that the next act can be done."""
        if following and act.kind == "press" and following.kind in _ON_A_SCREEN and act.actor == following.actor:
            return f"{following.text}ことができる"
        if act.kind == "open" and act.objects and not (act.screen or self.screens(act.objects[0])):
            return f"{'と'.join(act.objects)}が開いている"
        if act.text.endswith("待つ"):
            return self.lexicon.phrase("waited_for")
        if act.kind == "leave" and not act.objects:
            return act.text.replace("ままにする", "ままになっている")
        if act.kind not in ON_A_SCREEN and (done := self._done(act)):
            return done
        template: str = self.lexicon.phrases["observed"].get(act.kind) or self.lexicon.phrases["observed"]["do"]
        return template.format(object="と".join(act.objects) or "画面")

    def _done(self, act: Act) -> str:
        """What an act leaves behind: ドアを閉める -> ドアが閉められている, 申請する -> 申請が完了する."""
        last = (split_clauses(OPEN_POINT.sub("", act.text)) or [Clause("")])[-1]
        if OPEN_POINT.search(act.text) or not last.verb:
            return ""
        if "を" in mask(last.before):
            before = re.sub(r"を(?=[^を]*$)", "が", last.before)
            return before + passive_stem(last.verb) + "ている"
        return f"{last.stem}が完了する" if last.verb.endswith("する") and not last.before.strip() else ""


@lru_cache(maxsize=4096)  # each sentence of a specification is compared with each result
def _terms(text: str, lexicon: Lexicon) -> frozenset[str]:
    words = {term for term in _TERM.findall(normalise(text)) if len(term) > 1 or term.isdigit()}
    return frozenset((words - lexicon.stop_terms) | quoted_terms(text))

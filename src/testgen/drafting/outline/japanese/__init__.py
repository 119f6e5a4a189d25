"""Japanese, as an object that the stages are given."""

import re

from testgen.domain.language import Language
from testgen.domain.test_case import TestCase
from testgen.drafting.outline.japanese.clauses import TRIGGER, Clause, split_clauses, tokens
from testgen.drafting.outline.japanese.flow import GIVEN, implied
from testgen.drafting.outline.japanese.inflection import passive_stem
from testgen.drafting.outline.japanese.reader import Reader
from testgen.drafting.outline.japanese.results import Results
from testgen.drafting.outline.lexicon import load_lexicon, quoted_terms
from testgen.drafting.outline.model import MEANS, Act, Datum, Fact, Move, Reading
from testgen.text.marks import LABEL, OPEN_POINT, mask
from testgen.text.normal import normalise

_TERM = re.compile(r"[一-龠々]+|[ァ-ヶー]{2,}|[a-z][a-z0-9_-]*|\d+")
_ENDS = re.compile(r"[うくぐすつぬぶむる](?:（）)?(?:。手順.+行う)?$")
_COMPARED = re.compile(
    r"(?:実行|操作|変更|更新|処理|開始|登録|送信|取込|申請|承認|導入)前(?:と|から|の(?:値|状態|件数|金額))|元の(?:値|件数|金額)(?:の|と)|\d[\d,.]*[一-龠ァ-ヶA-Za-z]{0,4}(?:だけ)?(?:増え|増加|減っ|減る|減少)"
)
_PERSON = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)\s*(?:さん)?(?:が|は|の|に|を|で|として|\s|$)")


_ON_A_SCREEN = ("press", "input", "select", "upload")
_TOLD_BY_KIND = (
    "enter_all",
    "input",
    "leave",
    "select",
    "press",
    "open",
    "upload",
    "search",
    "login",
    "logout",
    "change",
)


class Japanese(Results):
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
            rf"(?:^|(?<=[はがも、。]))(?P<place>[^はがも、。をにで]{{0,40}}?(?:{places}|行|列|[A-Za-z]\w*_\w+)(?:\s?の?(?:一番上|先頭|末尾|上部|下部|ヘッダー|バッジ))?)(?:上)?\s?(?P<mark>には|では|に|で|から)(?!き|す)"
        )

    def facts(self, sentence: str, *, told: bool = False) -> list[Fact]:
        """See `Tongue.facts`."""
        by = self._by(sentence) if not told else None
        if by and by[0].kind == "press":
            rest = self.reader.facts(sentence[by[1] :], told=False)
            return [Fact((by[0],), outcome=sentence[by[1] :])] if not any(fact.acts for fact in rest) else rest
        found = self.reader.facts(sentence, told=told)
        if (
            told
            and not any(fact.acts for fact in found)
            and re.fullmatch(r"[^、。をがは]{1,20}ボタン", sentence.strip())
        ):
            return [Fact((Act(f"{sentence.strip()}を押す", "press", (sentence.strip(),)),))]
        return found

    def means(self, precondition: str) -> Fact | None:
        """See `Tongue.means`."""
        able = re.match(r"^(?P<what>[^。]{2,60}(?:変更|設定|指定|操作))(?:できる|(?:が|も)?可能)", precondition)
        acts = [act for fact in self.facts(f"{able['what']}できる") for act in fact.acts] if able else []
        return Fact(tuple(acts), (), " ".join(acts[-1].objects), role=MEANS) if acts else None

    def opening(self, precondition: str) -> Act | None:
        """See `Tongue.opening`."""
        found = re.match(r"^(?P<what>[^、。]{2,40}に(?:発信|アクセス|接続))(?:できる|(?:が|も)?可能)", precondition)
        return Act(f"{found['what']}する", "do") if found else None

    def named_act(self, part: str) -> Act | None:
        """See `Tongue.named_act`."""
        what = re.sub(r"[（(].*$", "", part).strip()
        by_hand = re.fullmatch(r"[A-Za-z0-9一-龠ァ-ヶー]{2,20}", what) and (self._is_act(what) or what.endswith("認証"))
        return Act(f"{what}を行う", "told", (what,)) if by_hand else None

    def done_with(self, datum: Datum) -> Act | None:
        """See `Tongue.done_with`."""
        verb = self.reader.verb(Clause(datum.name, verb=f"{datum.name}する"))
        if verb is None or verb.lemma != datum.name or verb.kind != "action" or verb.conjugation != "suru":
            return None
        mark = " に" if re.search(r"\d:\d\d$", datum.value) else " を" if datum.value[-1:].isascii() else "を"
        return Act(f"{datum.value}{mark}{datum.name}する", verb.group, (datum.value,))

    def given(self, datum: Datum) -> bool:
        """See `Tongue.given`."""
        return bool(GIVEN.search(datum.name))

    def core(self, case: TestCase, reading: Reading, known: list[Act]) -> list[Move]:
        """See `Tongue.core`."""
        return implied(case, reading, self)

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
        text = re.sub(r"(?<=[たるい])(とき|時|場合|際)の|(?<=[一-龠ァ-ヶー])(時|後)の", r"\1\2、", text)
        clauses = [clause for clause in split_clauses(text) if clause.link == TRIGGER]
        found = [self.reader.act(clause, leads=True, told=False, chained=False, own=True) for clause in clauses]
        return Fact(tuple(act for act in found if act and not re.search("[ぁ-ん]する$", act.text)))

    def terms(self, text: str) -> frozenset[str]:
        """Content terms, with quoted labels apart."""
        words = {term for term in _TERM.findall(normalise(text)) if len(term) > 1 or term.isdigit()}
        return frozenset((words - self.lexicon.stop_terms) | quoted_terms(text))

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
        verb = _stem(act.text[mask(act.text).rfind("を") + 1 :])
        return other.kind == "press" and any(
            len(label) > 3 and _stem(label[1:-1]) == verb for label in LABEL.findall(other.text)
        )

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

    def bring_about(self, precondition: str) -> tuple[str, str] | None:
        """〜を設定しておく, 〜を発行する: what someone must bring about; a state is none."""
        text = precondition.strip().rstrip("。")
        clauses = split_clauses(
            re.sub(
                r"(?:て|で)(?:おく|おくこと|ください|おいてください)$",
                lambda found: "てある" if False else found.group(),
                text,
            )
        )
        last = clauses[-1] if clauses else None
        if last is None or not last.verb or last.state or last.past or last.passive or last.negative or last.potential:
            return None
        verb = self.reader.verb(last)
        if verb is None or verb.kind != "action" or verb.group in ("login", "logout") or "が" in mask(last.before):
            return None
        start = text.rfind(last.before) if last.before else 0
        action = text[:start] + last.before + last.verb
        return action, re.sub(r"を(?=[^を]*$)", "が", text[:start] + last.before) + passive_stem(last.verb) + "ている"

    def clean_up(self, postcondition: str) -> tuple[str, str]:
        """ロックを解除する -> ロックが解除されている."""
        text = re.sub(
            r"^(.+)の([一-龠]{2,4})$",
            lambda found: (
                f"{found[1]}を{found[2]}する"
                if tokens(found[2])[-1].part_of_speech()[2] == "サ変可能" and "元" not in found[1]
                else found[0]
            ),
            postcondition.strip().rstrip("。"),
        )
        if state := re.match(r"^(?P<state>.+(?:である|(?<!れ)ている|がある))(?:こと)?$", text):
            return f"{state['state']}ことを確認する", state["state"]
        clauses = split_clauses(text)
        last = clauses[-1] if clauses else None
        if last is None or not last.verb or last.negative or last.potential:
            return (text, text) if self.well_formed(text) else (f"{text}を元に戻す", f"{text}が元に戻っている")
        before = text[: text.rfind(last.before)] + last.before if last.before else ""
        before = (
            before
            if re.search(r"[をにでへがは]$", before) or not before
            else before
            if "を" in mask(before)
            else before.removesuffix("の") + "を"
        )
        if last.passive or last.state:
            before = re.sub(r"[がは](?=[^がは]*$)", "を", before)
        seen = re.sub(r"を(?=[^を]*$)", "が", before) + passive_stem(last.verb) + "ている"
        verb = self.reader.verb(last)
        if verb is not None and verb.lemma in self.lexicon.data["intransitive"] and "を" not in before:
            seen = before + (last.stem + "している" if last.verb.endswith("する") else last.verb)
        if text.endswith(("元に戻す", "元に戻しておく")):
            seen = re.sub(r"を(?=[^を]*$)", "が", before) + "戻っている"
        if re.search(r"[にへ]する$", before + last.verb):
            seen = re.sub(r"を(?=[^を]*$)", "が", before) + "なっている"
        return before + last.verb, seen

    def check(self, text: str, place: str, owner: str = "") -> str:
        """操作ログで ippan01 のアクセス拒否を確認する; what stands before the eyes needs no place."""
        places, subject = self.lexicon.data["places"], self.subject(text)
        named = r"(?:\s?[A-Za-z0-9_]+\s?)?(?:の|上の)"
        there = re.search(rf"(?:{'|'.join(map(re.escape, places))}){named}", mask(subject))
        if not place and subject and (there or subject.endswith((*places, *self._visible))):
            return f"{_apart(subject)}を確認する"
        if not place and owner and subject in self.lexicon.data["owned"]:
            subject = self.lexicon.phrase("owner", owner=owner, subject=subject)
        if not subject and (place or self.at_once(text)):
            return f"{_apart(place or self.lexicon.phrase('display'))}を確認する"
        where = place or self.lexicon.fill_in(self.lexicon.phrase("where"))
        what = subject or self.lexicon.phrase("result")
        return self.lexicon.phrase("check", where=_apart(where), subject=_apart(what))

    def noted(self, text: str, place: str) -> tuple[str, str] | None:
        """See `Tongue.noted`."""
        compared = next((part for part in re.split("[、。]", text) if _COMPARED.search(mask(part))), "")
        subject = self.subject(compared)
        if not subject:
            return None
        where = "" if not place or subject.startswith(place) else f"{_apart(place)}で"
        return f"{where}操作前の{_apart(subject)}を控える", f"操作前の{_apart(subject)}が分かっている"

    def shown(self, act: Act, following: Act | None = None) -> str:
        """By group; what is opened is shown. Of a press that the case says nothing of, that the next act can be done."""
        if following and act.kind == "press" and following.kind in _ON_A_SCREEN and act.actor == following.actor:
            return f"{following.text}ことができる"
        if act.kind == "open" and act.objects and not (act.screen or self.screens(act.objects[0])):
            return f"{'と'.join(act.objects)}が開いている"
        if act.kind == "leave" and not act.objects:
            return act.text.replace("ままにする", "ままになっている")
        if act.kind not in _TOLD_BY_KIND and (done := self._done(act)):
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


def _apart(name: str) -> str:
    """A name in Latin letters stands apart from the particle behind it."""
    return name + " " if name[-1:].isascii() and name[-1:].isalnum() else name


def _stem(verb: str) -> str:
    """差し戻す, 差し戻し -> 差し戻; 登録する -> 登録."""
    return re.sub(r"(?:する|[ぁ-ん]{1,2})$", "", verb)

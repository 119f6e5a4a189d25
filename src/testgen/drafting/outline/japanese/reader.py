"""Reads Japanese: which clauses the tester does, which are conditions, and what comes of them."""

import re
from dataclasses import replace

from testgen.drafting.outline.japanese.clauses import END, TRIGGER, Clause, split_clauses, tokens
from testgen.drafting.outline.lexicon import Lexicon, Verb
from testgen.drafting.outline.model import MEANS, Act, Fact
from testgen.text.marks import mask

_NAMED = ("名詞", "接頭辞", "接尾辞", "代名詞", "形状詞", "空白")
_COUNT = re.compile(r"(\d{1,3}|[二三四五六七八九十])\s*回(?!目|まで|以内|以上|分|答|線|復|数)")
_DIGITS = {kanji: number for number, kanji in enumerate("二三四五六七八九十", 2)}
_LABELS = re.compile(r"[「『［\[][^「」『』［］\[\]\n]{1,60}[」』］\]]")
_ABILITY_OF = re.compile(r"(?P<what>[^、。]{1,80}?)が(?:可能|$)")
_ENVIRONMENT = re.compile(
    r"テスト環境|検証環境|開発者|コンソール|シミュレータ|スタブ|モック|システム日時|システム日付|システム時刻|時計|手動で|コマンド|ツール"
)
_MODIFIED = re.compile(
    r"(?:について|に関して|に対して|として|によって|により|によると|に応じて|ごとに|とともに|に伴い)"
)


class Reader:
    """Sentences into facts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._verbs: dict[str, Verb] = {}
        for verb in lexicon.verbs:
            self._verbs.setdefault(verb.lemma, verb)
        words = lexicon.data
        actors = "|".join(map(re.escape, sorted(words["actor_nouns"], key=len, reverse=True)))
        self._actor = re.compile(
            rf"(?:[一-龠々ァ-ヶーA-Za-z]{{1,12}}の)?[一-龠々ァ-ヶー]{{0,8}}(?:{actors})\s?[A-Za-zＡ-Ｚ0-9_.]{{0,20}}(?:さん|様)?$"
        )
        self._generic = set(words["generic_actors"])
        self._connective = re.compile("^(?:" + "|".join(map(re.escape, words["connectives"])) + ")")
        self._intransitive = set(words["intransitive"])

    def verb(self, clause: Clause) -> Verb | None:
        """The word list's entry for a predicate; compounds are looked up by their end: 新規登録 -> 登録."""
        stem = clause.stem
        for start in range(min(len(stem), 12)):
            if found := self._verbs.get(stem[start:]):
                return found
        return None

    def facts(self, sentence: str, *, told: bool) -> list[Fact]:
        """See `Tongue.facts`."""
        clauses = split_clauses(sentence)
        ends = [index for index, clause in enumerate(clauses) if clause.link == TRIGGER]
        last = clauses[-1] if clauses else None
        ends_by_hand = last is not None and bool(self.act(last, leads=False, told=told, chained=False))
        facts: list[Fact] = []
        current, triggered, who = Fact(), False, ""
        for index, clause in enumerate(clauses):
            leads = any(index < end for end in ends) or (not ends and index < len(clauses) - 1 and ends_by_hand)
            if clause.verb == "できる" and not triggered and (found := self._labels(self.bare(clause.before))):
                current = replace(current, acts=(*current.acts, *found))
                continue
            act = self.act(clause, leads=leads, told=told, chained=bool(current.acts) and not triggered)
            if act:
                who = act.actor or who
                act = replace(act, actor=who)
            if act and (not triggered or leads or clause.link == TRIGGER):
                if current.outcome or (triggered and current.acts and clause.link != TRIGGER):
                    facts.append(current)
                    current, triggered = Fact(), False
                current = replace(current, acts=(*current.acts, act), times=current.times or self.times(clause.text))
            elif clause.link == TRIGGER or (
                leads and not current.acts and not current.outcome and self._circumstance(clause)
            ):
                if current.outcome:
                    facts.append(current)
                    current = Fact()
                current = replace(
                    current,
                    conditions=(*current.conditions, self.bare(clause.text)),
                    times=current.times or self.times(clause.text),
                )
            elif not self._aside(clause):
                said = self.bare(clause.text + ("" if clause.link == END else clause.joint.strip("、，")))
                current = replace(current, outcome="、".join(filter(None, (current.outcome, said))))
            triggered = triggered or clause.link == TRIGGER
            if clause.potential and "を" in mask(clause.before) and _ENVIRONMENT.search(clause.before) and current.acts:
                current = replace(current, outcome=self.bare(clause.before), role=MEANS)
        return [*facts, current] if current != Fact() else facts

    def _circumstance(self, clause: Clause) -> bool:
        """無操作の時間が…を超えてから: a state that comes before the trigger."""
        verb = self.verb(clause)
        if not clause.before.strip("、， ") and clause.verb in ("続ける", "つづける", "引き続く"):
            return None
        return clause.joint.startswith("から") or bool(verb and verb.kind == "rule")

    def _aside(self, clause: Clause) -> bool:
        return not self.bare(clause.text)

    def act(self, clause: Clause, *, leads: bool, told: bool, chained: bool, own: bool = False) -> Act | None:
        """The clause as something to do, where its predicate is an action that a person performs."""
        verb = self.verb(clause)
        if (
            clause.negative
            and verb
            and verb.kind == "action"
            and clause.text.endswith(("ず", "ずに", "ないで"))
            and leads
            and "を" in mask(clause.before)
        ):
            return self._left_out(clause, verb)
        if not clause.verb or clause.state or clause.negative or (verb and verb.kind in ("check", "rule")):
            return self._ability(clause) if clause.potential and not clause.negative else None
        place, text = self.leading_place(self.bare(clause.before))
        actor, text, person = self.split_actor(text)
        text = place + text
        if clause.potential:
            return self._ability(clause, actor) if person is not False or "「" in clause.before else None
        if clause.passive and (clause.link != TRIGGER or not (verb and verb.kind == "action") or person):
            return None
        if verb and verb.group == "open" and re.fullmatch(r"(?:この|その|本|当)?(?:画面|ページ)を", text):
            return None
        if clause.passive:
            text = re.sub(r"[がは](?=[^がは]*$)", "を", text)
        elif person is False and not (clause.link == TRIGGER and verb and verb.ui):
            return None
        elif not self._done_by_tester(clause, verb, bool(person), leads=leads, told=told, chained=chained, own=own):
            return None
        if re.match(r"[をにでとがはへの]", text) or not text.strip() and clause.verb == "する":
            return None
        return self.build(text, clause, verb, actor)

    def _left_out(self, clause: Clause, verb: Verb) -> Act:
        """氏名を入力せずに: the field is left empty."""
        screen, text = self.split_screen(self.bare(clause.before), verb.group)
        text = text.strip("、， ")
        how = (
            self.lexicon.phrase("leave").removeprefix("を")
            if verb.group == "input"
            else self.lexicon.phrase("leave_out").removeprefix("を")
        )
        return Act(text + how, "leave", _objects(text), screen)

    def _done_by_tester(
        self,
        clause: Clause,
        verb: Verb | None,
        person: bool,
        *,
        leads: bool,
        told: bool,
        chained: bool,
        own: bool = False,
    ) -> bool:
        if own and verb and verb.lemma in ("失敗", "停止", "開始", "スキップ") and not clause.joint.startswith(("後", "時")) and clause.before:
            return True
        if verb and verb.kind == "system":
            return person and clause.stem not in self._intransitive
        if re.search(r"(?:画面|ページ|フォーム)(?:へ|に)$", clause.before) and clause.stem in ("進む", "移動", "戻る"):
            return True
        if re.search(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s*$", clause.before) and clause.verb == "する":
            return True
        handled = bool(re.search(r"[をにへ]", mask(clause.before))) or clause.joint.startswith(("後", "時", "直後"))
        if verb is None and clause.joint.startswith(("場合", "とき", "の場合")) and not person:
            return False  # 閉塞を検出した場合: what the product meets
        if not clause.before.strip() and clause.joint.startswith("後") and not own:
            return False  # 解除後も: of what was done before, or by the product
        if clause.verb == "する" and clause.link != TRIGGER:
            return False
        if verb is None:
            if own and not clause.before.strip() and clause.link == TRIGGER and re.fullmatch(r"[一-龠]{2,4}する", clause.verb) and not re.search("完了|終了|経過|発生|超過|到達|変化", clause.stem):
                return True
            again = own and (
                clause.joint.startswith("後")
                and bool(re.fullmatch(r"[ァ-ヶー]{3,}|再.+", clause.stem))
                and not re.search("エラー|完了|終了", clause.stem)
            )
            return (
                again
                or (person or told or leads or chained or clause.link == TRIGGER)
                and "を" in mask(clause.before) + ("を" if clause.verb == "する" and "に" in clause.before else "")
            )
        return (
            verb.ui
            or person
            or told
            or leads
            or chained
            or (clause.link == TRIGGER and (handled or clause.stem not in self._intransitive or True))
        )

    def build(self, text: str, clause: Clause, verb: Verb | None, actor: str) -> Act:
        """The act in dictionary form, with its screen taken out."""
        screen, text = self.split_screen(text, verb.group if verb else "do")
        text, word = text.strip("、， "), clause.verb
        if word == "する" and text[-1:].isascii() and text[-1:].isalpha():
            return Act(f"{text} する", "send", (), screen, actor)
        compound = re.match(r"^(?P<what>[A-Za-z0-9_ァ-ヶー一-龠]{2,})(?P<how>[一-龠]{2}|[ァ-ヶー]{3,})する$", word)
        if (
            compound
            and not text
            and clause.joint
            and compound["how"] in self._verbs
            and compound["what"] not in ("手動", "自動", "新規", "一括", "再度")
        ):
            text, word = compound["what"] + "を", compound["how"] + "する"
        elif re.search(r"[をに].*\d+[回度秒分]$", mask(text)):
            pass
        elif text and "を" not in mask(text) and not re.search(r"[をにでとへがはもらりてく]$", mask(text)):
            text = (text.removesuffix("の") if text.endswith("の") else text) + "を"
        objects = _objects(text)
        kind = verb.group if verb else "do"
        return Act(text + word, kind, objects, screen, actor, self.times(clause.text))

    def _ability(self, clause: Clause, actor: str = "") -> Act | None:
        """「数量」は直接入力できる: what can be done will be done, in its place."""
        verb = self.verb(clause)
        text = self.bare(clause.before)
        if verb is None or verb.kind != "action" or verb.group in ("login", "logout"):
            return None
        _, text, person = self.split_actor(text)
        text = re.sub(r"^[^、をがは]{1,30}(?<=で)(?:は|も)[、，]?", "", text)
        topic = re.match(r"^(?P<what>[^、。はが]{1,60}?)(?:は|が|も)(?P<rest>.*)$", mask(text))
        if topic and not person:
            what, rest = text[: topic.end("what")], text[topic.start("rest") :]
            if re.search(r"で$|だけ|のみ", what):
                return None
            screen, what = self.split_screen(what, verb.group)
            rest = (
                re.sub(r"^.*、|[^、]*(?:以上|以下|以内|まで|のみ)の?[^、を]*を|直接$|から$", "", rest)
                if "を" in rest
                else ""
            )
            return Act(
                f"{what}を{rest}{clause.stem}する" if clause.verb.endswith("する") else f"{what}を{clause.verb}",
                verb.group,
                (what,),
                screen,
                actor,
            )
        return self.build(text, replace(clause, potential=False), verb, actor) if "を" in mask(text) else None

    def _labels(self, text: str) -> tuple[Act, ...]:
        """「一時保存」「完了」ができる: what is labelled can be pressed; the last label leads on."""
        text = re.sub(r"^[^、をがは]{1,30}(?:では|でも|には)[、，]?", "", text)
        entered = re.match(r"(?P<what>[^、。「]{1,40}?)の入力(?:と|や|、|が)", text)
        labels = _LABELS.findall(text)
        acts = [Act(f"{entered['what']}を入力する", "input", (entered["what"],))] if entered else []
        if labels and text.rstrip("がも").endswith(labels[-1]):
            acts.append(Act(f"{labels[-1]}を押す", "press", (labels[-1],)))
        return tuple(acts)

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
        match = re.match(r"^(?P<who>[^、がはもをにで]{1,40})(?P<mark>が|は|も)[、，]?", masked)
        if not match:
            inner = re.search(r"(?P<who>[^、がはをにでへと]{1,20})が(?=[^がを]*[をに]|$)", masked)
            if inner and not self._actor.search(text[inner.start("who") : inner.end("who")]):
                return "", text, False
            return "", text, None
        who = text[: match.end("who")].strip()
        if re.fullmatch(r"[A-ZＡ-Ｚ]", who):
            return who, text[match.end() :], True
        if self._actor.search(who):
            named = "" if who in self._generic or re.sub(r"^.*の", "", who) in self._generic else who
            return named, text[match.end() :], True
        if match["mark"] == "は" and "を" in masked[match.end() :] and self._is_topic(who):
            return "", text[match.end() :].lstrip(), True
        rest = text[match.end() :]
        return "", rest if match["mark"] == "は" and re.match(r"[「『［\[]", rest) else text, False

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

    def bare(self, text: str) -> str:
        """Without connectives and commas before it."""
        previous = None
        while previous != text:
            previous, text = text, self._connective.sub("", text.strip("、， 　"))
        return text

    def times(self, text: str) -> int | None:
        """5回 -> 5, where something is done more than once."""
        match = _COUNT.search(mask(text))
        if not match:
            return None
        count = _DIGITS.get(match.group(1)) or int(match.group(1))
        return count if 2 <= count <= 100 else None


def _objects(text: str) -> tuple[str, ...]:
    """What an act is done to: the names before を, taken apart at と and 、."""
    masked = mask(text)
    end = masked.rfind("を")
    if end < 0:
        end = masked.rfind("に")
    if end < 0:
        return ()
    begin = max(
        (match.end() for match in re.finditer(r"[にではへ](?!ー)|から|より|まで|として", masked[:end])), default=0
    )
    names, start = [], begin
    for match in re.finditer(r"(?<=[^ぁ-ん])(?:と|、|，|や|および|及び|ならびに)(?=[^ぁ-ん])", masked[:end]):
        if match.start() >= begin:
            names.append(text[start : match.start()])
            start = match.end()
    return tuple(name.strip("、， ") for name in (*names, text[start:end]) if name.strip("、， "))

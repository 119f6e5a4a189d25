"""What a result tells that is done, in the case's own words, behind the row of steps that the specification tells of it."""

import re
from dataclasses import replace
from functools import cached_property

from testgen.drafting.outline.japanese.handling import with_value
from testgen.drafting.outline.lexicon import overlap
from testgen.drafting.outline.model import Act, Planned, Portion
from testgen.drafting.outline.planning.stepping import LABELS, Stepping
from testgen.drafting.outline.planning.taking import LEADS
from testgen.text.marks import OPEN_POINT, mask
from testgen.text.normal import normalise

_AFTER = re.compile(r"(?:約)?(?P<long>\d+(?:秒|分|時間|日))(?:間)?後")
_AGAIN = re.compile(
    r"(?:ジョブを|バッチを)?(?:手動で?)?(?:(?:もう一度|再度)(?:実行|起動)|再(?P<verb>実行|起動|投入)|リラン|(?P<first>(?<![再動])(?:起動|実行)))(?:を行う|する)$"
)  # 復旧後に手動再実行する, 02:00 に起動する
_MEANWHILE = re.compile(r"[一-龠ァ-ヶー]{2}中に|途中で")
_SINCE = re.compile(r"(?P<what>[^、。をはが]{2,15}?)(?:(?:から|の)\d+(?:秒|分|時間|日)後(?:に|、)|直後に)")
_WITHOUT_OBJECT = re.compile(r"(?P<when>(?:[^。を]{2,30}(?:後に|で|、))?)(?P<verb>開く|押す|閉じる|読み取る)")
_OPENED = re.compile("[一-龠ァ-ヶーA-Za-z]{0,12}(?:リンク|URL|ページ|PDF|ファイル|メール)")
_BARE = re.compile(r"(?P<when>(?:[^、。を]{0,12}\dに)?)(?P<deed>[一-龠]{2,4}する)")
_TOUCHED = re.compile("(?:タップ|クリック|押下|選択)する|押す|選ぶ")
_GOING = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,8}?)(?:中に|の?途中[でに])、?(?=.{2})")


class InWords(Stepping):
    """Does it."""

    def _make(self, text: str) -> bool:
        """See `Untold._make`."""
        raise NotImplementedError

    def _rule(self, act: Act) -> str:
        """See `Untold._rule`."""
        raise NotImplementedError

    def _do(self, part: Portion) -> None:
        """What a part tells, behind the row of steps that leads to it."""
        self._make(part.do)
        self._since(part.act)
        self._bring(part.do)
        self._set_going(part.do)
        self._open_again(part.act)
        unit = self._saying(part)
        done = f"{part.act.objects[0]}する" if part.act.kind == "told" and part.act.objects else part.do
        last = self.steps[-1].act if self.steps else Act("")
        pressed = LABELS.findall(last.text)[-1:] if last.kind == "press" else []
        begun = any(part.do.startswith(label) and not part.do.startswith(f"{label}中") for label in pressed)
        again = same(last, part.act) or last.text.endswith(done) or begun
        if part.act.actor in ("", last.actor) and again:
            return  # 下書きを公開でき、公開後は…
        if unit and unit.in_row:
            self._walk(unit)
        if unit and unit.sentence not in self.done and self._labels(unit, part.act):
            self._do_unit(unit)
            self._press(unit, part.act)
            return
        act, sentence = self._act_of(self._with_named(self._with_object(self._by_itself(self._whole(part)))))
        if unit and unit.sentence not in self.done:
            self.done.add(unit.sentence)
            sentence = unit.sentence
            wants = self.tongue.terms(part.do)
            told = [told for told in self._acts_of(unit)[0] if wants <= self.tongue.terms(told.text)]
            fuller = told and len(told[-1].text) > len(act.text) and self.tongue.same_verb(told[-1], act)
            act = told[-1] if fuller else act
        self._add_with_job(act, sentence)
        if self.reading.request and act.kind == "do" and re.match(r"\d{3}\b", part.seen):
            self._add(Planned("action", Act(self.tongue.lexicon.phrase("call", request=self.reading.request), "send")))
        if act.kind == "case":
            self.steps[-1].given = self._rule(act)
        elif act.kind != "again":
            self.block, self.led = (len(self.steps), len(self.steps)), False

    def _has_come(self, act: Act) -> bool:
        """リラン後, where it has been run again: whether what is told as past has been done by a step that a result tells."""
        if not act.past or not self._acted():
            return False
        text, noun = self._act_of(act)[0].text, "".join(act.objects)
        done = re.compile(rf"{re.escape(noun)}(?:する|し|を行)" if noun else "(?!)")
        last = next((step.act.text for step in reversed(self.steps) if step.kind == "action"), "")
        return last == text or bool(done.search(last))

    def _add_with_job(self, act: Act, sentence: int) -> None:
        """The job that the case is about runs in the state that an act brings about, or is under way when that comes."""
        meanwhile = self.job is not None and act.kind == "state" and self._comes_meanwhile(act)
        if meanwhile and self.job:
            self._add(Planned("action", self.job))
            act = replace(act, text=f"実行中に{act.text}")
        self._add(Planned("action", self._set(act), sentence=sentence, as_told=act.kind == "quoted"))
        if act.kind in ("state", "set") and self.job and not meanwhile:
            self._add(Planned("action", self.job))

    def _since(self, act: Act) -> None:
        """無効化から60秒後、…: what the time is counted from is done, if nobody has done it."""
        since = _SINCE.match(act.text)
        named = self.tongue.named_act(since["what"]) if since else None
        so = re.compile(rf"(?<!未){re.escape(since['what'])}(?:済|し|さ|\s|$)" if since else "(?!)")
        given = any(map(so.search, self.case.preconditions))
        if named and not given and not self._has_come(replace(named, past=True)):
            self._add(Planned("action", self._with_thing(named)))

    def _with_object(self, act: Act) -> Act:
        """24時間経過後に開く: what has been opened before."""
        bare = _WITHOUT_OBJECT.fullmatch(act.text)
        if not bare:
            return self._with_thing(act)
        for step in reversed(self.steps):
            if before := re.search(rf"(?P<what>[^、。をはがに]{{1,20}})を[^を]{{0,12}}{bare['verb']}$", step.act.text):
                return replace(act, text=f"{bare['when']}{before['what']}を{bare['verb']}")
        thing = _OPENED.search(self.case.title) if bare["verb"] == "開く" else None
        return replace(act, text=f"{bare['when']}{thing.group()}を開く", objects=(thing.group(),)) if thing else act

    def _with_thing(self, act: Act) -> Act:
        """申請を行う, of a case about a 打刻修正申請: as the title names it."""
        bare = re.fullmatch(r"(?P<what>[一-龠ァ-ヶー]{2,6})(?:を行う|する)", act.text)
        if not bare or act.actor or self.job or self._acted() or bare["what"].startswith("再"):
            return act
        said = f"{self.case.title}\n{self.case.objective or ''}"
        of = re.search(
            rf"(?P<of>[A-Za-z0-9一-龠ァ-ヶー]{{2,20}}(?<![時後前中])(?:(?<![者員長])の)?){bare['what']}(?![一-龠ァ-ヶー]*(?:前|後|時|者|中|済|用|書|数|日|API))",
            said,
        )
        return replace(act, text=f"{of.group()}を行う", objects=(of.group(),)) if of else act

    def _open_again(self, act: Act) -> None:
        """Where one of two answers of a dialogue was given, the dialogue is opened again for the other one."""
        acts = [number for number, step in enumerate(self.steps, 1) if step.kind == "action"]
        if len(acts) > 1 and self.handling.are_alternatives(self.steps[acts[-1] - 1].act.text, act.text):
            opening = self.steps[acts[-2] - 1]
            redo = Act(self.tongue.lexicon.phrase("flow_redo", first=acts[-2]), "again_before", (act.text,))
            self._add(Planned("action", redo, opening.expected or "".join(opening.told[-1:])))

    def _whole(self, part: Portion) -> Act:
        """A part's act with what it leaves to others: 長押し, of what was pressed before; …ないまま待つ, as long as it takes."""
        act = part.act
        if labelled := self._by_label(act) or self._failing(act):
            return labelled
        if _TOUCHED.fullmatch(act.text) and (thing := self._last_seen()):
            return replace(act, text=f"{thing}を{act.text}")
        if act.kind == "press" and (order := self.handling.looked_up(act.text.removesuffix("を押す"))):
            return replace(act, text=order, kind="search")
        if act.kind == "leave" and (lasts := _AFTER.match(part.seen)):
            return replace(act, text=re.sub("待つ$", f"{lasts['long']}待つ", act.text))
        if held := re.fullmatch(r"(?P<how>(?:\d+秒)?[長短]押し)(?:を行|す)[うる]", act.text):
            what = self.handling.held(held["how"], [step.act.text for step in self.steps])
            return replace(act, text=f"{what}を{held['how']}する") if what else act
        return act

    def _failing(self, act: Act) -> Act | None:
        """4回失敗する, of a case about ログイン失敗: with what is wrong."""
        found = re.fullmatch(r"(?P<times>\d+回)(?:連続で?|続けて)?失敗する", act.text)
        deed = self.handling.failing() if found else ""
        wrong = next((datum.name for datum in self.reading.data if datum.name.startswith(("誤", "不正"))), "")
        return (
            replace(act, text=f"{wrong}で{found['times']}{deed}する", kind="do") if found and deed and wrong else None
        )

    def _by_label(self, act: Act) -> Act | None:
        """ロック解除する, where the specification has it done at ユーザー詳細画面の「ロック解除」."""
        bare = re.fullmatch(r"(?P<what>[一-龠ァ-ヶー]{3,12})(?:する|を行う)", act.text)
        label = (
            rf"[一-龠ァ-ヶー]{{2,14}}画面の「{re.escape(bare['what'])}」(?=で|を(?:押|タップ|クリック))"
            if bare
            else "(?!)"
        )
        found = re.search(label, self.case.specification or "")
        return replace(act, text=f"{found.group()}を押す", kind="press") if found else None

    def _last_seen(self) -> str:
        """お知らせ, of お知らせが届く, which is tapped then."""
        told = next((step.told[-1] for step in reversed(self.steps) if step.told), "")
        return self.tongue.subject(told).rpartition("の")[2]

    def _bring(self, text: str) -> None:
        """ロック中は…, where a label is called ロック, and nobody has pressed it."""
        order = self.handling.beginning(text)
        thing = order.partition("を")[0].strip("[]［］「」『』")
        if order and not any(thing in step.act.text for step in self.steps):
            self._add(Planned("action", Act(order, "press")))

    def _set_going(self, text: str) -> None:
        """炊飯中に…: what nobody has begun is begun with the key of its name, else brought about."""
        going = _GOING.match(text)
        what = going["what"] if going else ""
        midway = going is not None and "途中" in going.group()
        done = [step.act.text for step in self.steps]
        if (
            not what
            or self.job
            or self.handling.beginning(text)
            or any(what in told for told in (*self.case.preconditions, *done))
        ):
            return
        key = re.search(
            rf"{what}(?:キー|ボタン)", "\n".join((self.case.specification or "", *self.case.expected_results))
        )
        if key:
            press = self.tongue.lexicon.phrase("press_label", label=key.group())
            self._add(Planned("action", Act(press, "press")))
        elif midway:
            if not self._acted() and self.tongue.named_act(what):
                self._add(Planned("action", self._with_thing(Act(f"{what}を行う", "told", (what,)))))
        elif any(map(_GOING.match, done)):  # another state than before
            self._add(Planned("action", Act(f"{what}中の状態にする", "state"), f"{what}中になっている"))

    @cached_property
    def job(self) -> Act | None:
        """The job that the case is about: it is run in each state that a result tells."""
        moves = self.tongue.core(self.case, self.reading, [])
        return next((move.act for move in moves if move.act.kind == "job"), None)

    def _comes_meanwhile(self, act: Act) -> bool:
        """処理中にDB接続が切れた場合: whether a state comes about while the job runs, as the specification tells it."""
        wants = self.tongue.terms(" ".join(act.objects))
        told = (sentence.text for sentence in self.reading.sentences if _MEANWHILE.search(sentence.text))
        return any(overlap(wants, self.tongue.terms(text)) for text in told)

    def _act_of(self, act: Act) -> tuple[Act, int]:
        """The act as the case has it, and the sentence of the specification that it is from."""
        request = self.reading.request
        if request and "を" in mask(act.text) and act.text.endswith(("再送する", "再実行する")):
            return act, -1  # 同じリクエストを再送
        keyed = request and act.kind == "press" and act.text.endswith("キーを押す")
        act = Act("", "case", (act.text.removesuffix("を押す"),)) if keyed else act  # 別のAPIキー
        if request and act.kind in ("case", "state", "set", "told") and act.objects:
            what = self.calls.named(act.objects[0])
            how = "して" if what.endswith("に") or "を" in mask(what) else "の" if what.endswith("回目") else "で"
            return Act(self.tongue.lexicon.phrase("request_with", what=what + how, request=request), "send"), -1
        rerun = _AGAIN.search(act.text)
        if self.job and rerun and "を" not in act.text[: rerun.start()]:
            return self._run_again(self.job, act.text[: rerun.start()], rerun), -1
        if act.kind == "case" and self.job:
            return replace(self.job, text=f"{act.objects[0]}で{self.job.text}"), -1
        number = act.kind == "set" and bool(act.objects) and bool(re.fullmatch(r"\d{3,}", act.objects[0]))
        if act.kind == "set" and act.objects and (number or act.objects[0] in self.case.test_data):
            order = self._handled(act.objects[0])
            return (Act(order, "guess", act.objects) if order else act), -1
        if act.kind == "case":
            again, order = self._again(act), self._handled(act.objects[0])
            whole = again.kind == "again" and self.block[0] != self.block[1]
            return (again if whole or not order else Act(order, "guess", act.objects)), -1
        return self._fuller(act) or (act, -1)

    def _run_again(self, job: Act, lead: str, rerun: re.Match[str]) -> Act:
        """復旧後に手動再実行する, 02:00の起動を行う, 2回実行する: the job by its name, when and how often."""
        how = job.text if rerun["first"] else re.sub("実行する$", f"再{rerun['verb'] or '実行'}する", job.text)
        if lead.endswith("回"):
            return replace(job, text=re.sub("(?=再?(?:実行|起動|投入)する$)", lead, how))
        return replace(job, text=re.sub(r"(?<=[\d時])の$", "に", lead) + how)

    def _with_named(self, act: Act) -> Act:
        """0件のとき, where a datum is 0件用の期間: the same again with it."""
        what = act.objects[0] if act.kind == "state" and act.objects else ""
        named = [
            datum.name for datum in self.reading.data if what and datum.name.startswith(what) and datum.name != what
        ]
        acts = [number for number, step in enumerate(self.steps, 1) if step.kind == "action"]
        if len(named) != 1 or not acts:
            return act
        first, last = self.block if self.block[1] else (acts[-1], acts[-1])
        key = "flow_again" if first == last else "flow_again_all"
        return Act(self.tongue.lexicon.phrase(key, first=first, last=last, what=named[0]), "again", (named[0],))

    def _by_itself(self, act: Act) -> Act:
        """2通目を排出する, where 1通目 has been waited for: what the product does is waited for again."""
        done = re.fullmatch(r"(?P<what>[^をが]{1,20})を(?P<noun>[一-龠]{2,4})する", act.text)
        waited = done and any(f"{done['noun']}されるまで待つ" in step.act.text for step in self.steps)
        if not done or not waited:
            return act
        return replace(act, text=f"{done['what']}が{done['noun']}されるまで待つ", kind="wait")

    def _handled(self, what: str) -> str:
        """What is done with a thing or a value, as the case does it with another one."""
        last = next((step.act for step in reversed(self.steps) if not OPEN_POINT.search(step.act.text)), Act(""))
        known = self.handling.of(what)
        if known or last.kind in ("wait", "again"):
            return known
        return with_value(last.text, what) or self.handling.with_name(last.text, what)

    def _fuller(self, act: Act) -> tuple[Act, int] | None:
        """リンクを開く, which the specification calls メール内のリンクを開く; 11:31に挿入する, of カードを挿入する."""
        bare = _BARE.fullmatch(act.text)
        for fact in self.reading.facts:
            for other in fact.acts:
                if bare and other.text.endswith(f"を{bare['deed']}") and not act.actor:
                    return replace(other, text=bare["when"] + other.text), fact.sentence
                longer = len(act.text) < len(other.text) <= 2 * len(act.text) and other.text.endswith(act.text)
                if longer and len(act.text) > LEADS and not act.actor:
                    return other, fact.sentence
        return None

    def _again(self, act: Act) -> Act:
        """A case of what was done before is tried by doing that again."""
        first, last = self.block
        what = act.objects[0]
        if not last or "→" in act.text or self.steps[last - 1].act.kind in ("wait", "leave", "state"):
            return act
        step = self.steps[last - 1]
        before = "\n".join((step.act.text, *step.told, *(datum.value for datum in step.data)))
        alike = re.sub(r"\d+", "0", re.split(r"[\s(（]", what)[0]) in re.sub(r"\d+", "0", before)
        if not (self.led or alike or overlap(self.tongue.terms(what), self.tongue.terms(before))):
            return act
        key = "flow_again" if first == last else "flow_again_all"
        return Act(self.tongue.lexicon.phrase(key, first=first, last=last, what=what), "again", act.objects)

    def _set(self, act: Act) -> Act:
        """3.3V にする, where a datum has this value among others: 電圧を 3.3V にする."""
        names = [datum.name for datum in self.reading.data if act.kind == "set" and datum.value in act.objects]
        several = [name for name in names if sum(datum.name == name for datum in self.reading.data) > 1]
        return replace(act, text=f"{several[0]}を{act.text}") if several else act


def same(one: Act, other: Act) -> bool:
    """Whether two acts are told in the same words."""
    return normalise(one.text).replace(" ", "") == normalise(other.text).replace(" ", "")

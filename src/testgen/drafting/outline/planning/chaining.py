"""The way that a specification tells by names alone: マイページ > 契約内容 > プラン変更 > 申込; what comes before an act is gone through."""

import re
from collections.abc import Iterator

from testgen.drafting.outline.model import Act, Planned, Reading
from testgen.drafting.outline.tongue import Tongue

_LINK = re.compile(r"\s*(?:→|⇒|->|＞|>)\s*")
_ARROW = re.compile("→|⇒|->")
_HEAD = re.compile(r"^(?:【[^】]{1,20}】|[^:：→>＞]{1,12}[:：])\s*")
_NAME = re.compile(r"[^、。はがを=＝…|]{1,24}")
_PRODUCT = re.compile("サーバ|システム|自動|レスポンス|リクエスト|バッチ")
_LEAST = 3  # names in a row


def along(steps: list[Planned], reading: Reading, tongue: Tongue, about: str) -> list[Planned]:
    """The steps, with the names that stand before the first of them that is one of the row."""
    for sentence, names in _rows(reading):
        ends = [tongue.deed(name) for name in names]
        for number, step in enumerate(steps):
            at = _place_of(step, ends) if step.kind == "action" and not step.verifies[1:] else -1
            told = "\n".join((*(before.act.text for before in steps[:number]), step.act.text.rpartition("、")[0]))
            if at > 1 and not any(name in told for name in names[:at]):
                way = tongue.lexicon.phrase("flow_way", way=" → ".join(names[:at]))
                shown = tongue.lexicon.phrase("flow_reached", name=names[at])
                went = Planned("action", Act(way, "told"), shown, sentence=sentence, as_told=True)
                return [*steps[:number], went, *steps[number:]]
            if at >= 0:
                break
    return _opened(steps, reading, tongue, about)


def _opened(steps: list[Planned], reading: Reading, tongue: Tongue, about: str) -> list[Planned]:
    """設定 > 通知 > おやすみモード, of a case that is about the last of them: the way there comes first."""
    for sentence, names in _rows(reading):
        path = not _ARROW.search(reading.sentences[sentence].text) and names[-1] in about
        if path and not any(name in step.act.text for step in steps for name in names[:-1]):
            way = tongue.lexicon.phrase("flow_way", way=" → ".join(names))
            shown = tongue.lexicon.phrase("screen_shown", screen=f"「{names[-1]}」")
            first = sum(step.kind == "setup" for step in steps)
            went = Planned("action", Act(way, "told"), shown, sentence=sentence, as_told=True)
            return [*steps[:first], went, *steps[first:]]
    return steps


def _rows(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """The sentences that are nothing but names in a row."""
    for number, sentence in enumerate(reading.sentences):
        names = [name.strip() for name in _LINK.split(_HEAD.sub("", sentence.text.strip()))]
        if len(names) >= _LEAST and all(map(_NAME.fullmatch, names)) and not _PRODUCT.search(sentence.text):
            yield number, names


def _place_of(step: Planned, ends: list[str]) -> int:
    done = (
        at
        for at, end in enumerate(ends)
        if end and re.search(rf"{re.escape(end)}(?:する|を行う|を押す|$)", step.act.text)
    )
    return next(done, -1)

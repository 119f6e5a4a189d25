"""Japanese clauses by morphemes (Sudachi): where each ends, its predicate, and how it hangs on the next."""

import re
from typing import TYPE_CHECKING

from testgen.drafting.outline.japanese.inflection import godan_of
from testgen.drafting.outline.japanese.morphemes import (
    CHAIN,
    END,
    HELPERS,
    TAIL,
    TRIGGER,
    Clause,
    is_verb,
    tokens,
)
from testgen.drafting.outline.japanese.nouns import Nouns
from testgen.text.marks import mask

if TYPE_CHECKING:
    pass

_LONGEST = 600  # characters; what is longer is no sentence

_WHEN = re.compile(
    rf"(?:場合|とき|だけ(?=で)|ところ(?=で)|時点(?=で)|時(?!間|刻|点|から)|際|度に|たび|直後|後|あと|のち|以降|状態(?!を|が|と)|まま(?!で(?:ある|あ)|だ|に[しす])){TAIL}"
)
_AFTER = re.compile(rf"後(?=[にはも、，]){TAIL}")
_BEFORE = re.compile(rf"(?:前|まで){TAIL}")
_REASON = re.compile(r"(?:ので|ため|が|けれど|し)[、，]|うえで[、，]?|上で[、，]?")
_ENDED = re.compile(r"(?:こと|もの|ものとする|こととする|必要がある|ようにする|ようになる)?[。\s]*$")
_TO = re.compile(r"と(?=[、，\s]|[^もしいのはがをきす])[、，]?")
_WHO = re.compile(r"(?<=[一-龠ぁ-ん])(た)(?:人|者|利用者|ユーザー)が")  # [編集]を押した人が…


def split_clauses(sentence: str) -> list[Clause]:
    """The clauses of a sentence, in order."""
    text = _WHO.sub(r"\1とき、", sentence.strip("。 　\t"))
    if len(text) > _LONGEST or not text:
        return [Clause(text)] if text else []
    return _Splitter(text).clauses()


class _Splitter(Nouns):
    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)
        self.found: list[Clause] = []
        self.start = 0

    def clauses(self) -> list[Clause]:
        index = 0
        while index < len(self.words):
            word = self.words[index]
            if word.begin() < self.start:
                index += 1
                continue
            index = self._verb(index) if is_verb(self.words, index) else self._noun(index)
        rest = self.text[self.start :].strip("、， ")
        if rest:
            naked = re.match(
                r"^(?P<before>.*(?:[をにでがへ]|から))(?P<verb>[A-Za-z0-9]{0,6}[一-龠ァ-ヶー]{2,8}|kill|[A-Z]{2,6})$",
                mask(rest),
            )
            known = naked and (
                self.words[-1].part_of_speech()[2] == "サ変可能"
                or re.fullmatch(r"[A-Za-z]+|[ァ-ヶー]{3,}", naked["verb"])
            )
            verb = rest[naked.start("verb") :] + "する" if naked and known else ""
            self.found.append(Clause(rest, rest[: naked.end("before")] if naked and verb else "", verb))
        return self.found

    def _verb(self, index: int) -> int:
        """Reads the predicate that begins here; closes the clause where one ends."""
        begin, verb = self._lemma(index)
        last, flags = self._helpers(index)
        stop = self.words[last].end()
        link = self._link(last, flags, stop)
        if link and begin >= self.start:
            joint = self.text[stop : link[1]]
            known = {name: flag for name, flag in flags.items() if name != "te"}
            if joint.startswith("まま") and not self.text[link[1] :].strip():
                link, known = (END, link[1]), {**known, "state": True}  # 戸は開いたまま
            clause = Clause(self.text[self.start : stop], self.text[self.start : begin], verb, link[0], joint, **known)
            self.found.append(clause)
            self.start = link[1]
        return last + 1

    def _lemma(self, index: int) -> tuple[int, str]:
        word = self.words[index]
        lemma = word.dictionary_form()
        if lemma in ("する", "できる", "為る", "出来る", "いたす"):
            if (
                index
                and self.words[index - 1].part_of_speech()[0] in ("名詞", "接尾辞")
                and "Ｘ" not in self.words[index - 1].surface()
            ):
                begin = self._name_start(index - 1)
                return begin, self.text[begin : word.begin()].strip() + "する"
            return word.begin(), "できる" if lemma in ("できる", "出来る") else "する"
        begin = word.begin()
        while index and is_verb(self.words, index - 1) and self.words[index - 1].end() == begin:
            index -= 1  # 登録し直す, 取り除く
            begin = self.words[index].begin()
        if begin != word.begin() and self.words[index].dictionary_form() == "する":
            begin = self._name_start(index - 1)
        return begin, self.text[begin : word.begin()] + (self._potential(index) or lemma)

    def _potential(self, index: int) -> str:
        """押せる -> 押す; 手続きを進める is no potential."""
        word = self.words[index]
        transitive = word.dictionary_form() in ("進める", "開ける") and "を" in self.text[self.start : word.begin()]
        return "" if transitive else godan_of(word.dictionary_form())

    def _helpers(self, index: int) -> tuple[int, dict[str, bool]]:
        """The auxiliaries of a predicate: its last word, and what they say."""
        flags = dict.fromkeys(("passive", "potential", "negative", "state", "past", "causative", "te"), False)
        lemma = self.words[index].dictionary_form()
        flags["potential"] = lemma in ("できる", "出来る") or bool(self._potential(index))
        last = index
        for position in range(index + 1, len(self.words)):
            word = self.words[position]
            kind, lemma = word.part_of_speech()[0], word.dictionary_form()
            past = word.part_of_speech()[4] == "助動詞-タ"  # 読んだ
            if kind == "助動詞" and (past or lemma not in ("だ", "です", "らしい", "ようだ")):
                flags["passive"] |= lemma in ("れる", "られる")
                flags["causative"] |= lemma in ("せる", "させる")
                flags["negative"] |= lemma in ("ない", "ぬ", "ず", "まい")
                flags["past"] |= past
                flags["te"] = False
            elif (
                kind == "助詞"
                and word.surface() in ("て", "で")
                and self.words[position - 1].part_of_speech()[5].startswith("連用形")
            ):
                flags["te"] = True
            elif flags["te"] and lemma in HELPERS and kind in ("動詞", "形容詞"):
                flags["state"] |= lemma in ("いる", "居る", "おる", "ある", "有る")
                flags["te"] = False
            elif flags["te"] and lemma in ("ない", "無い"):
                flags["negative"], flags["state"], flags["te"] = True, True, False
            elif kind == "形容詞" and lemma in ("ない", "無い"):
                flags["negative"] = True
            elif (kind == "助詞" and word.surface() == "ば") or word.surface() in ("ず", "ずに"):
                flags["negative"] |= word.surface() != "ば"
            else:
                break
            last = position
        return last, flags

    def _link(self, last: int, flags: dict[str, bool], stop: int) -> tuple[str, int] | None:
        word, text = self.words[last], self.text
        form, after = word.part_of_speech()[5], text[stop : stop + 1]
        comma = bool(after) and after in "、，"
        if flags["te"]:
            return self._te(after, stop)
        if form.startswith("仮定形") or word.surface() in ("ば", "たら", "だら"):
            match = re.compile(r"(?:ば)?[、，]?").match(text, stop)
            return TRIGGER, match.end() if match else stop
        if word.surface() in ("ず", "ずに", "に") and flags["negative"]:
            return CHAIN, stop + len((re.compile(r"に?[、，]?").match(text, stop) or [""])[0])
        if flags["state"] and word.surface() == "おり":
            return CHAIN, stop + comma
        if form.startswith("連用形") and not flags["past"] and (after_it := _AFTER.match(text, stop)):
            return TRIGGER, after_it.end()  # 差戻し後
        if form.startswith("連用形") and not flags["past"]:
            return (CHAIN, stop + comma) if comma or not after or self._named(stop) else None
        if flags["past"] and text.startswith("後の", stop):
            return TRIGGER, stop + 2
        links = ((_TO, TRIGGER), (_WHEN, TRIGGER), (_BEFORE, TRIGGER), (_REASON, CHAIN), (_ENDED, END))
        found = (
            (match.end(), link)
            for pattern, link in links
            if (match := pattern.match(text, stop)) and not (pattern is _TO and flags["past"])
        )
        end, link = next(found, (stop + 1, CHAIN if comma else ""))
        return (link, end) if link else None

    def _te(self, after: str, stop: int) -> tuple[str, int] | None:
        """閉じても, 閉じてから, 閉じて."""
        if match := re.compile(r"も(?!う)[、，]?").match(self.text, stop):
            return TRIGGER, match.end()
        match = re.compile(r"(?:から)?[、，]?").match(self.text, stop)
        if after in ("は", "の") and not self.text.startswith("はじ", stop):
            return None
        if match and self.text.startswith("からの", stop):
            return None
        return CHAIN, match.end() if match else stop

    def _named(self, stop: int) -> bool:
        """入力し次へ: whether a name comes at once."""
        return any(
            word.begin() == stop and word.part_of_speech()[0] in ("名詞", "代名詞", "接頭辞", "補助記号")
            for word in self.words
        )

"""The results of a case about an API: each tells by a key, a body or a header which call is made, and what the answer is."""

import re

from testgen.drafting.outline.japanese.given import apart
from testgen.drafting.outline.lexicon import Lexicon
from testgen.drafting.outline.model import Act, Datum, Portion
from testgen.text.marks import mask

_CALL = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /[^\s、。`「」→]{1,200}", re.ASCII)
_ANSWERED = re.compile(r"^(?P<what>[^。→⇒]{1,80}?)\s?(?:[:：]|は|→|⇒|->)\s?(?=(?:HTTP\s?)?(?P<code>[1-5]\d\d)(?!\d))")
_OWN = re.compile(
    r"^(?P<call>(?:GET|POST|PUT|PATCH|DELETE) /[^\s、。`「」→]{1,200})[`」]?\s?(?:は|→|⇒|->|[:：](?!//)|の(?=[^、。はが]{1,20}[はが]))\s?"
)
_FIRST = re.compile(r"の?(?:初回|(?<!\d)1回目)$")
_AGAIN = re.compile(r"の?(?:再送|再実行|再試行)$")
_ASIDE = re.compile(r"[（(][^（）()]{1,40}[)）]$")
_ASKED_BY = re.compile(
    r"(?P<what>[一-龠ァ-ヶー]{2,12}?)(?:の?(?:確認|取得|照会|参照))?は、?\s?`?(?P<call>(?:GET) /[^\s、。`「」→]{1,200})",
    re.ASCII,
)
_PLAIN = re.compile(r"[\w.@-]*\d[\w.@-]*", re.ASCII)  # a value and nothing else
_OF_ANSWER = re.compile(r"[1-5]xx|ヘッダ|Content-Type|ボディ|本文|レスポンス|応答")
_OTHER_CALL = re.compile("なし|別|異なる|違う|不正|空")
_KEYED = re.compile(
    r"キー|[Kk]ey|再送|正常|初回|1回目|[Bb]ody1?$|K\d"
)  # a call of another kind goes with a key of its own
_ARROW_THEN = re.compile(r"\s?(?:→|⇒|->).*[うくすつぬむるぐぶ]と(?![い言思])")  # → 429、待つと 200
_HEADER = re.compile("^(?:[A-Z][a-z]+-)+Key$|^Authorization$")
_BODY = re.compile(r"^(?:request\s?)?(?:body|payload|ボディ|本文|リクエスト(?:ボディ|本文)?)\d?$", re.IGNORECASE)


class ApiCalls:
    """Reads them."""

    def __init__(self, request: str, specification: str, lexicon: Lexicon) -> None:
        self.request, self._lexicon = request, lexicon
        query = re.search(rf"{re.escape(request)}\?(?P<name>\w+)=[^&\s]+(?!\S*&)", specification) if request else None
        path = re.findall(r"\{(\w+)\}", request)
        self._parameter = query["name"] if query else path[0] if len(path) == 1 else ""
        told = specification.partition(request or "\n")[2].split("```")
        self._example = next(filter(str.strip, told), "")  # of the body
        self._fields: set[str] = set(re.findall(r'"(\w+)"\s?:', self._example))
        self._fields |= set(re.findall(r"[?&](\w+)=", specification.partition(request or "\n")[2].partition("\n")[0]))
        self._asked = [(found["what"], found["call"]) for found in _ASKED_BY.finditer(specification)]

    def portions(self, text: str) -> list[Portion]:
        """The call that a result tells, and its answer; none where it tells no call."""
        if not self.request:
            return []
        plain = mask(text)
        if own := _OWN.match(plain):
            return [Portion(self._sent("", text[: own.end("call")]), _answer(text[own.end() :]))]
        found = _ANSWERED.match(plain)
        goes_on = found and _ARROW_THEN.search(plain, found.end("what"))
        if (
            not found
            or goes_on
            or found["what"].endswith(("待つ", "する"))
            or "を" in found["what"]
            or _CALL.search(found["what"])
        ):
            return []
        return [Portion(self._of(text[: found.end("what")].strip()), _answer(text[found.end() :]))]

    def named(self, what: str) -> str:
        """1000001 -> zip=1000001, of GET /addresses?zip={zip}."""
        return f"{self._parameter}={what}" if self._parameter and _PLAIN.fullmatch(what) else what

    def _of(self, what: str) -> Act:
        """K1初回, K1再送（同一body）, Keyヘッダなし."""
        aside = found.group() if (found := _ASIDE.search(what)) else ""
        bare = self.named(what.removesuffix(aside).strip())
        again = bool(_AGAIN.search(bare))
        how = _AGAIN.sub("", _FIRST.sub("", bare)) + aside
        made = self._sent(how, self.request)
        return Act(made.text.removesuffix("送る") + "再送する", made.kind, made.objects) if again else made

    def _sent(self, how: str, call: str) -> Act:
        phrase = self._lexicon.phrase
        mark = "" if re.search(r"\d回$", how) else "の" if how.endswith("回目") else "で"
        how = how.removesuffix("で")
        text = phrase("request_with", what=f"{how}{mark}", request=call) if how else phrase("call", request=call)
        return Act(text, "send", (how,) if how else ())

    def takes_body(self, act: Act, name: str) -> bool:
        """Whether a call sends the datum of this name as its body: all those that change something and tell no other one."""
        other = act.objects and re.search(r"[=＝]|[Bb]ody\d|ボディ\d", act.objects[0])
        sends = act.kind == "send" and re.search(r"(?:POST|PUT|PATCH) /", act.text)
        first = not name[-1].isdigit() or (name[-1] == "1" and not act.objects)
        return bool(sends and not other and first and _BODY.match(name))

    def takes_key(self, act: Act, datum: Datum) -> bool:
        """Whether a call goes with a header of this name: all of them, unless one is told to go without or with another."""
        sends = act.kind == "send" and re.search(r"(?:POST|PUT|PATCH) /", act.text)
        return bool(sends and _HEADER.search(datum.name) and not _OTHER_CALL.search(act.text)) and (
            act.objects in ((), (self.request,)) or bool(_KEYED.search(act.objects[0]))
        )

    def takes_field(self, act: Act, datum: Datum) -> bool:
        """Whether a call sends a datum as a field that the example of its body has, and tells no other value of that form."""
        shown = re.search(rf':\s?"?{re.escape(datum.value)}"?\s?[,}}\]]', self._example)
        if shown and act.kind == "send" and act.text == self._lexicon.phrase("call", request=self.request):
            return True
        sends = act.kind == "send" and datum.name in self._fields and f"{datum.name}=" not in act.text
        return bool(sends) and _form(datum.value) not in map(_form, re.findall(r"[\w:+.-]{2,}", act.text, re.ASCII))

    def look(self, seen: str, subject: str) -> str:
        """How what is seen is asked for: by a call that the specification names, else in the answers; empty where nothing says so."""
        for what, call in self._asked:
            if what in seen and subject:
                return f"{self._lexicon.phrase('call', request=call).removesuffix('る')}り、{apart(subject)}を確認する"
        if self.request and _OF_ANSWER.search(seen):
            return f"ここまでの応答で{apart(subject or '内容')}を確認する"
        return ""


def _form(value: str) -> str:
    """SHOP300 -> A0."""
    return re.sub(r"\d+", "0", re.sub("[A-Za-z]+", "A", value))


def _answer(seen: str) -> str:
    """201 -> 201 が返る."""
    return f"{seen} が返る" if re.fullmatch(r"(?:HTTP\s?)?[1-5]\d\d", seen) else seen

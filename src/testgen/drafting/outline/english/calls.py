"""The calls of an interface that an English specification lists, and the words that cases have for them."""

import re

from testgen.domain.test_case import TestCase

_CALL = re.compile(r"\b(?P<method>GET|POST|PUT|PATCH|DELETE)\s+(?P<path>/[\w/{}.:-]*)")
_WORDS = {"GET": ("get", "read"), "POST": ("create", "add"), "PUT": ("update", "replace"), "PATCH": ("edit", "update"), "DELETE": ("delete", "remove")}  # fmt: skip
_NTH = r"(?:(?P<nth>second|third|fourth|another|next|repeated) )?"
_ANSWERED = re.compile(
    r"(?P<who>[A-Z][\w.-]*) (?:gets|receives|has) [1-5]\d\d\b(?: \w+)? (?:on|for|with) (?P<what>[^;:]+)$"
)

_METHOD = r"(?P<same>[Ss]ame )?(?P<method>GET|POST|PUT|PATCH|DELETE)\b(?! /)"
_NAMED = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?{_METHOD}(?: (?:call|request)| (?P<what>(?!with|as\b)[a-z]\w+))?(?P<how>(?: (?:with|without|as)\b.*)?)$"
)
_GIVES = r"(?:returns?|shows?|gives?|answers?|has|gets?|lists?|yields?|responds?|confirms?|is|contains?|fails?|finds?)"
_CLAUSE = re.compile(
    rf"(?:^|, (?:and )?)(?:the |a )?(?P<what>{_METHOD}(?: (?!(?:still|now|then|again|afterwards)\b)[^\s,;:]+){{0,8}}?)(?: (?:still|now|then|again|afterwards|(?:after|before) [^,;:]{{1,60}}?)){{0,3}} {_GIVES}\b"
)
_REQUEST = re.compile(r"(?:[Aa] |[Tt]he )?(?:[Rr]equest|[Cc]all) (?P<how>(?:from|with|without|as|by) .+)$")
_WHOLE = re.compile(rf"(?P<call>(?:GET|POST|PUT|PATCH|DELETE) /\S+) (?:still |now |then )?{_GIVES}\b")
_BODY = re.compile(r"[Ss]end(?:ing)? (?P<body>[{\[].*)$")  # nothing else is sent than with the call
_RETURNS = re.compile(
    r"(?P<what>[A-Za-z][^,;:]{1,80}?) (?:(?:now |still |again )?(?:returns?|answers?|gives?|gets?|yields?|responds?|fails?)(?: with)?|is (?:answered|rejected|refused) with)"
    r" (?:an? )?(?:HTTP )?(?:status )?(?:code )?[1-5]\d\d\b"
)
_VERDICT = re.compile(r"(?P<what>[A-Z][^,;:]{1,80}?) (?:is|are) (?:not |still )?(?:accepted|rejected|refused)\b")
_PARAMETER = re.compile(r"(?P<what>[\w.]+=\S+) [a-z]+s\b")
_CALLED = re.compile(
    r"\b(?:calls?|requests?|responses?|attempts?|after|when|GET|POST|PUT|PATCH|DELETE)\b|\b[a-z]+ing\b", re.IGNORECASE
)


class Calls:
    """Knows them; the words of calls are known only where at least two are listed."""

    def __init__(self, case: TestCase, operation: str = "") -> None:
        self.sent = re.search(r"`(?P<method>[A-Z]+) (?P<path>/[^`]*)`", operation)  # the call that the case is about
        found = dict.fromkeys((call["method"], call["path"]) for call in _CALL.finditer(case.specification or ""))
        self.listed, self.calls = list(found), list(found) if len(found) > 1 else []
        self.data = list(case.test_data)
        self.named: dict[str, str] = {}
        for method, path in sorted(
            self.calls, key=lambda call: ("{" not in call[1]) == (call[0] in ("GET", "PATCH", "PUT", "DELETE"))
        ):
            last = path.rstrip("/").rsplit("/", 1)[-1]
            words = (last,) if last.isalpha() and "{" in path else (method.lower(), *_WORDS[method])
            for word in words:
                self.named.setdefault(word, f"{method} {path}")

    def order(self, cue: str) -> str:
        """Second publish of the same posting -> send `POST /jobs/{id}/publish` again for the same posting."""
        if done := self._by_method(cue):
            return done
        found = re.match(
            rf"{_NTH}(?P<word>[A-Za-z]+)(?P<rest>(?: (?:of|with|without|for|on|by|as|from|in|again)\b.*)?)$",
            cue,
            re.IGNORECASE,
        )
        call = self.named.get(found["word"].lower()) if found else None
        if not found or not call:
            return ""
        body = next((name for name in self.data if name.lower().split(" ")[0] == found["word"].lower()), "")
        rest = re.sub(r"^ of ", " for ", found["rest"])
        sent = f" with the {body}" if body and not rest else ""
        return f"send `{call}`{' again' if found['nth'] else ''}{sent}{rest}"

    def _by_method(self, cue: str) -> str:
        """Same PATCH with no Authorization header -> send `PATCH /orders/{id}` again with no Authorization header."""
        if self.sent and (body := _BODY.match(cue)):
            return f"send {self.sent.group()} with {body['body']}"
        if self.sent and (of := _REQUEST.match(cue)):
            return f"send {self.sent.group()} {of['how']}"
        found = _NAMED.match(cue)
        method = found["method"] if found else ""
        what = (found["what"] if found else None) or ""
        listed = [f"`{method} {path}`" for other, path in self.listed if method == other and what in path]
        if what and not listed:
            return ""
        if self.sent and self.sent["method"] == method:
            listed.append(self.sent.group())
        plain = [f"a {method} request to `{self.sent['path']}`"] if self.sent and method else []
        call = next(iter((*listed, *plain)), "")
        return f"send {call}{' again' if found['same'] else ''}{found['how']}" if found and call else ""

    def answered(self, piece: str) -> str:
        """EMP_B gets 404 on GET, PATCH and close -> each of them, as EMP_B; after both, GET shows the old name."""
        if whole := _WHOLE.match(piece):
            return f"send `{whole['call']}`"
        if (clause := _CLAUSE.search(piece)) and (done := self._by_method(clause["what"])):
            return done
        if not self.calls:
            return ""
        if (returns := _RETURNS.match(piece)) and (done := self._in_turn(returns["what"])):
            return done
        found = _ANSWERED.match(piece)
        orders = [self.order(part) for part in re.split(r", | and ", found["what"])] if found else []
        return f"As {found['who']}, {', then '.join(orders)}" if found and all(orders) else ""

    def tried(self, piece: str) -> str:
        """Expired token returns 401: what the call is made with; empty where it is none."""
        found = _RETURNS.match(piece) or _VERDICT.match(piece) or _PARAMETER.match(piece) if self.sent else None
        return "" if not found or _CALLED.search(found["what"]) else found["what"]

    def _in_turn(self, what: str) -> str:
        """Get after delete -> delete it, then get it; empty where one of them is no call."""
        parts = [re.sub(r"^(?:an?|the) ", "", part) for part in reversed(re.split(r" after ", what))]
        orders = [self.order(part) for part in parts]
        return ", then ".join(orders) if all(orders) else ""

"""The calls of an interface that an English specification lists, and the words that cases have for them."""

import re

from testgen.domain.test_case import TestCase

_CALL = re.compile(r"\b(?P<method>GET|POST|PUT|PATCH|DELETE)\s+(?P<path>/[\w/{}.:-]*)")
_WORDS = {"GET": ("get", "read"), "POST": ("create", "add"), "PUT": ("update", "replace"), "PATCH": ("edit", "update"), "DELETE": ("delete", "remove")}  # fmt: skip
_METHOD = "GET|POST|PUT|PATCH|DELETE"
_BARE = re.compile(
    rf"(?:after [^,;]{{1,60}}, )?(?P<same>(?:the )?same )?(?P<method>(?-i:{_METHOD}))\b(?P<rest>(?: (?:with|without|again|after\w*|for|as|by)\b.*)?)$",
    re.IGNORECASE,
)  # of the one resource of a case
_SHOWN = re.compile(
    rf"(?:{_METHOD}|After [^,;]{{1,60}}, (?:{_METHOD}))\b(?P<rest>[^,;]{{0,60}}?) (?:still |then |now )?(?:returns?|shows?|gives?|lists?|answers?)\b"
)
_BODY = re.compile(r"send(?:ing)? (?P<body>\{.*\})$", re.IGNORECASE)
_NTH = r"(?:(?P<nth>second|third|fourth|another|next|repeated) )?"
_ANSWERED = re.compile(
    r"(?P<who>[A-Z][\w.-]*) (?:gets|receives|has) [1-5]\d\d\b(?: \w+)? (?:on|for|with) (?P<what>[^;:]+)$"
)

_RETURNS = re.compile(
    r"(?P<what>[A-Za-z][^,;:]{1,80}?) (?:(?:now |still |again )?(?:returns?|answers?|gives?|gets?|yields?|responds?|fails?)(?: with)?|is (?:answered|rejected|refused) with)"
    r" (?:an? )?(?:HTTP )?(?:status )?(?:code )?[1-5]\d\d\b"
)


class Calls:
    """Knows them; empty where fewer than two are listed."""

    def __init__(self, case: TestCase) -> None:
        found = dict.fromkeys((call["method"], call["path"]) for call in _CALL.finditer(case.specification or ""))
        self.calls = list(found) if len(found) > 1 else []
        told = [(call["method"], call["path"]) for call in _CALL.finditer(f"{case.title}\n{case.specification or ''}")]
        self.told = {method for method, _ in told}
        self.only = told[0] if len({path for _, path in told}) == 1 else None
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
        if self.only and (alone := self._of_only(cue, *self.only)):
            return alone
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

    def _of_only(self, cue: str, method: str, path: str) -> str:
        """GET after the two failures; the same PATCH with no key; sending {"channels": []}."""
        if bare := _BARE.match(cue):
            told = bare["method"] in self.told
            call = f"`{bare['method']} {path}`" if told else f"a {bare['method']} request to `{path}`"
            return f"send {call}{' again' if bare['same'] else ''}{bare['rest']}"
        body = _BODY.match(cue)
        return f"send `{method} {path}` with {body['body']}" if body else ""

    def answered(self, piece: str) -> str:
        """EMP_B gets 404 on GET, PATCH and close -> each of them, as EMP_B."""
        if self.only and (shown := _SHOWN.match(piece)):
            return self.order(piece[: shown.end("rest")])
        if not self.calls:
            return ""
        if (returns := _RETURNS.match(piece)) and (done := self._in_turn(returns["what"])):
            return done
        found = _ANSWERED.match(piece)
        orders = [self.order(part) for part in re.split(r", | and ", found["what"])] if found else []
        return f"As {found['who']}, {', then '.join(orders)}" if found and all(orders) else ""

    def _in_turn(self, what: str) -> str:
        """Get after delete -> delete it, then get it; empty where one of them is no call."""
        parts = [re.sub(r"^(?:an?|the) ", "", part) for part in reversed(re.split(r" after ", what))]
        orders = [self.order(part) for part in parts]
        return ", then ".join(orders) if all(orders) else ""

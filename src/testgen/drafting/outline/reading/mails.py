"""Which lines of a specification are a mail's frame, and say nothing of the product: headers, greeting, signature, the mail it answers."""

import re

_HEADER = re.compile(
    r"\s*(?:From|To|Cc|Bcc|Subject|Sent|Date|Re|Fwd?|差出人|宛先|件名|送信日時)\s?[:：]\s", re.IGNORECASE
)
_GREETING = re.compile(
    r"\s*(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon)|Morning|Team)\b[^\d\"“]{0,90}$", re.IGNORECASE
)
_CLOSING = re.compile(
    r"\s*(?:Thx|Thanks|Thank you|Cheers|Regards|Best|Kind regards|Many thanks|BR|以上|よろしくお願い)(?![A-Za-z])[^\d\"“]{0,40}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*>|.{0,80}\b(?:wrote|schrieb)\s?:\s*$")
_SIGNATURE = 40  # characters of a line behind the closing words


def frame(source: list[str]) -> set[int]:
    """The numbers of those lines; none where the text is no mail."""
    headers = {number for number, line in enumerate(source) if _HEADER.match(line)}
    if len(headers) < 2:
        return set()
    quoted = {number for number, line in enumerate(source) if _QUOTED.match(line)}
    greeted = next((number for number in _filled(source) if number not in headers), -1)
    greeting = {greeted} if greeted >= 0 and _GREETING.match(source[greeted]) else set()
    return headers | quoted | greeting | _signed(source, headers | quoted)


def _signed(source: list[str], aside: set[int]) -> set[int]:
    """The closing words and the names behind them; a name alone at the end."""
    body = [number for number in _filled(source) if number not in aside]
    closing = next((at for at, number in enumerate(body) if at and _CLOSING.match(source[number])), -1)
    if closing >= 0 and all(len(source[number]) < _SIGNATURE for number in body[closing:]):
        return set(body[closing:])
    alone = body and re.fullmatch(r"\s*[A-Z][a-z]*\.?\s*", source[body[-1]])
    return {body[-1]} if alone else set()


def _filled(source: list[str]) -> list[int]:
    return [number for number, line in enumerate(source) if line.strip()]

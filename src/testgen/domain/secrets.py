"""Passwords, tokens and keys, recognised by their names in places where none may be."""

import re

from testgen.messages import say

_WORD = (
    r"pass(?:word|phrase|code|wd)|pwd?|パスワード|パスフレーズ|パスコード|暗証番号|token|トークン|secret|シークレット|秘密鍵"
    r"|(?:api|access|secret|private)[ _-]?key|(?:API|アクセス|秘密)キー|pin(?:[ _-]?code|コード)?"
)
# The word that says what a thing is stands last: "password length" is no secret, and neither is 「パスワードの桁数」.
_NAME = re.compile(rf"(?:^|[^A-Za-z])(?:{_WORD})s?[\s_-]*(?:\d+|[A-Z]|[（(][^（()）]*[)）])?\s*$", re.IGNORECASE)
_TOLD = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD})\s*(?:[:=：＝]\s*[\"'「]?[!-~]{{3,}}|(?:は|\bis\b)\s*[\"'「]?(?=[!-~]{{0,30}}[\d!#-&*+@^])[!-~]{{3,}})",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(rf"(?<![A-Za-z])(?:{_WORD})(?![A-Za-z])", re.IGNORECASE)

WHY = say(
    "looks like a secret: this file is shared, and its texts go to a model and into "
    "procedures, so passwords do not belong here. Remove it, and say in a note where testers "
    "find it"
)


def names_a_secret(name: str) -> bool:
    """Whether it is the name of a password, a token or a key."""
    return bool(_NAME.search(name))


def speaks_of_a_secret(text: str) -> bool:
    """Whether a text mentions a secret, so that a value next to it may be one: 「パスワード」を入力する."""
    return bool(_SPOKEN_OF.search(text))


def tells_a_secret(text: str) -> bool:
    """Whether a text contains a secret: "password: abc123"."""
    return bool(_TOLD.search(text))

"""Addresses in a text: web pages, mail, machines and shared folders. Every repetition is bounded, so the pattern is linear."""

import re
from functools import lru_cache

# Endings of host names that are written without a scheme; any other dotted word may be a file, a class or a version.
_ENDINGS = (
    "com|net|org|edu|gov|info|biz|jp|uk|de|fr|eu|us|cn|kr|tw|ru|io|ai|co|me|app|dev|cloud|site|online|shop|xyz|top|link|page|"
    "example|test|invalid|local|localhost|internal|lan|corp"
)
_ADDRESS = re.compile(
    rf"""
    (?<![\w+.-]) [a-z][a-z0-9+.-]{{1,20}} :// [^\s/?\#\u3000-\u30ff\uff00-\uffef"<>]{{1,300}} (?: [/?\#] [!\#-;=?-~]{{0,2000}} )?
    | (?<![\w+.-]) (?: javascript | vbscript | mailto | file | data (?= :\w{{1,30}}/ ) ) : [!\#-;=?-~]{{1,2000}}
    | (?<![\w.+-]) [\w.+-]{{1,64}} @ [\w-]{{1,63}} (?: \. [\w-]{{1,63}} ){{1,8}}
    | (?<![\w.@/:-]) // (?: [a-z0-9-]{{1,63}} \. ){{1,8}} [a-z]{{2,20}} [!\#-;=?-~]{{0,2000}}
    | (?<![\w.@\\-]) \\\\ [\w.-]{{1,100}} \\ [\w.$\\-]{{1,300}}
    | (?<![\w.@-]) (?: www (?: \. [a-z0-9-]{{1,63}} ){{1,8}} | (?: [a-z0-9-]{{1,63}} \. ){{1,8}} (?:{_ENDINGS}) (?![\w-]) )
      (?: : \d{{1,5}} )? (?: / [!\#-;=?-~]{{0,2000}} )?
    | (?<![\d.]) \d{{1,3}} (?: \.\d{{1,3}} ){{3}} (?: : \d{{1,5}} )? (?! \d | \.\d ) (?: / [!\#-;=?-~]{{0,2000}} )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TAIL = ".,:;!?'`)]}"


@lru_cache(maxsize=2048)
def addresses(text: str) -> tuple[tuple[int, int], ...]:
    """The positions of the addresses, without the punctuation of the sentence after them."""
    spans = ((match.start(), match.start() + _length(match.group())) for match in _ADDRESS.finditer(text))
    return tuple((start, end) for start, end in spans if end > start)


def _length(address: str) -> int:
    """A closing bracket at the end belongs to the address if the address contains the opening one."""
    end = len(address)
    while end and address[end - 1] in _TAIL and not (address[end - 1] == ")" and "(" in address[:end]):
        end -= 1
    return end

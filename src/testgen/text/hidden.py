"""Invisible characters: they hide a text, reverse its direction, or control the terminal that shows it."""

import re

# Unicode's general categories Cc and Cf, without line breaks, tabs and the joiners that emoji and some scripts are spelt with; and
# the letters that are drawn as nothing (Unicode Technical Report 36, "Unicode Security Considerations").
_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_ORDER = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAGS = r"\U000e0000-\U000e007f"
_NOTHING = r"\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
_BREAKS = r"\u2028\u2029"
_HALVES = r"\ud800-\udfff"

# A class for patterns: one such character.
HIDDEN = f"[{_CONTROLS}{_ORDER}{_TAGS}{_NOTHING}{_BREAKS}{_HALVES}]"
# Those that no copying from a document explains: they were put there to hide or to act.
DECEIVING = re.compile(f"[{_CONTROLS}{_ORDER}{_TAGS}]")

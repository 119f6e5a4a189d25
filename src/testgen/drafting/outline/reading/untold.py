"""Fields in which somebody says that there is nothing: None, N/A, 特になし, No clean-up needed. They tell no state and no act."""

import re

from testgen.domain.test_case import TestCase
from testgen.text.marks import NOTHING

_NEEDLESS = re.compile(
    r"(?:no|nothing|not|none)\b[^,;]{0,40}\b(?:needed|required|necessary|to do|clean-?\s?up|teardown)"
    r"|[^、。]{0,20}?(?:不要|必要(?:は|が)?(?:ない|なし|無し|ありません))(?:です|である)?"
    r"|(?:特に|とくに)(?:ない|無い|ありません|ございません)|(?:事?後処理|後始末|後片付け)[はが：:]?\s?(?:特に)?(?:なし|無し)",
    re.IGNORECASE,
)


def without_nothing(case: TestCase) -> TestCase:
    """The case without the preconditions and postconditions that say that there are none."""
    before = [text for text in case.preconditions if not NOTHING.fullmatch(text.strip())]
    after = [text for text in case.postconditions if not _says_nothing(text)]
    return case.model_copy(update={"preconditions": before, "postconditions": after})


def _says_nothing(text: str) -> bool:
    """Whether a postcondition asks for nothing."""
    plain = text.strip().rstrip(".。")
    return bool(NOTHING.fullmatch(plain) or _NEEDLESS.fullmatch(plain))

"""Japanese verb forms that steps are written in."""

import pytest

from testgen.drafting.outline.japanese.inflection import passive_stem


@pytest.mark.parametrize(
    ("verb", "passive"),
    [
        ("表示する", "表示され"),
        ("戻す", "戻され"),
        ("閉じる", "閉じられ"),
        ("送る", "送られ"),
        ("開く", "開かれ"),
        ("空にする", "空にされ"),
    ],
)
def test_the_passive_stem(verb: str, passive: str) -> None:
    assert passive_stem(verb) == passive

"""The encoding of a text, told by its bytes."""

import pytest

from testgen.interchange.encoding import decode


@pytest.mark.parametrize(
    "text", ["the customer’s page is gone, £5 is paid", "“Saved” – résumé…", "Zürich; 5,00 €; 30 °C"]
)
def test_what_windows_saves_in_english_is_no_japanese(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.csv") == text


@pytest.mark.parametrize(
    "text", ["項番,手順", "テスト,ボタンを押す", "ID,Tester\n1,林\n2,原\n3,髙橋", "Title\nｹｰｽ", "±→"]
)
def test_what_excel_saves_in_japan_is_japanese(text: str) -> None:
    assert decode(text.encode("cp932"), "a.csv") == text

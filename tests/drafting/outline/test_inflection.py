"""Japanese verb forms."""

import pytest

from testgen.drafting.outline.inflection import Inflection, dictionary_form, negative_form, passive_stem
from testgen.drafting.outline.lexicon import load_lexicon

LEXICON = load_lexicon("ja")
INFLECTION = Inflection(LEXICON)


@pytest.mark.parametrize(
    ("text", "lemma", "form", "voice"),
    [
        ("入力する", "入力", "dict", "active"), ("入力し、", "入力", "ren", "active"), ("入力した", "入力", "ta", "active"), ("入力される", "入力", "dict", "passive"),
        ("入力できない", "入力", "neg", "potential"), ("入力せずに", "入力", "zu", "active"), ("入力、", "入力", "naked", "active"), ("入力したら", "入力", "tara", "active"),
        ("押す", "押す", "dict", "active"), ("押して", "押す", "te", "active"), ("押した", "押す", "ta", "active"), ("押せば", "押す", "ba", "active"), ("押される", "押す", "dict", "passive"),
        ("開いて", "開く", "te", "active"), ("開かない", "開く", "neg", "active"), ("送って", "送る", "te", "active"), ("進んだ", "進む", "ta", "active"), ("使った", "使う", "ta", "active"),
        ("入れて", "入れる", "te", "active"), ("変えられる", "変える", "dict", "passive"), ("押します", "押す", "dict", "active"),
    ],
)  # fmt: skip
def test_a_form_is_recognised(text: str, lemma: str, form: str, voice: str) -> None:
    found = next(INFLECTION.find(text))
    assert (found.verb.lemma, found.form, found.voice) == (lemma, form, voice)


@pytest.mark.parametrize(
    ("lemma", "plain", "passive", "negative"),
    [
        ("表示", "表示する", "表示され", "表示しない"),
        ("戻す", "戻す", "戻され", "戻さない"),
        ("変える", "変える", "変えられ", "変えない"),
        ("使う", "使う", "使われ", "使わない"),
    ],
)
def test_forms_are_made(lemma: str, plain: str, passive: str, negative: str) -> None:
    verb = next(verb for verb in LEXICON.verbs if verb.lemma == lemma)
    assert (dictionary_form(verb), passive_stem(verb), negative_form(verb)) == (plain, passive, negative)

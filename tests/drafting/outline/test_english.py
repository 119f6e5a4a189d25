"""Rules 3 to 6 in English: what is an action, what comes of it, and where."""

import pytest

from testgen.drafting.outline.engine import load_grammar

EN = load_grammar("en")


@pytest.mark.parametrize(
    ("sentence", "actions", "outcome"),
    [
        ('When the user clicks "Save", the record is stored', ['Click "Save"'], "the record is stored"),
        ('If a customer clicks "Save", the record is stored', ['Click "Save"'], "the record is stored"),
        ('After clicking "Save", the list is shown', ['Click "Save"'], "the list is shown"),
        ('Once the user has clicked "Save", the list is shown', ['Click "Save"'], "the list is shown"),
        ('Click "Save", then the list is shown', ['Click "Save"'], "the list is shown"),
        ('The list is shown when the user clicks "Save"', ['Click "Save"'], "The list is shown"),
        ('Clicking "Save" shows the list', ['Click "Save"'], "it shows the list"),
        ("A viewer who opens the page gets an error", ["As the viewer, open the page"], "A viewer gets an error"),
        ("When an expired link is opened, an error is shown", ["Open the expired link"], "an error is shown"),
        ("If a wrong password is entered, an error is shown", ["Enter the wrong password"], "an error is shown"),
        ('The user enters the ID and clicks "Next"', ["Enter the ID", 'Click "Next"'], ""),
        ("The user enters the ID and the password", ["Enter the ID and the password"], ""),
        ("Enter the date, the time, and the place", ["Enter the date, the time and the place"], ""),
        ('Users attach files by clicking "Add" and choosing a file', ['Click "Add"', "Choose the file"], ""),
        ('The manager clicks "Approve"', ['As the manager, click "Approve"'], ""),
        ("When user B saves the text after user A has saved it, an error is shown",
         ["As user A, save the text", "As user B, save the text"], "an error is shown"),
        ("The user chooses Refund from the menu", ["Choose Refund from the menu"], ""),
    ],
)  # fmt: skip
def test_trigger_and_consequent(sentence: str, actions: list[str], outcome: str) -> None:
    (reaction,) = EN.parse(sentence)
    assert [EN.render(action) for action in reaction.actions] == actions
    assert reaction.outcome == outcome


@pytest.mark.parametrize(
    "sentence",
    [
        "Passwords must be at least 8 characters",
        "Links expire after 60 minutes",
        "The system sends an e-mail",
        "The order is shown",
        "Sign-in is possible",
    ],
)
def test_states_rules_and_what_the_system_does_are_no_actions(sentence: str) -> None:
    assert all(not reaction.actions for reaction in EN.parse(sentence))


def test_a_condition_without_an_action_is_kept() -> None:
    (reaction,) = EN.parse('If the amount exceeds the limit, "Too high" is shown')
    assert (reaction.actions, reaction.conditions, reaction.outcome) == (
        (),
        ("the amount exceeds the limit",),
        '"Too high" is shown',
    )


@pytest.mark.parametrize(
    ("sentence", "screen", "action"),
    [
        ("On the Cart page, the user enters a code", "Cart page", "Enter the code"),
        ("On the Cart page the user enters a code", "Cart page", "Enter the code"),
        ("The user enters a code on the Cart page", "Cart page", "Enter the code"),
        ("The user opens the Cart page", "Cart page", "Open the Cart page"),
        ("The user opens the article on the Edit page", "Edit page", "Open the article on the Edit page"),
        ("The user enters a code on the same page", None, "Enter the code on the same page"),
    ],
)
def test_a_named_screen_is_where_it_happens(sentence: str, screen: str | None, action: str) -> None:
    found = EN.parse(sentence)[0].actions[0]
    assert (found.screen, EN.render(found)) == (screen, action)


@pytest.mark.parametrize(
    ("outcome", "seen"),
    [
        ('the system shows "Done"', '"Done" is shown'),
        ("the system shows an error", "An error is shown"),
        ("the system shows a list and sends a mail", "The system shows a list and sends a mail"),
        ("then the order is stored", "The order is stored"),
    ],
)
def test_a_consequent_is_told_as_the_tester_sees_it(outcome: str, seen: str) -> None:
    assert EN.observe(outcome) == seen


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("5 times in a row", 5),
        ("After five consecutive failed attempts", 5),
        ("twice", 2),
        ("3 failed attempts", 3),
        ("at most 3 times", None),
        ('"5 times"', None),
        ("once", None),
    ],
)
def test_how_often(text: str, times: int | None) -> None:
    assert EN.times(text) == times


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("is unchanged", True),
        ("is not sent", True),
        ("is still empty", True),
        ("can't be saved", True),
        ("is shown", False),
        ('"not found" is shown', False),
    ],
)
def test_what_stays_as_it_was(text: str, kept: bool) -> None:
    assert EN.preserves(text) is kept


def test_terms_are_stemmed_and_quoted_labels_stay_whole() -> None:
    assert EN.terms("Orders were refunded") == EN.terms("refunding an order")
    assert '"save as' in EN.terms('click "Save as"')


@pytest.mark.parametrize(
    ("lemma", "participle"),
    [
        ("delete", "deleted"),
        ("reset", "reset"),
        ("cancel", "canceled"),
        ("unlock", "unlocked"),
        ("choose", "chosen"),
        ("apply", "applied"),
        ("drop", "dropped"),
    ],
)
def test_participles(lemma: str, participle: str) -> None:
    assert EN.verbs.participle_of(lemma) == participle  # type: ignore[attr-defined]

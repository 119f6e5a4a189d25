"""The tree of errors is drawn as it is."""

import re

from testgen.domain import errors


def leaves(kind: type[errors.TestgenError]) -> list[type[errors.TestgenError]]:
    """Those of the tree: a module may make a special case of one for itself."""
    own = (child for child in kind.__subclasses__() if child.__module__ == errors.__name__)
    return [kind, *(leaf for child in own for leaf in leaves(child))]


def test_every_error_stands_in_the_drawing_with_its_status_and_exit_code() -> None:
    drawn = dict(re.findall(r"(\w+Error) +(\d{3}  \d)", errors.__doc__ or ""))
    for kind in leaves(errors.TestgenError)[1:]:
        if kind in (errors.EngineError, errors.DraftError):
            continue
        assert drawn.get(kind.__name__) == f"{kind.http_status}  {kind.exit_code}", kind


def test_codes_are_unique_and_fit_a_urn() -> None:
    codes = [kind.code for kind in leaves(errors.TestgenError)]
    assert all(re.fullmatch(r"[a-z-]+", code) for code in codes)
    own = [kind.code for kind in leaves(errors.TestgenError) if "code" in vars(kind)]
    assert len(own) == len(set(own))


def test_a_message_ends_with_its_remedy() -> None:
    assert str(errors.EngineBusyError("busy", remedy="wait")) == "busy; wait"
    assert str(errors.FieldProblem("/a", "is wrong", "x")) == "/a (x): is wrong"
    assert str(errors.FieldProblem("", "is wrong")) == "is wrong"

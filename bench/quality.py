"""How good the review is: against labels that people gave, and against what the published tool finds in the same tests.

python -m bench.quality        `python -m bench.review.run -v` prints each disagreement
"""

from bench.report import MissingError, Section, alone
from bench.review.draw import DATA, drawn, drawn_again
from bench.review.run import LABELS, SECOND, against_labels, against_tool
from bench.review.scores import micro

TITLE = "e. What the review finds"


def measure(section: Section) -> None:
    """Both sets of labels, then the tool."""
    if not DATA.exists():
        raise MissingError(
            "the manual tests of Ubuntu, and what the published tool found in them, are not in ../shared/data"
        )
    rows = []
    for name, path, steps in (
        ("150 with which the rules were improved", LABELS, drawn()),
        ("another 100", SECOND, drawn_again()),
    ):
        total = micro(against_labels(path, steps))
        rows.append((name, f"{total.precision:.2f}", f"{total.recall:.2f}", f"{total.f1:.2f}"))
    section.say("Steps of Ubuntu's manual tests, labelled before the rules ran on them:")
    section.table(("Steps", "Precision", "Recall", "F1"), rows)
    section.say(
        "The tool of Soares et al. (2023) is not in any package registry; what it found in the corpus was kept, and is used here. "
        "The table counts the test cases in which both, only testgen, or only the tool found a smell:"
    )
    found = [
        (rule, both, ours, theirs, f"{2 * both / max(2 * both + ours + theirs, 1):.2f}")
        for rule, both, ours, theirs in against_tool()
    ]
    section.table(("Rule", "Both", "Only testgen", "Only the tool", "F1"), found)


if __name__ == "__main__":
    alone(TITLE, measure)

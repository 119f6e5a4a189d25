"""Writes docs/review.md from the catalog."""

from testgen.cli.folders import MOST_FILES
from testgen.reviewer import RULES
from testgen.reviewer.checks import NEED_A_CASE, NEED_RESULTS
from testgen.reviewer.checks.suite import ALIKE, RUN
from testgen.reviewer.likeness import COVERED
from testgen.reviewer.patterns import MORE_PRECISE
from tools.page import write_or_check


def _precedence() -> str:
    """A line a rule that gives way."""
    pairs = ((rule, ", ".join(f"`{name}`" for name in names)) for rule, names in MORE_PRECISE.items())
    return "\n".join(f"  - `{rule}` gives way to {names}" for rule, names in pairs)


HEAD = f"""# The review catalog

<!-- Written by `make docs` from src/testgen/reviewer/rules. Do not edit. -->

`testgen review PROCEDURE… [--case FILE]` checks procedures against these rules, in Japanese and English, without a model.
`generate` does it too, and has steps with errors written again. `testgen review --explain RULE` prints an entry.

- Labels and values in quotes are not wording: rules on wording do not look into them.
- A step that only checks (「…を確認する」, "Verify that …") and has an expected result is normal style: no finding. Without one the
  finding is weaker (info). A `check` step of ours is never a misplaced verification.
- An expected result that says it is none (「-」, 「同上」, 「特になし」, "n/a", "same as above") is none.
- A flaw is one finding. Where two rules meet in one place the more precise one has it:
{_precedence()}
- Wording is found by kinds of words (`src/testgen/reviewer/lexicon/`): manner by part of speech and ending, other kinds by lists.
- {", ".join(f"`{name}`" for name in sorted(NEED_A_CASE))} need the test case; without it they are reported as skipped, not as passed.
  {", ".join(f"`{name}`" for name in sorted(NEED_RESULTS))} looks at the procedure's own expected results then, where it carries them.
  An expected result is covered where a step has {COVERED:.0%} of its content words and denies or affirms as it does.
- `ungrounded-value` is an error in an action, and info elsewhere.

`testgen review DIR` reads every file below a folder whose ending names a format (at most {MOST_FILES:,}; hidden ones and links aside), says
what it could not use, and compares the procedures with each other, as it does with several files. `duplicate-procedure`: the resemblance
of the steps (Broder 1997), which is the share that both have of their runs of {RUN} letters and digits, is {ALIKE:.0%} or more; and
the values, labels, data, preconditions and denials are the same, since tests that differ in a value are different tests.
`inconsistent-term` looks at spelling and build of words only, never at synonyms, and reports the name that fewer procedures use.

`--baseline FILE` leaves out findings that `--write-baseline FILE` has written down. A finding is known again by its rule, the title of its
procedure, and the text that it is in, never by the number of a step or row; of equal ones as many are known as there were.

SARIF and GitHub's annotations name lines of text files. The readers keep no lines, so the texts of the steps are looked for in the
file, in their order; a text that is written there in another way has the line of its step, or of its procedure.

A team changes severities and switches rules off in `.testgen.toml`, or under `[tool.testgen]` in pyproject.toml:

```toml
glossary = "glossary.yaml"       # terms and house style, in this folder or below it; also --glossary FILE

[review]
repair_warnings = true           # have steps with warnings written again too, not only those with errors
rules = {{ unspecified-value = "error", duplicate-step = "off" }}
```

A glossary: `terms`, each with `term`, `instead_of` and `verb_forms` (form not to use: form to use), and `style` with `ending` (`する`,
`すること`, `ですます`), `brackets` (`「」`, `『』`, `[]`, `\"\"`, `【】`) and `granularity`.

| Rule | Default | What it is |
|---|---|---|
"""


def document() -> str:
    """The whole page."""
    rows = [f"| [`{name}`](#{name}) | {rule.severity} | {rule.words['en'].what} |" for name, rule in RULES.items()]
    return HEAD + "\n".join(rows) + "\n" + "".join(_entry(name) for name in RULES)


def _entry(name: str) -> str:
    rule = RULES[name]
    lines = [f"\n## {name}\n"]
    for language, words in rule.words.items():
        better = {"en": ("Instead of", "write"), "ja": ("悪い例", "良い例")}[language]
        lines += [
            f"**{words.name}.** {words.what} {words.why}\n"
            if language == "en"
            else f"**{words.name}。** {words.what}{words.why}\n",
            f"- {better[0]}: {words.bad}",
            f"- {better[1]}: {words.good}\n",
        ]
    return "\n".join([*lines, f"Default: {rule.severity}. Source: {rule.source}.\n"])


if __name__ == "__main__":
    write_or_check("review.md", document())

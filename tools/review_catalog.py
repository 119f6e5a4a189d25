"""Writes docs/review.md from the catalog."""

from testgen.cli.folders import MOST_FILES
from testgen.reviewer import RULES
from testgen.reviewer.checks import NEED_A_CASE, NEED_RESULTS
from testgen.reviewer.checks.suite import ALIKE, RUN
from testgen.reviewer.likeness import COVERED
from testgen.reviewer.patterns import MORE_PRECISE
from tools.page import write_or_check


def _precedence() -> str:
    """One line for each rule that gives way to others."""
    pairs = ((rule, ", ".join(f"`{name}`" for name in names)) for rule, names in MORE_PRECISE.items())
    return "\n".join(f"  - `{rule}` gives way to {names}" for rule, names in pairs)


HEAD = f"""# The review catalog

<!-- Written by `make docs` from src/testgen/reviewer/rules. Do not edit. -->

`testgen review PROCEDURE… [--case FILE]` checks procedures against these rules, in Japanese and English, without a model.
`generate` does the same and rewrites steps with errors. `testgen review --explain RULE` prints an entry of this catalog.

## How the review works

- Rules about wording ignore labels and values in quotes.
- A step that only checks (「…を確認する」, "Verify that …") is fine if it has an expected result. Without one, the
  finding is only info. A `check` step that testgen wrote is never a misplaced verification.
- An expected result such as 「-」, 「同上」, 「特になし」, "n/a" or "same as above" counts as none.
- Each flaw gives one finding. If two rules match in the same place, the more precise one applies:
{_precedence()}
- The rules recognise wording by kinds of words (`src/testgen/reviewer/lexicon/`): manner by part of speech
  and ending, other kinds by lists.
- A value that is only an example ("for instance 5") counts as none. A vague adjective on a value ("the correct
  country") is `ambiguous-wording`; "any", "some", "your" and a thing that the tester has to choose ("an image") are `unspecified-value`.
- {", ".join(f"`{name}`" for name in sorted(NEED_A_CASE))} need the test case. Without it, they are reported as skipped, not as passed;
  {", ".join(f"`{name}`" for name in sorted(NEED_RESULTS))} then uses the procedure's own expected results, if it has any.
  A step covers an expected result if it contains {COVERED:.0%} of its content words and agrees with it in negation.
- `ungrounded-value` is an error in an action, and info elsewhere.

## Folders and suites

`testgen review DIR` reads every file in a folder and below whose extension it knows (at most {MOST_FILES:,}; hidden files and links are
ignored), reports what it could not use, and compares the procedures with each other. It compares several files on the command line in the
same way.

- `duplicate-procedure`: the resemblance of the steps (Broder 1997), that is, the share of runs of {RUN} letters and digits that both
  contain, is {ALIKE:.0%} or more, and the values, labels, data, preconditions and negations are the same. Tests that differ in a value are
  different tests.
- `inconsistent-term` compares spelling and the structure of words, never synonyms, and reports the name that fewer procedures use.

## Baselines and reports

`--baseline FILE` hides the findings that `--write-baseline FILE` recorded. It identifies a finding by its rule, the title of its
procedure and its text, never by the number of a step or a row. A finding that was recorded twice is hidden twice.

SARIF and GitHub's annotations refer to lines of text files. testgen's readers do not record lines, so the review searches the file for the
texts of the steps, in order. If a text is written differently in the file, its finding gets the line of its step or its procedure.

## Settings of a team

Your team changes severities and switches rules off in `.testgen.toml`, or under `[tool.testgen]` in pyproject.toml:

```toml
glossary = "glossary.yaml"       # terms and house style, in this folder or below; also --glossary FILE

[review]
repair_warnings = true           # also rewrite steps with warnings, not only those with errors
rules = {{ unspecified-value = "error", duplicate-step = "off" }}
```

A glossary has `terms`, each with `term`, `instead_of` and `verb_forms` (form to avoid: form to use), and `style` with `ending` (`する`,
`すること`, `ですます`), `brackets` (`「」`, `『』`, `[]`, `\"\"`, `【】`) and `granularity`.

## Rules

| Rule | Default | What it is |
|---|---|---|
"""


def document() -> str:
    """The whole page."""
    rows = [f"| [`{name}`](#{name}) | {rule.severity} | {rule.words['en'].what} |" for name, rule in RULES.items()]
    return HEAD + "\n".join(rows) + "\n" + "".join(_entry(name) for name in RULES)


def _entry(name: str) -> str:
    rule = RULES[name]
    lines = [f"\n### {name}\n"]
    for language, words in rule.words.items():
        better = {"en": ("Instead of", "write"), "ja": ("悪い例", "良い例")}[language]
        lines += [
            f"**{words.name}。** {words.what}{words.why}\n"
            if language == "ja"
            else f"**{words.name}.** {words.what} {words.why}\n",
            f"- {better[0]}: {words.bad}",
            f"- {better[1]}: {words.good}\n",
        ]
    return "\n".join([*lines, f"Default: {rule.severity}. Source: {rule.source}.\n"])


if __name__ == "__main__":
    write_or_check("review.md", document())

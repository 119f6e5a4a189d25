"""Writes docs/errors.md from the tree of errors; `tests/test_readme.py` fails where the file is stale."""

import inspect

from testgen.domain import errors
from tools.page import write_or_check

HEAD = """# Errors

Every error of the HTTP API is a problem document (RFC 9457, `application/problem+json`) with `type`
(`urn:testgen:problem:CODE`), `title`, `status`, `detail` (what happened; and after the semicolon what to do), `errors`
(one `pointer` and `message` a wrong field) and, where a draft was under way, `steps` (those that were complete). The command
line prints the same sentence on stderr and ends with the exit code.

| Code | Status | Exit code | When |
|---|---|---|---|
"""
FRAMEWORK = """
The framework's own: `not-found` (404), `method-not-allowed` (405), `body-too-large` (413, over `max_body_bytes`),
`unauthorized` (401, where `require_api_key` is on), `not-ready` (503, `/readyz` only), `internal` (500, a bug of ours: the log has
the cause under the same `X-Request-ID`).
"""


def document() -> str:
    """The whole page."""
    rows = [_row(kind) for kind in _leaves(errors.TestgenError) if "code" in vars(kind) and not kind.__subclasses__()]
    rows.append(_row(errors.InvalidInputError))
    return HEAD + "\n".join(sorted(rows)) + "\n" + FRAMEWORK


def _leaves(kind: type[errors.TestgenError]) -> list[type[errors.TestgenError]]:
    return [kind, *(leaf for child in kind.__subclasses__() for leaf in _leaves(child))]


def _row(kind: type[errors.TestgenError]) -> str:
    meaning = (inspect.getdoc(kind) or "").splitlines()[0]
    return f"| `{kind.code}` | {kind.http_status} | {kind.exit_code} | {meaning} |"


if __name__ == "__main__":
    write_or_check("errors.md", document())

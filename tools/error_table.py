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
What is answered before a request reaches its route, and by it:

| Code | Status | When |
|---|---|---|
| `bad-request` | 400 | What came is not an HTTP request, or its body is JSON that nobody can read (too deep, not UTF-8). |
| `unauthorized` | 401 | No key, or one that nobody has, where `require_api_key` is on. |
| `cross-origin` | 403 | A browser says that a page of another origin calls; `allowed_origins` admits one. |
| `not-found` | 404 | There is nothing at this path. |
| `method-not-allowed` | 405 | The path has other methods; `Allow` names them. |
| `body-too-slow` | 408 | The body came slower than 1,024 bytes a second, ten seconds left aside. |
| `body-too-large` | 413 | The body is over `max_body_bytes`. |
| `unsupported-media-type` | 415 | The content type is one that a web page can send unasked (`text/plain`, a plain form). |
| `misdirected-request` | 421 | `Host` is none of `allowed_hosts`. |
| `too-many-attempts` | 429 | Too many wrong keys from this address, or with this beginning; `Retry-After` says when to come back. |
| `internal` | 500 | A bug of ours: the log has the cause under the same `X-Request-ID`. |
| `not-ready` | 503 | `/readyz` only: nothing can be drafted now. |
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

"""Writes docs/errors.md from the tree of errors; `tests/test_readme.py` fails if the file is stale."""

import inspect

from testgen.domain import errors
from tools.page import write_or_check

HEAD = """# Errors

Every error of the HTTP API is a problem document (RFC 9457, `application/problem+json`) with these fields:

- `type` (`urn:testgen:problem:CODE`), `title` and `status`
- `detail`: what happened and, after the semicolon, what to do
- `errors`: a `pointer` and a `message` for each wrong field
- `steps`: the complete steps, if a procedure was in progress

The command line prints the same sentence on stderr and exits with the exit code.

| Code | Status | Exit code | When |
|---|---|---|---|
"""
FRAMEWORK = """
Errors that the service answers before a request reaches its route, or at `/readyz`:

| Code | Status | When |
|---|---|---|
| `bad-request` | 400 | This is not an HTTP request, or its body is JSON that cannot be read (nested too deeply, not UTF-8). |
| `unauthorized` | 401 | `require_api_key` is on, and the key is missing or unknown. |
| `cross-origin` | 403 | The browser says that the request comes from a page of another origin; `allowed_origins` can admit it. |
| `not-found` | 404 | Nothing exists at this path. |
| `method-not-allowed` | 405 | The path does not support this method; `Allow` lists the methods that it supports. |
| `body-too-slow` | 408 | The body arrived more slowly than 1,024 bytes per second, after ten seconds of grace. |
| `body-too-large` | 413 | The body is over `max_body_bytes`. |
| `unsupported-media-type` | 415 | The content type is one that any web page can send without permission (`text/plain`, a plain form). |
| `misdirected-request` | 421 | `Host` is none of `allowed_hosts`. |
| `too-many-attempts` | 429 | Too many wrong keys came from this address or with these first characters; `Retry-After` says when to retry. |
| `internal` | 500 | A bug in testgen: the log has the cause under the same `X-Request-ID`. |
| `not-ready` | 503 | `/readyz` only: no procedure can be generated now. |
"""


def document() -> str:
    """The whole page."""
    rows = [_row(kind) for kind in _kinds(errors.TestgenError) if "code" in vars(kind) and not _below(kind)]
    rows.append(_row(errors.InvalidInputError))
    return HEAD + "\n".join(sorted(rows)) + "\n" + FRAMEWORK


def _kinds(kind: type[errors.TestgenError]) -> list[type[errors.TestgenError]]:
    return [kind, *(leaf for child in _below(kind) for leaf in _kinds(child))]


def _below(kind: type[errors.TestgenError]) -> list[type[errors.TestgenError]]:
    """The kinds of the tree alone: a module may have one of its own, which nobody sees under another code."""
    return [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]


def _row(kind: type[errors.TestgenError]) -> str:
    meaning = (inspect.getdoc(kind) or "").splitlines()[0]
    return f"| `{kind.code}` | {kind.http_status} | {kind.exit_code} | {meaning} |"


if __name__ == "__main__":
    write_or_check("errors.md", document())

"""What each answer tells a browser not to do with it (OWASP HTTP Headers Cheat Sheet)."""

from starlette.datastructures import MutableHeaders

from testgen.contract import is_guarded

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# The documentation brings its own scripts, one of them within the page.
_PAGE = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def protect(headers: MutableHeaders, path: str, *, encrypted: bool = False) -> None:
    """Adds them to an answer; what it says itself stays. `encrypted`: it came over HTTPS, and may never come otherwise again."""
    is_page = headers.get("content-type", "").startswith("text/html")
    for name, value in {**_ALWAYS, "Content-Security-Policy": _PAGE if is_page else _NOTHING}.items():
        headers.setdefault(name, value)
    if encrypted:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if is_guarded(path):
        headers.setdefault("Cache-Control", "no-store")

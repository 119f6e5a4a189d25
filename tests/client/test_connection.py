"""The way to a service: what is told where it is lost."""

import ssl

import httpx

from testgen.client.connection import Access


def test_a_certificate_that_is_not_trusted_is_told_as_that() -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    assert "TLS: " in str(Access("https://testgen.example.com").lost(error))
    assert "not permitted" not in str(Access("https://testgen.example.com").lost(error))

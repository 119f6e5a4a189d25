"""Which licences the service may run with."""

import pytest

from tools.licences import refused


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "BSD License",
        "Apache-2.0 OR BSD-2-Clause",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "ISC License (ISCL)",
        "MIT License (text)",
    ],
)
def test_permissive_ones_are_admitted(licence: str) -> None:
    assert refused({"x": licence}) == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GNU Lesser General Public License v3",
        "AGPL-3.0",
        "UNKNOWN",
        "SSPL-1.0",
        "MIT AND GPL-2.0-only",
        "Custom",
    ],
)
def test_others_are_named(licence: str) -> None:
    assert refused({"x": licence}) == [f"x: {licence}"]

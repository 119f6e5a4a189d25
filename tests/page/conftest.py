"""One browser and one service for all tests of the page; each test is a new person."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from support.browser import Visitor, chromium, visiting
from support.service import running

from testgen.config import ServiceConfig


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="package")
def url() -> Iterator[str]:
    with running(ServiceConfig(engine="outline")) as base:
        yield base


@pytest.fixture
def visitor(browser: Browser, url: str) -> Iterator[Visitor]:
    with visiting(browser, url) as found:
        yield found

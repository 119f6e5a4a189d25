"""The log's reader may leave, or understand little: that is no matter of a request."""

import os

from support.hostile import case
from support.process import serving


def test_a_reader_that_has_closed_the_pipe_fails_no_request() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody, serving(stdout=nobody) as service:
        answers = [service.post("/v1/procedures", json=case()) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200] * 3


def test_a_full_disk_fails_no_request() -> None:
    with open("/dev/full", "wb") as full, serving(stdout=full) as service:
        assert service.post("/v1/procedures", json=case()).status_code == 200


def test_a_console_in_another_encoding_gets_every_line() -> None:
    with serving(PYTHONIOENCODING="cp932", TESTGEN_LOG_PROMPTS="true") as service:
        for title in ("ログイン 🎌 ünïcode \u2028", "ascii"):
            assert service.post("/v1/procedures", json=case(title=title)).status_code == 200
        assert len(service.events("procedure", 2)) == 2

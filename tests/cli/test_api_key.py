"""`testgen api-key`: the key is shown once, and what is deployed is its hash."""

import hashlib
import re

import pytest

from testgen.api.auth import Keys
from testgen.cli import api_key
from testgen.config import ServiceConfig, ServiceSecrets
from testgen.domain.errors import InvalidInputError
from testgen.settings import Settings


def test_the_key_goes_to_stdout_and_only_its_hash_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    api_key.api_key("ci")
    out, err = capsys.readouterr()
    key = out.strip()
    assert re.fullmatch(r"tg_[\w-]{43}", key)
    assert key not in err
    assert f"--secret --path 'testgen:api_keys.ci' {hashlib.sha256(key.encode()).hexdigest()}" in err


def test_the_service_knows_the_holder_by_that_hash(capsys: pytest.CaptureFixture[str]) -> None:
    api_key.api_key("yamada")
    out, err = capsys.readouterr()
    digest = re.search(r"[0-9a-f]{64}", err)
    assert digest
    keys = Keys(Settings(ServiceConfig(), ServiceSecrets(api_keys={"yamada": digest[0]})))
    assert keys.holder_of(hashlib.sha256(out.strip().encode()).hexdigest()) == "yamada"


def test_no_two_keys_are_alike(capsys: pytest.CaptureFixture[str]) -> None:
    api_key.api_key("ci")
    first = capsys.readouterr().out
    api_key.api_key("ci")
    assert capsys.readouterr().out != first


@pytest.mark.parametrize("name", ["a b", "", "山田", "x.y", "'; rm"])
def test_a_name_that_pulumi_or_the_log_would_trip_over_is_refused(name: str) -> None:
    with pytest.raises(InvalidInputError, match="use letters, digits"):
        api_key.api_key(name)

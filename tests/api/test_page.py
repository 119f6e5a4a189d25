"""The page as it is served: hashed names, one policy without exceptions, nothing that is not in the package."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest
from support.service import running

from testgen.api.assets import assemble, load
from testgen.config import ServiceConfig, ServiceSecrets

VENDOR = files("testgen.api") / "page/vendor"
INDEX = '<head><script type="module" src="main.js"></script>\n  </head>'


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    secrets = ServiceSecrets(api_keys={"qa": hashlib.sha256(b"k").hexdigest()})
    with running(ServiceConfig(engine="outline", require_api_key=True), secrets=secrets) as base:
        yield base


def test_the_page_needs_no_key_and_is_asked_for_anew_each_time(url: str) -> None:
    answer = httpx.get(url)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    again = httpx.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(f"{url}/v1/info").status_code == 401


def test_its_policy_admits_its_own_files_and_nothing_else(url: str) -> None:
    answer = httpx.get(url)
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
    assert not re.search(r"<script(?![^>]* src=)|<style|style=|\son\w+=", answer.text)


def test_every_file_that_it_names_is_there_for_ever(url: str) -> None:
    left, found = re.findall(r'"(/page/[^"]+)"', httpx.get(url).text), set[str]()
    with httpx.Client(base_url=url) as client:
        while left:
            path = left.pop()
            found.add(path)
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            wanted = re.findall(r"""["']\./(\w+\.[0-9a-f]{16}\.js)["']""", answer.text)
            left += {f"/page/{name}" for name in wanted} - found
    assert {path.removeprefix("/page/") for path in found} == set(load().assets), (
        "each is asked for, and none by another name"
    )
    assert httpx.get(f"{url}/page/nothing.js").status_code == 404
    assert httpx.get(f"{url}/page/..%2Findex.html").status_code == 404


def test_the_first_look_asks_for_few_files(url: str) -> None:
    """Each costs a browser milliseconds; the modules of the form are named at once, the others come when it stands."""
    named = re.findall(r'"/page/([\w]+)\.[^"]+"', httpx.get(url).text)
    assert len(set(named)) < 26
    assert {"main", "caseform", "preact", "page"} <= set(named)
    assert not {"rest", "batchview", "steptable", "base"} & set(named)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_file_is_sent_as_the_browser_takes_it(url: str, encoding: str) -> None:
    with httpx.stream("GET", url, headers={"Accept-Encoding": encoding}) as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert (gzip.decompress(sent) if encoding == "gzip" else sent) == load().index.content


def test_the_whole_page_weighs_less_than_150_kb() -> None:
    page = load()
    assert sum(len(asset.compressed) for asset in (page.index, *page.assets.values())) < 150_000


def test_a_name_changes_with_what_is_imported() -> None:
    sources = {"index.html": INDEX, "main.js": 'import { a } from "./a.js";\n', "a.js": "export const a = 1;\n"}
    before, after = assemble(sources), assemble({**sources, "a.js": "export const a = 2;\n"})
    assert not {name for name in before.assets if name.startswith("main")} & set(after.assets)
    assert before.index.tag != after.index.tag


def test_a_module_that_is_imported_later_is_named_and_not_preloaded() -> None:
    """An import within a comment's type is nobody's."""
    sources = {
        "index.html": INDEX,
        "main.js": '/** @type {Promise<typeof import("./type.js")>} */\nconst b = import("./b.js");\n',
        "b.js": "export const b = 1;\n",
    }
    page = assemble(sources)
    [main] = (asset.content.decode() for name, asset in page.assets.items() if name.startswith("main"))
    [later] = (name for name in page.assets if name.startswith("b."))
    assert f'const b = import("./{later}")' in main
    assert later not in page.index.content.decode()


def test_style_sheets_go_out_as_one_in_their_order() -> None:
    links = '<link rel="stylesheet" href="a.css" />\n<link rel="stylesheet" href="b.css" media="print" />'
    page = assemble({"index.html": f"<head>{links}\n  </head>", "a.css": "a {}\n", "b.css": "b {}\n"})
    [(name, asset)] = page.assets.items()
    assert asset.content == b"a {}\n@media print {\nb {}\n}\n"
    assert page.index.content.decode().count(f'<link rel="stylesheet" href="/page/{name}" />') == 1


@pytest.mark.parametrize(("imported", "why"), [("./gone.js", "what is not there"), ("./main.js", "in a circle")])
def test_an_import_that_leads_nowhere_is_named(imported: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        assemble({"index.html": INDEX, "main.js": f'import "{imported}";\n'})


def test_what_comes_from_others_is_named_with_licence_and_checksum() -> None:
    packages = json.loads((VENDOR / "packages.json").read_text(encoding="utf-8"))
    named = {here: package for package in packages.values() for here in package["files"]}
    assert {entry.name for entry in VENDOR.iterdir()} == {*named, "packages.json"}
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        for here, digest in package["sha256"].items():
            assert hashlib.sha256((VENDOR / here).read_bytes()).hexdigest() == digest, here
        assert set(package["sha256"]) == set(package["files"])

"""The book of the docs is built without the network, has every page, and asks nobody else for anything."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.cases import ROOT


def build(target: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(target), *options]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site")
    done = build(target)
    assert done.returncode == 0, done.stderr
    return target


def test_every_page_is_in_the_book(site: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert {page.stem for page in site.glob("*.html")} == pages | {"404"}
    contents = (site / "index.html").read_text(encoding="utf-8")
    assert pages <= {Path(link).stem for link in re.findall(r'href="([\w.-]+\.html)"', contents)}


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    for page in site.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe)[^>]+src="([^"]+)"|<link[^>]+href="([^"]+)"', text)
        assert not [found for found in loaded if "//" in "".join(found)], page.name
        assert 'class="mermaid"' not in text, "the theme would fetch Mermaid"


def test_a_broken_link_fails(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[lost](lost.md)\n", encoding="utf-8")
    settings = re.sub(r"\nnav:.*", "\n", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.DOTALL)
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = build(tmp_path / "site", "--config-file", str(tmp_path / "mkdocs.yml"))
    assert done.returncode == 1
    assert "lost.md" in done.stderr

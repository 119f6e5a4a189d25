"""Text stays text, wherever it comes from: the case, a file, a model."""

import json

from playwright.sync_api import Browser, Page, expect
from support.browser import Visitor, visiting
from support.protocol_server import Answer, ProtocolServer, rows
from support.service import running

from testgen.config import ServiceConfig

CALL = "window.ran=1"
PAYLOADS = [
    f"<script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<img src=x onerror='{CALL}'>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<body onload={CALL}>",
    f"<iframe src='javascript:{CALL}'></iframe>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<a href='javascript:{CALL}' id=bait>x</a>",
    f"<form action='javascript:{CALL}'><button>x</button></form>",
    f"<button formaction='javascript:{CALL}' form=x>x</button>",
    f"<input autofocus onfocus={CALL}>",
    f"<textarea autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<object data='javascript:{CALL}'></object>",
    f"<embed src='javascript:{CALL}'>",
    f"<math><mi xlink:href='javascript:{CALL}'>x</mi></math>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href='javascript:{CALL}//'>",
    f"<link rel=stylesheet href='javascript:{CALL}'>",
    f"<style>@import 'javascript:{CALL}';</style>",
    f"<div style='background:url(javascript:{CALL})'>x</div>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<template><script>{CALL}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'></noscript>",
    f"<!--<img src='--><img src=x onerror={CALL}//'>",
    f"<![CDATA[<script>{CALL}</script>]]>",
    f"\"><script>{CALL}</script>",
    f"'><img src=x onerror={CALL}>",
    f"\" onmouseover=\"{CALL}\" x=\"",
    f"javascript:{CALL}",
    f"${{{CALL}}}`{{{{constructor.constructor('{CALL}')()}}}}",
    f"&lt;script&gt;{CALL}&lt;/script&gt;&#60;img src=x onerror={CALL}&#62;",
    f"＜script＞{CALL}＜/script＞\u202e<script >{CALL}</script >",
]  # fmt: skip
# A vnode of the library's own shape, which must not become one.
VNODE = '{"type":"script","props":{"dangerouslySetInnerHTML":{"__html":"window.ran=1"}},"constructor":null}'


def unharmed(page: Page, count: int = 0) -> None:
    """Nothing ran, nothing was made of it, and all of it is to be read."""
    assert page.evaluate("window.ran") is None
    made = "iframe,object,embed,audio,video,math,marquee,form [formaction],a[href^=javascript],img,base,body script,meta[http-equiv],template,noscript p"
    assert page.locator(made).count() == 0
    if count:
        text = page.evaluate(
            "document.body.innerText + [...document.querySelectorAll('input,textarea')].map(one => one.value).join('\\n')"
        )
        assert text.count(CALL) >= count


def test_forty_attacks_in_every_field_of_a_case_stay_text(visitor: Visitor) -> None:
    assert len(PAYLOADS) == 40
    case = {
        "id": PAYLOADS[0],
        "title": PAYLOADS[3],
        "objective": PAYLOADS[5],
        "preconditions": [*PAYLOADS, VNODE],
        "test_data": {payload: payload for payload in PAYLOADS},
        "specification": "\n".join(PAYLOADS),
        "expected_results": PAYLOADS,
        "postconditions": PAYLOADS[:10],
    }
    visitor.paste(json.dumps(case))
    expect(visitor.page.get_by_label("タイトル")).to_have_value(PAYLOADS[3])
    unharmed(visitor.page, 160)
    visitor.generate()
    expect(visitor.page.locator(".readiness .chip")).to_be_visible()
    unharmed(visitor.page, 240)
    visitor.page.get_by_role("link", name="履歴").click()
    expect(visitor.page.locator(".kept li")).to_have_count(1)
    unharmed(visitor.page, 1)


def test_forty_attacks_in_a_file_stay_text(visitor: Visitor) -> None:
    cell = ['"' + payload.replace('"', '""') + '"' for payload in PAYLOADS]
    text = "\n".join(
        ["項番,テスト項目,期待結果," + cell[4], *(f"A-{number},{one},{one},x" for number, one in enumerate(cell))]
    )
    visitor.drop(f"{PAYLOADS[3].replace('/', '')}.csv", text.encode())
    expect(visitor.page.get_by_role("row")).to_have_count(41)
    unharmed(visitor.page, 40)


def test_forty_attacks_of_a_model_stay_text(browser: Browser) -> None:
    written = [(f"画面を開く {payload}", payload, f"画面が表示される {payload}", "1") for payload in PAYLOADS]
    with ProtocolServer(Answer(rows(*written))) as server:
        config = ServiceConfig(engine="ollama", model="tiny", ollama_base_url=server.url, max_attempts=1)
        with running(config) as url, visiting(browser, url) as visitor:
            visitor.write("開く", "画面が表示される")
            visitor.generate()
            expect(visitor.page.locator("tbody tr")).to_have_count(40)
            expect(visitor.page.locator("[aria-busy=true]")).to_have_count(0)
            unharmed(visitor.page, 120)
            visitor.cell(1).hover()
            unharmed(visitor.page)


def test_the_policy_holds_in_the_browser(visitor: Visitor) -> None:
    """What an attack would need does not work, even for somebody who could write into the page."""
    visitor.admitted += ["Content Security Policy", "Content-Security-Policy", "violates"]
    page = visitor.page
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 1";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<p id=styled style='color: rgb(1, 2, 3)'>x</p>");
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')") == "refused"
    visitor.complaints[:] = [said for said in visitor.complaints if not said.startswith("asked http://127.0.0.1:9/")]

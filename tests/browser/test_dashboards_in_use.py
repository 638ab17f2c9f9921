"""The dashboards in a browser: by hand and keyboard, for everyone, with nobody else asked."""

import base64
import contextlib
import os
import re
import signal
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pandas as pd
import pytest
from opening import DESKTOP, HEIGHT, PHONE, Opened
from serving import KERNEL, serving
from test_axe import violations

LATEST = Path(__file__).parents[2] / "data" / "sample" / "borough-24-months-2025-11.csv.gz"
LONGEST_WAIT = 60_000  # milliseconds: other tests are at work beside this one
CHANGED = "before => document.querySelector('.said').innerText !== before"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("d")
    with serving("--out", str(folder)) as found:
        yield found


@pytest.fixture
def visit(server, chromium):
    """``visit("explore?area=croydon")`` opens a dashboard and waits until it can be used."""
    with contextlib.ExitStack() as stack:

        def go(path):
            context = chromium.new_context(viewport={"width": DESKTOP, "height": HEIGHT})
            stack.callback(context.close)
            context.set_default_timeout(LONGEST_WAIT)
            opened = Opened(context, f"{server.address}/{path}")
            opened.page.wait_for_selector(".said")
            return opened

        yield go


def choose(page, label, option):
    """Choose an option of a control; return when what is shown has followed."""
    before = page.inner_text(".said")
    page.get_by_label(label, exact=True).select_option(label=option)
    page.wait_for_function(CHANGED, arg=before)


def test_each_control_changes_sentence_table_picture_file_and_address(visit):
    page = visit("explore?measure=burglary&to=2025-11").page
    rows = pd.read_csv(LATEST, comment="#")
    own = rows[(rows["measure"] == "burglary") & (rows["area"] == "Croydon")]
    months = own.set_index("period")["value"]
    choose(page, "Area", "Croydon")
    now, before = int(months["2024-12":"2025-11"].sum()), int(months["2023-12":"2024-11"].sum())
    assert f"Burglary in Croydon: {now:,} offences" in page.inner_text(".said")
    assert f"{before:,}" in page.inner_text("table")
    assert f"{now:,} in all" in page.inner_text("figure .description")
    choose(page, "Comparison", "3 months, against the same months a year before")
    quarter = int(months["2025-09":"2025-11"].sum())
    assert f"Croydon: {quarter:,} offences" in page.inner_text(".said")
    assert f"{quarter:,}" in page.inner_text("table")
    choose(page, "Up to", "October 2025")
    quarter = int(months["2025-08":"2025-10"].sum())
    assert f"Croydon: {quarter:,} offences" in page.inner_text(".said")
    link = page.get_attribute("a.download", "href").partition("base64,")[2]
    assert f",{quarter}," in base64.b64decode(link).decode()
    asked = parse_qs(urlparse(page.url).query)
    assert (asked["area"], asked["compare"], asked["to"]) == (["croydon"], ["3m"], ["2025-10"])
    choose(page, "Measure", "Robbery")
    own = rows[(rows["measure"] == "robbery") & (rows["area"] == "Croydon")]
    robbed = int(own.set_index("period")["value"]["2025-08":"2025-10"].sum())
    assert f"Robbery in Croydon: {robbed:,} offences" in page.inner_text(".said")


def test_the_filters_leave_what_fits(visit):
    page = visit("recommendations?edition=2013-06").page
    choose(page, "Status", "Green")
    said = page.inner_text(".said")
    count = int(re.match(r"(\d+) of", said)[1])
    assert page.locator("table.cards").first.locator("tbody tr").count() == count == 7
    assert "status=green" in page.url


@pytest.mark.parametrize("name", ["explore", "recommendations?edition=2013-06"])
def test_axe_finds_no_violation_loaded_and_after_use(visit, axe, name):
    opened = visit(name)
    assert [
        found for width in (DESKTOP, PHONE) for found in violations(opened.at(width), axe)
    ] == []
    if name == "explore":
        choose(opened.page, "Area", "Croydon")
        opened.page.get_by_label("Picture", exact=True).select_option(
            label="Boroughs, with intervals"
        )
        opened.page.wait_for_selector("#figure-boroughs-mopac7")
    else:
        choose(opened.page, "Status", "Amber")
    assert violations(opened.at(DESKTOP), axe) == []
    assert violations(opened.at(PHONE), axe) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_no_other_host_is_asked(visit, server):
    opened = visit("explore")
    choose(opened.page, "Area", "Barnet")
    asked = {url for url in opened.requests if not url.startswith(("data:", "blob:"))}
    assert len(asked) > 1
    assert {urlparse(url).netloc for url in asked} == {f"127.0.0.1:{server.port}"}


def test_a_control_works_by_keyboard(visit):
    page = visit("explore?measure=burglary").page
    page.keyboard.press("Tab")  # past the skip link
    names = []
    for _ in range(4):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.labels?.[0]?.innerText ?? ''"))
    assert names[1:3] == ["Measure", "Area"]
    page.keyboard.press("Shift+Tab")
    before = page.inner_text(".said")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(CHANGED, arg=before)
    assert page.evaluate("document.activeElement.labels[0].innerText") == "Area"
    assert "Barking and Dagenham" in page.inner_text(".said")


def test_a_hostile_address_is_told_as_text(visit):
    opened = visit("explore?area=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&%3Cb%3E=1")
    told = opened.page.inner_text("main")
    assert "“<img src=x onerror=alert(1)>” is not on file here" in told
    assert "“<b>” is no choice here." in told
    assert opened.dialogs == []
    assert opened.page.locator("img").count() == 0


def test_a_killed_kernel_is_told_with_a_way_on(visit, server):
    page = visit("explore?measure=burglary").page
    choose(page, "Area", "Croydon")
    kernel = KERNEL.search(page.content())[1]
    os.kill(server.kernel_process(kernel), signal.SIGKILL)
    page.wait_for_selector("#gone:not([hidden])")
    assert "lost its connection" in page.inner_text("#gone")
    page.click("#again")
    page.wait_for_selector(".said")
    assert "Burglary in Croydon" in page.inner_text(".said")
    assert KERNEL.search(page.content())[1] != kernel

"""Take the pictures of docs/images anew: python tests/browser/screenshots.py OUTPUTS FOLDER."""

import sys
from pathlib import Path

import pypdfium2
from opening import BROWSERS, QUIET, program
from playwright.sync_api import sync_playwright

PICTURES = {
    "committee-monthly": "committee-monthly/2012-10",
    "borough-priorities": "borough-priorities/2018-q4/croydon",
    "recommendation-tracker": "recommendation-tracker/2013-06",
    "territorial-performance": "territorial-performance/2025-11",
    "partner-scorecard": "partner-scorecard/2025-11",
    "explore": "explore/2025-11/robbery",
}
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
PRINT_SCALE = 1.2  # pixels a point


def take(browser, page, name, folder):
    """Write what a reader sees first of a page: on a desktop, on a phone, on paper."""
    for screen, (width, height) in SCREENS.items():
        opened = browser.new_page(viewport={"width": width, "height": height})
        opened.goto(page.as_uri())
        opened.screenshot(path=folder / f"{name}-{screen}.png")
        paper = opened.pdf(format="A4", prefer_css_page_size=True)
        opened.close()
    sheet = pypdfium2.PdfDocument(paper)[0].render(scale=PRINT_SCALE).to_pil()
    sheet.quantize(128).save(folder / f"{name}-print.png", optimize=True)


def main(outputs, folder):
    """Take every picture from the pages that stand in ``outputs``."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program(*BROWSERS), args=QUIET)
        for name, page in PICTURES.items():
            (path,) = (Path(outputs).resolve() / page).glob("*.html")
            take(browser, path, name, folder)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

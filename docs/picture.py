"""Draw the README's pictures: the report of the starter set, as Chromium shows it.

    python docs/picture.py [FOLDER]

It needs the extra `test` and Chromium (`.ci/browser`). The store is made from `seeds/`, and thrown away.
"""
# ruff: noqa: INP001 - a script, no package

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
PROV = Path(sys.executable).with_name("prov")
NOW = "2026-01-01T00:00Z"
WIDTH = 1000
BATHS = "article.chapter:has-text('Tarn Valley Gazette')"


def main(folder: Path) -> None:
    """Write `report.png`, the front of the report, and `report-copy.png`, a copy in it."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        report = made(Path(home))
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, color_scheme="light")
        page.goto(report.as_uri())
        taken(page, folder / "report.png", ".mast", ".answer")
        taken(page, folder / "report-copy.png", f"{BATHS} >> h3:has-text('What changed')", f"{BATHS} >> .send")
        browser.close()


def made(home: Path) -> Path:
    """Make a store of the starter set and give its report."""
    prov = [str(PROV), "--store", "store"]
    for arguments in (
        ["init"],
        ["ingest", str(SEEDS / "articles.jsonl"), str(SEEDS / "copies.jsonl")],
        ["report", "--now", NOW, "-o", "report.html"],
    ):
        command = [str(PROV), "init", "store"] if arguments == ["init"] else [*prov, *arguments]
        subprocess.run(command, cwd=home, check=True, capture_output=True)
    return home / "report.html"


def taken(page: Page, path: Path, first: str, last: str) -> None:
    """Take a picture from the top of one element to the end of another, as wide as the page."""
    top, end = page.locator(first).first.bounding_box(), page.locator(last).first.bounding_box()
    assert top, first
    assert end, last
    y, height = top["y"] - 8, end["y"] + end["height"] - top["y"] + 24
    clip = {"x": 0, "y": max(y, 0), "width": WIDTH, "height": height}
    page.screenshot(path=path, clip=clip, full_page=True)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE)

"""Debian's Chromium, the Nu checker, and the pages that they look at; a test says so where one of them is absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from audited import ARABIC, SEEDS, audited, of_case, of_files
from everything import made

from provenance.app.workspace import Workspace
from provenance.model.audits import Audit, Scope
from provenance.report.audit import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_ARTEFACTS = os.environ.get("PROV_ARTEFACTS", "")  # read before a test takes PROV_* away
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium; .ci/browser installs it."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not _CHROMIUM:
        pytest.skip("no Chromium; .ci/browser installs it")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder for screenshots: $PROV_ARTEFACTS, or one that pytest throws away."""
    folder = Path(_ARTEFACTS) if _ARTEFACTS else tmp_path_factory.mktemp("artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give a store with the starter set and an Arabic article."""
    folder = tmp_path_factory.mktemp("reported")
    arabic = of_case(folder / "arabic.drafts.jsonl", ARABIC)
    return of_files(folder / "store", SEEDS / "articles.jsonl", SEEDS / "copies.jsonl", arabic)


@pytest.fixture(scope="session")
def report(store: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of that store, as a file."""
    return written(tmp_path_factory.mktemp("report") / "report.html", store)


@pytest.fixture(scope="session")
def short(store: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report of two of its articles, one of them Arabic: what looks at every element is slow."""
    scope = Scope(
        publishers=(
            "The Harrowmouth Courier",
            "\u0627\u0644\u0645\u0631\u0641\u0623 \u0627\u0644\u062c\u062f\u064a\u062f",
        )
    )
    return written(tmp_path_factory.mktemp("report") / "short.html", store, scope)


def written(path: Path, store: Workspace, scope: Scope | None = None) -> Path:
    """Write a report."""
    path.write_text("".join(html.stream(audited(store, scope))), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def everything() -> Audit:
    """Give an audit with all that a report can show."""
    return made()


class Opened:
    """A page with what it asked for, what it said on its console, and which dialogs it opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.said: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Give a function that opens a file in a window of its own: its width, light or dark."""
    pages: list[Page] = []

    def open_(path: Path, *, width: int = 1280, scheme: str = "light", at: str = "") -> Opened:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        pages.append(page)
        found = Opened(page)
        page.goto(path.as_uri() + at)
        return found

    yield open_
    for page in pages:
        page.close()

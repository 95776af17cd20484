"""The report opened from disk in a browser: nothing runs, nothing is loaded, everything can be reached and read."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Open

pytestmark = pytest.mark.slow

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
VIEWS = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]


def test_a_report_loads_nothing_from_elsewhere(report: Path, opened: Open) -> None:
    """One file is all there is: no request but for it, and no word of the browser's about its policy."""
    found = opened(report)

    assert ([report.as_uri()], [], []) == (found.asked, found.said, found.dialogs)


def test_the_answer_comes_first(report: Path, opened: Open) -> None:
    """The first heading is one sentence: how many copies of how many articles, since when."""
    page = opened(report).page

    assert "still show uncorrected text; the oldest since 13 May 2025." in page.locator("h1").inner_text()
    assert page.locator("h1").bounding_box()["y"] < 300  # type: ignore[index]


def test_headings_go_down_one_level_at_a_time(report: Path, opened: Open) -> None:
    """A screen reader's list of headings is the outline of the report."""
    levels = opened(report).page.eval_on_selector_all("h1,h2,h3,h4,h5,h6", "all => all.map(h => +h.tagName[1])")

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [] == [(a, b) for a, b in pairwise(levels) if b > a + 1]


def test_the_matrix_says_each_standing_in_words(report: Path, opened: Open) -> None:
    """Each cell has a sign and the standing's name, each row and column a header of its own."""
    page = opened(report).page
    ferry = page.locator("article.chapter", has_text="Harrowmouth Courier").locator("table.matrix")
    rows = [row.locator("th,td").all_inner_texts() for row in ferry.locator("tbody tr").all()]

    assert [["Coastwise Digest", "× missing", "× missing"], ["Island Post", "… unseen", "… unseen"]] == rows
    assert ferry.locator("th:not([scope])").count() == 0


def test_a_fold_opens_with_the_keyboard(report: Path, opened: Open) -> None:
    """A summary is reached with Tab's focus and opened with Enter: the two texts stand side by side."""
    page = opened(report).page
    fold = page.locator("details.sides").first
    assert not fold.locator("table").is_visible()

    fold.locator("summary").focus()
    page.keyboard.press("Enter")

    assert fold.locator("table").is_visible()


def test_the_first_tab_leads_past_the_head(report: Path, opened: Open) -> None:
    """The first stop of Tab is the link to the answer, and it is seen once it has the focus."""
    page = opened(report).page

    page.keyboard.press("Tab")

    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#answer"
    assert skip.bounding_box()["x"] >= 0  # type: ignore[index]


def test_a_filter_shows_only_what_is_behind(report: Path, opened: Open) -> None:
    """Following the link with the keyboard hides the articles that are not behind, and the way back shows them."""
    page = opened(report).page
    all_articles = page.locator("article.chapter:visible").count()

    page.locator(".filters a[href='#only-behind']").focus()
    page.keyboard.press("Enter")
    behind = page.locator("article.chapter:visible")

    assert 0 < behind.count() < all_articles
    assert page.locator("article.chapter:visible:not(.behind)").count() == 0
    assert "Only articles and copies that are behind are shown" in page.locator(".only:visible").inner_text()
    page.locator(".only:visible a").click()
    assert page.locator("article.chapter:visible").count() == all_articles


def test_a_filter_shows_one_publisher(report: Path, opened: Open) -> None:
    """Each publisher has a link that leaves its articles alone."""
    page = opened(report).page
    page.locator(".filters summary").click()

    page.get_by_role("link", name="Tarn Valley Gazette", exact=True).click()

    assert page.locator("article.chapter:visible .kicker").all_inner_texts() == ["Tarn Valley Gazette"]
    assert page.locator(".toc li:visible").count() == 1


def test_a_right_to_left_article_reads_from_the_right(report: Path, opened: Open) -> None:
    """Its headline and every quotation of it run from the right and name their language; our own words do not."""
    page = opened(report).page
    chapter = page.locator("article.chapter", has=page.locator("h2[lang=ar]"))

    turned = "all => all.map(e => [getComputedStyle(e).direction, e.lang])"
    assert chapter.locator("h2").evaluate_all(turned) == [["rtl", "ar"]]
    quotes = chapter.locator(".passage blockquote").evaluate_all(turned)
    assert quotes
    assert {("rtl", "ar")} == {tuple(each) for each in quotes}
    assert chapter.locator("h3").first.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_phone_never_scrolls_sideways(report: Path, opened: Open) -> None:
    """At 390 pixels the page is as wide as the screen; what is wider scrolls by itself and takes the focus."""
    page = opened(report, width=390).page
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = ".scroll"
    assert page.eval_on_selector_all(wide, "all => all.every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))")


def test_on_paper_nothing_is_left_to_click(report: Path, opened: Open, artefacts: Path) -> None:
    """Printed, the filters are gone, and dark colours with them."""
    found = opened(report, scheme="dark")
    found.page.emulate_media(media="print")

    assert not found.page.locator(".filters").is_visible()
    assert found.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    found.page.pdf(path=artefacts / "printed.pdf")
    assert [report.as_uri()] == found.asked


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing(short: Path, opened: Open, artefacts: Path, width: int, scheme: str) -> None:
    """No violation of WCAG at either width, in either scheme, every fold open; a picture of it is kept."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = opened(short, width=width, scheme=scheme).page
    page.screenshot(path=artefacts / f"report-{width}-{scheme}.png", full_page=True)
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")

    found = axe.Axe().run(page).response["violations"]

    assert [] == [(each["id"], each["nodes"][0]["html"]) for each in found]

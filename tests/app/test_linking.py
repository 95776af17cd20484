"""Finding the upstream of a copy that names none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from newsroom import REST, Newsroom

from provenance.app.ingest import ingest
from provenance.app.texts import Texts
from provenance.app.verdicts import Verdicts
from provenance.app.workspace import Workspace, init
from provenance.model import AUTO, Draft, Metadata

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)

BRIEFS = {
    "english": (
        "Trams collide at Saltby",
        "Two trams collided at Saltby junction on Friday morning. Nobody was hurt, and the line was open by noon.",
    ),
    "japanese": (
        "ソルトビー駅前で路面電車が衝突",
        "金曜日の朝、ソルトビー駅前で路面電車二両が衝突した。けが人はなく、正午までに運転を再開した。",
    ),
    "chinese": (
        "索特比路口两辆电车相撞",
        "周五早上，两辆有轨电车在索特比路口相撞，无人受伤。救援人员用吊车移走后车，中午前线路恢复通车。",
    ),
}
OTHERS = {
    "english": "The council of {0} has closed the lido near bridge {1} for the season after pump {2} failed.",
    "japanese": "{0}市議会は火曜日、第{1}号橋の改修に{2}万円を充てることを決めた。工事は来年春に始まる。",
    "chinese": "{0}市议会周二决定拨款{2}万元修缮第{1}号大桥，工程将于明年春季开始，为期两年。",
}


@pytest.mark.parametrize("language", BRIEFS)
def test_a_brief_finds_its_article_among_many(tmp_path: Path, language: str) -> None:
    """A text of fewer than sixty words is found by its copy, whether or not its script parts words."""
    headline, body = BRIEFS[language]
    workspace = Workspace(init(tmp_path / "store"))
    others = [OTHERS[language].format(f"Pellworth{n}", 700 + n, 31 * n) for n in range(60)]
    drafts = [draft(f"other{n}", f"Council {n}", each) for n, each in enumerate(others)]
    copy = draft("mirror", headline, body.replace("Friday", "Saturday").replace("金曜日", "土曜日"), copy_of=AUTO)

    list(ingest(workspace, [*drafts, draft("wire", headline, body), copy], lambda: NOW))

    assert {"https://mirror.example/a": ["https://wire.example/a"]} == upstreams(workspace)


def test_a_part_inside_a_page_of_somebody_else_finds_its_article(tmp_path: Path) -> None:
    """What counts is how much of the page is the article's, wherever it stands in it."""
    workspace = Workspace(init(tmp_path / "store"))
    story = [
        f"The {n}th crate from Saltby held {n * 37} brass fittings for the pump of dock {n * 11}." for n in range(60)
    ]
    frame = [
        f"Lot {n} of the Pellworth auction, a walnut chair, went for {n * 53} crowns on Monday." for n in range(18)
    ]
    page = [*frame[:9], *story[20:38], *frame[9:]]

    list(
        ingest(workspace, [draft("wire", "Crates", *story), draft("mirror", "Sold", *page, copy_of=AUTO)], lambda: NOW)
    )

    assert {"https://mirror.example/a": ["https://wire.example/a"]} == upstreams(workspace)


def test_copies_that_came_first_look_only_at_what_they_are_copies_of(tmp_path: Path) -> None:
    """A copy that waits takes the first article that it is a copy of, and none that shares a sentence with it."""
    other = [f"Lot {n} of the Pellworth auction, a chair, went for {n * 53} crowns on Monday." for n in range(30)]
    workspace = Workspace(init(tmp_path / "store"))
    drafts = [
        draft("early", "Ferry", *REST, copy_of=AUTO),
        draft("other", "Sold", *other, REST[1]),
        draft("wire", "Ferry", *REST, "More follows."),
    ]

    for each in drafts:
        list(ingest(workspace, [each], lambda: NOW))

    assert {"https://early.example/a": ["https://wire.example/a"]} == upstreams(workspace)


def test_a_footer_that_several_articles_have_makes_no_copy(tmp_path: Path) -> None:
    """A short page under a long footer is no copy of an article of its outlet; one of its text is, footer and all."""
    workspace = Workspace(init(tmp_path / "store"))
    footer = " ".join(REST)
    drafts = [draft(f"other{n}", f"Council {n}", *council(n), footer) for n in range(12)]
    page = draft("page", "Leeks", "Boil the leeks for seven minutes, then add barley and stock.", footer, copy_of=AUTO)
    copy = draft("mirror", "Council 7", *council(7), footer, copy_of=AUTO)

    list(ingest(workspace, [*drafts, page, copy], lambda: NOW))

    assert {"https://mirror.example/a": ["https://other7.example/a"]} == upstreams(workspace)


def test_a_story_that_many_have_reprinted_is_still_found(tmp_path: Path) -> None:
    """What all share is no boilerplate where it is all that they have."""
    workspace = Workspace(init(tmp_path / "store"))
    reprints = [draft(f"reprint{n}", "Ferry", *REST, f"Seen by reader {n}.") for n in range(12)]

    list(ingest(workspace, [*reprints, draft("mirror", "Ferry", *REST, copy_of=AUTO)], lambda: NOW))

    assert ["https://mirror.example/a"] == list(upstreams(workspace))


def test_a_pair_is_judged_once_while_neither_changes(newsroom: Newsroom) -> None:
    """The same question again reads no text; a new revision of either end asks it anew."""
    wire = newsroom.publish("Three people died when the ferry went down.")
    copy = newsroom.syndicate(wire, found=True)
    reads: list[str] = []
    store = newsroom.workspace.store

    def counted(blobs: Iterable[str]) -> Iterator[bytes]:
        listed = list(blobs)
        reads.extend(listed)
        return store.read(listed)

    with newsroom.workspace.ledger.writing() as book:
        verdicts = Verdicts(book, Texts(counted, most=1))
        first = verdicts.on(wire, copy, declared=False)
        once = len(reads)
        again = verdicts.on(wire, copy, declared=True)

    assert first is not None
    assert again is not None
    assert (False, True) == (first.declared, again.declared)
    assert first.standings == again.standings
    assert once == len(reads) > 0


def test_a_verdict_is_asked_anew_once_an_end_has_changed(newsroom: Newsroom) -> None:
    """What was remembered holds for one revision of each end."""
    wire = newsroom.publish("Three people died when the ferry went down.")
    copy = newsroom.syndicate(wire)
    with newsroom.workspace.ledger.writing() as book:
        texts = Texts(newsroom.workspace.store.read)
        before = Verdicts(book, texts).on(wire, copy, declared=True)
    newsroom.correct(wire, "Three people", "Two people")
    with newsroom.workspace.ledger.writing() as book:
        after = Verdicts(book, texts).on(wire, copy, declared=True)

    assert before is not None
    assert after is not None
    assert () == before.standings != after.standings


def council(n: int) -> list[str]:
    """Give a story of its own for each number."""
    return [
        f"The council of Pellworth{n} has closed lido {n * 31} near bridge {700 + n} after pump {n * 17} failed.",
        f"Repairs will cost {n * 1301} crowns, and contractor Ashgill{n} is to begin on day {n * 7} of the autumn.",
    ]


def draft(name: str, *lines: str, copy_of: str = "") -> Draft:
    """Give a draft of a site."""
    url = f"https://{name}.example/a"
    metadata = Metadata(url=url, publisher=name, headline=lines[0], modified_at=NOW, copy_of=copy_of)
    return Draft(metadata, "\n\n".join(lines) + "\n", observed_at=NOW + timedelta(hours=1))


def upstreams(workspace: Workspace) -> dict[str, list[str]]:
    """Give the URLs of what each copy was found to be taken from, by its URL."""
    names = {each.article.id: each.article.url for each in workspace.ledger.articles()}
    found = {each.article.url: each.article.copy_of for each in workspace.ledger.articles()}
    return {url: [names[each] for each in copy_of] for url, copy_of in found.items() if copy_of}

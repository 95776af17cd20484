"""A store against a plain dictionary: whatever is done to it, in whatever order, it holds what the dictionary holds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from command import clean_environ
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from provenance.app.catch_up import catch_up
from provenance.app.fsck import Depth, fsck
from provenance.app.history import history
from provenance.app.ingest import ingest
from provenance.app.rebuild import rebuild
from provenance.app.texts import Texts
from provenance.app.workspace import Workspace, init
from provenance.errors import DraftError, StaleDraftError
from provenance.model import CopyState, Draft, Event, Metadata, article_id
from provenance.store.failpoints import VARIABLE

START = datetime(2025, 3, 4, tzinfo=UTC)
DEAD = ("Three", "Two", "Four")
WIRES = ("https://wire.example/a", "https://wire.example/b")
CRASH = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from provenance.app.ingest import ingest
from provenance.app.workspace import Workspace
from provenance.model import Draft, Metadata
path, url, text, at, above = sys.argv[1:]
seen = datetime.fromisoformat(at)
draft = Draft(Metadata(url, headline="Ferry sinks", modified_at=None if above else seen, copy_of=above), text, seen)
list(ingest(Workspace(Path(path)), [draft], lambda: seen))
"""


def text(dead: str, url: str) -> str:
    """Write a story."""
    return (
        f"Ferry sinks\n\n{dead} people died when the ferry went down off {url[-1] * 3}, police said.\n\n"
        "The ferry had left Harrowmouth at seven in the morning with a full car deck, harbour records show.\n\n"
        "Divers from the coastguard searched the wreck until dusk and will go down again as soon as they can.\n"
    )


class Stored(RuleBasedStateMachine):
    """Articles and copies are published, changed, delivered again, and the store is harmed in every harmless way."""

    copies = Bundle("copies")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="model"))
        self.workspace = Workspace(init(self.folder / "store"))
        self.now = START
        self.held: dict[str, list[tuple[str, datetime]]] = {}
        self.above: dict[str, str] = {}

    def teardown(self) -> None:
        """Take the store away."""
        self.fresh()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self) -> None:
        """Open the store anew, as the next command does."""
        self.workspace.ledger.close() if "ledger" in self.workspace.__dict__ else None
        self.workspace = Workspace(self.workspace.path)

    def put(self, url: str, words: str, seen: datetime, modified: datetime | None) -> Event | type[Exception]:
        """Ingest one text as the next command does, and give what became of it."""
        metadata = Metadata(url, headline="Ferry sinks", modified_at=modified, copy_of=self.above.get(url, ""))
        [outcome] = ingest(self.workspace, [Draft(metadata, words, seen)], lambda: self.now)
        return type(outcome.error) if outcome.error else outcome.event  # type: ignore[return-value]

    def tick(self) -> datetime:
        """Let an hour go by."""
        self.now += timedelta(hours=1)
        return self.now

    def expected(self, url: str, words: str, at: datetime) -> Event:
        """Say by the dictionary what must become of a text, and enter it."""
        states = self.held.setdefault(url, [])
        if states and states[-1][0] == words:
            return Event.UNCHANGED
        states.append((words, at))
        return Event.STORED

    @rule(url=st.sampled_from(WIRES), dead=st.sampled_from(DEAD))
    def publish(self, url: str, dead: str) -> None:
        """Show a text at an address: a first one, another one, one that stood there before, or the same."""
        at = self.tick()
        words = text(dead, url)
        assert self.expected(url, words, at) == self.put(url, words, at, at)

    @rule(url=st.sampled_from(WIRES), which=st.integers(0, 5))
    def redeliver(self, url: str, which: int) -> None:
        """Deliver an old state again with its own time: nothing is reverted."""
        states = self.held.get(url, [])
        if not states:
            return
        words, at = states[which % len(states)]
        found = self.put(url, words, self.tick(), at)
        assert found == (Event.UNCHANGED if words == states[-1][0] else Event.STALE)

    @rule(url=st.sampled_from(WIRES))
    def come_late(self, url: str) -> None:
        """Deliver a text that is new and older than what is held: refused."""
        states = self.held.get(url, [])
        if not states:
            return
        found = self.put(url, text("Nine", url), self.tick(), states[-1][1] - timedelta(minutes=1))
        assert found is StaleDraftError

    @rule(target=copies, url=st.sampled_from(WIRES), which=st.integers(0, 5), site=st.sampled_from(("m", "n")))
    def copy(self, url: str, which: int, site: str) -> str:
        """Show a copy of some state of an article, held or not."""
        copy = f"https://{site}.example/{url[-1]}"
        states = self.held.get(url, [])
        words = states[which % len(states)][0] if states else text("Three", url)
        self.above[copy] = url
        found = self.put(copy, words, self.tick(), None)
        if states:
            assert found == self.expected(copy, words, self.now)
        else:
            assert isinstance(found, type)
            assert issubclass(found, DraftError)
        return copy

    @rule()
    def lose_the_ledger(self) -> None:
        """Take the ledger away: the next command works it out again."""
        self.fresh()
        for file in self.workspace.path.glob("ledger.sqlite*"):
            file.unlink()

    @rule()
    def rebuild(self) -> None:
        """Work the ledger out again."""
        rebuild(self.workspace)

    @rule()
    def tidy(self) -> None:
        """Let the user run `git gc`."""
        if (self.workspace.path / "facts.git").exists():
            git = ["git", f"--git-dir={self.workspace.path}/facts.git", "gc", "--quiet", "--prune=now"]
            subprocess.run(git, check=True, env=clean_environ(self.folder))

    @rule(
        url=st.sampled_from(WIRES),
        dead=st.sampled_from(DEAD),
        place=st.sampled_from(("after_revision", "before_branch", "after_branch", "after_sync")),
    )
    def crash(self, url: str, dead: str, place: str) -> None:
        """Kill a writer on its way, then say the same again: it is stored once."""
        self.fresh()
        at, words = self.tick(), text(dead, url)
        arguments = [str(self.workspace.path), url, words, at.isoformat(), ""]
        environ = clean_environ(self.folder) | {VARIABLE: f"{place}:kill", "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", CRASH, *arguments], env=environ, check=False, capture_output=True)
        changed = self.expected(url, words, at)
        found = self.put(url, words, at, at)
        assert found in {changed, Event.UNCHANGED}

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        """Every article has its texts in their order, and a copy is behind where it lacks the last figure."""
        catch_up(self.workspace)
        for url, states in self.held.items():
            found = history(self.workspace, article_id(url)).history
            filled = Texts(self.workspace.store.read).fill(list(found.revisions))
            assert [words for words, _ in states] == [each.text for each in filled]
        for copy, url in self.above.items():
            if copy not in self.held:
                continue
            [judged] = [
                each
                for each in history(self.workspace, article_id(url)).history.copies
                if each.article == article_id(copy)
            ]
            last, mine = self.held[url][-1][0], self.held[copy][-1][0]
            seen = judged.observed_at
            assert mine != last or judged.state == CopyState.CURRENT, judged
            late = seen is not None and seen < self.held[url][-1][1]
            assert mine == last or late or judged.state is CopyState.BEHIND, judged

    @rule()
    def check(self) -> None:
        """Find the store whole."""
        assert fsck(self.workspace, Depth.EVERYTHING).whole


TestStored = Stored.TestCase
TestStored.settings = settings(
    max_examples=4,
    stateful_step_count=9,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

"""What is fuzzed: one target a reader or a law, each with the inputs made for it and the act that must hold for all.

The law for every one: nothing is raised but a ProvError, and what comes out is bounded by what went in. Whatever else
holds, the act asserts.
"""

# ruff: noqa: E501, PT017 - what a refusal says is part of the law
from __future__ import annotations

import errno
import io
import json
import re
import signal
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from engine.generated import awkward, revisions
from fuzz.mutants import damaged, mutated, restructured, seed
from hypothesis import strategies as st

from provenance.engine import delta, fields, notices, text, updates, values
from provenance.engine.evasion import see
from provenance.engine.original import Original
from provenance.engine.sides import align
from provenance.engine.standings import judge
from provenance.errors import DamageError, DeltaMismatchError, DraftError, GateError, ProvError, SourceError, UsageError
from provenance.model import Delta, Draft, Metadata, Revision
from provenance.sources import drafts, folder, front_matter, urls
from provenance.sources.documents import READERS
from provenance.sources.options import Options
from provenance.sources.places import Places

OPTIONS = Options(url="https://x.example/a")
LANGUAGES = ("", "en", "de", "fr", "ja", "ar", "x")


@dataclass(frozen=True)
class Target:
    """Inputs and the act that must hold for all of them; `quick` of them are tried in every run of the tests."""

    inputs: st.SearchStrategy[Any]
    act: Callable[[Any], object]
    quick: int = 100


TARGETS: dict[str, Target] = {}


def target(name: str, inputs: st.SearchStrategy[Any], quick: int = 100) -> Callable[[Callable[[Any], object]], object]:
    """List an act among the targets."""

    def listed(act: Callable[[Any], object]) -> Callable[[Any], object]:
        TARGETS[name] = Target(inputs, act, quick)
        return act

    return listed


@cache
def room() -> Path:
    """Give a folder to write files into, the same for all cases of a process."""
    return Path(tempfile.mkdtemp(prefix="fuzz"))


def sound(made: str, most: int) -> None:
    """Hold what a canonical text is: its own canonical text, with nothing unseen, and no longer than it may be."""
    made.encode()
    assert made == text.canonical("", made)
    assert made == text.clean(made)
    assert not text.hidden(made)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", made)
    assert len(made) <= most


def a_draft(found: Draft | SourceError, most: int) -> None:
    """Hold what a draft is, or that it is refused in words."""
    if isinstance(found, SourceError):
        assert str(found)
        assert len(str(found)) < 6000
        return
    sound(found.text, most)
    assert found.text
    assert found.metadata.url == urls.canonical(found.metadata.url)
    for said in (found.metadata.headline, found.metadata.byline, found.metadata.publisher, found.metadata.language):
        said.encode()
        assert not re.search("[\x00-\x1f\x7f-\x9f]", said), said


# --- readers of documents


def document(name: str, data: bytes) -> None:
    """Read a document in a format."""
    found = READERS[name](data)
    sound(found.text, 4 * len(data) + 100)
    assert any(map(str.isalnum, found.text))
    assert "\n" not in found.headline
    assert len(set(found.flags)) <= 12


@target("html", damaged("page.html"), 60)
def _html(data: bytes) -> None:
    document("html", data)


@target("markdown", damaged("page.md", "text.txt"), 60)
def _markdown(data: bytes) -> None:
    document("markdown", data)


@target("text", damaged("text.txt", "page.md", "page.html"), 100)
def _text(data: bytes) -> None:
    document("text", data)


@target("front matter", mutated("page.md"), 150)
def _front(source: str) -> None:
    front_matter.split(source)


@target("draft lines", damaged("lines.jsonl"), 60)
def _lines(data: bytes) -> None:
    for found in drafts.stream(io.BytesIO(data), Options(), "x", None):
        a_draft(found, 4 * len(data) + 100)


@target("fields of a draft line", restructured("record.json"), 100)
def _row(value: Any) -> None:  # noqa: ANN401 - any JSON
    row = value if isinstance(value, dict) else {"x": value}
    row = {"url": "https://x.example/a", "body": "Text of it."} | row
    for found in drafts.stream(io.BytesIO(json.dumps(row).encode() + b"\n"), Options(), "x", None):
        a_draft(found, 20_000)


@target("manifest", damaged("manifest.toml"), 100)
def _manifest(data: bytes) -> None:
    at = room() / "manifest"
    at.mkdir(exist_ok=True)
    (at / "a.txt").write_bytes(b"Text of it.\n")
    (at / "b.md").write_bytes(b"# Ferry\n\nText of it.\n")
    (at / "prov-manifest.toml").write_bytes(data)
    for found in folder.read(at, OPTIONS):
        a_draft(found, 10_000)


@target("exports", damaged("lines.jsonl", "record.json", "corrections.json"), 100)
def _exports(data: bytes) -> None:
    from provenance.sources import exports, members

    for lines in (True, False):
        for _, found in exports.read(data, lines=lines):
            if not isinstance(found, SourceError):
                sound(found.text, 4 * len(data) + 100)
    source = data.decode("utf-8", "replace")
    for each in members.of(source):
        assert 0 <= each.body[0] <= each.body[1] <= len(source)


ADDRESSES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(("https://", "http://", "HTTPS://", "https:", "javascript:", "https://u@")),
    st.sampled_from(
        (
            "x.example",
            "X.Example",
            "münchen.example",
            "[::1]",
            "127.1",
            "x.example:443",
            "x.example:80",
            "a..b",
            "-x",
            "",
        )
    ),
    st.sampled_from(("", "/", "/a", "//a/../b", "/é", "/e\u0301", "/%2e%2e/", "/a;b")),
    st.sampled_from(("", "?", "?a=1&b=2", "?q='--", "?\u202e")),
    st.one_of(st.just(""), st.text(max_size=5)),
)


@target("addresses", st.one_of(ADDRESSES, mutated("notes.txt"), st.text()), 200)
def _urls(source: str) -> None:
    made = urls.canonical(source[:3000])
    assert made == urls.canonical(made)
    assert made.isprintable() or not made.isascii()


BLOCKS = ("<p>{}</p>", "<p>{}<br>{}</p>", "<div>{}</div>", "<div><p>{}</p><p>{}</p></div>", "<ul><li>{}</li><li>{}</li></ul>", "<h2>{}</h2>",
          "<blockquote><p>{}</p></blockquote>", "<section><p>{}</p></section>", "<figure><figcaption>{}</figcaption></figure>",
          "<p>{} <b>{}</b> <a href='/x'>{}</a> {}</p>", "<p class=correction>Correction: {}</p>", "<table><tr><td>{}</td><td>{}</td></tr></table>",
          "<p><span>{}</span><em>{}</em></p>", "{}", "<pre>{}</pre>", "<p>{}")  # fmt: skip
"""How a page may show words of its article."""


@target(
    "visible words",
    st.tuples(
        st.sampled_from(("article", "main", "div id=content", 'div class="post"', "section", "body", "div")),
        st.lists(st.tuples(st.sampled_from(BLOCKS), st.integers(1, 25)), min_size=1, max_size=12),
    ),
    60,
)
def _visible(given: tuple[str, list[tuple[str, int]]]) -> None:
    """Show words in an article, marked as one or not: each is stored, or nothing is."""
    box, blocks = given
    number, shown = 0, ""
    for block, many in blocks:
        runs = []
        for _ in range(block.count("{}")):
            runs.append(" ".join(f"w{number + n}ord" for n in range(many)) + ".")
            number += many
        shown += block.format(*runs) + "\n"
    page = f"<!doctype html><html><head><title>Ferry</title></head><body><{box}><h1>Ferry</h1>{shown}</{box.split()[0]}></body></html>"
    made = READERS["html"](page.encode()).text
    found = set(re.findall(r"w\d+ord", made))
    lost = [f"w{n}ord" for n in range(number) if f"w{n}ord" not in found]
    assert not lost, (lost[:5], shown[:600])


# --- readers of a project's and a store's files


@target("settings", mutated("settings.toml"), 100)
def _settings(source: str) -> None:
    from provenance.app.gate import project
    from provenance.app.workspace import find

    at = room() / "pyproject.toml"
    at.write_bytes(source.encode("utf-8", "surrogatepass"))
    for act in (lambda: project.find([at], at), lambda: find(None, {}, room())):
        try:
            act()
        except UsageError as error:
            assert str(error)
        except OSError as error:  # a store's name that is too long for the file system: the command line says so
            assert error.errno == errno.ENAMETOOLONG, error


@target("waivers", mutated("waivers.toml"), 100)
def _waivers(source: str) -> None:
    from provenance.app.gate import waivers

    (room() / waivers.NAME).write_bytes(source.encode("utf-8", "surrogatepass"))
    waivers.read(room())


@target("lock", st.one_of(damaged("lock.json"), restructured("lock.json").map(lambda v: json.dumps(v).encode())), 100)
def _lock(data: bytes) -> None:
    from provenance.app.gate import lock

    (room() / lock.NAME).write_bytes(data)
    lock.read(room())


@target("sealed lock", restructured("lock.json"), 100)
def _sealed(value: Any) -> None:  # noqa: ANN401 - any JSON
    """Read a lock whose seal is right, whatever it holds: the seal is no secret."""
    from provenance.app.gate import lock

    try:
        rows = [lock.Locked(**row) for row in value["files"]]
        value["sha256"] = lock._seal(str(value["store"]), rows)
    except (TypeError, KeyError, AttributeError, ValueError):
        pass
    (room() / lock.NAME).write_text(json.dumps(value))
    found = lock.read(room())
    for (path, item), each in found.entries.items():
        assert all(isinstance(part, str) for part in (path, item, each.url, each.article, each.commit, each.text))
        assert isinstance(each.revision, int)


@target(
    "baseline",
    st.one_of(damaged("baseline.json"), restructured("baseline.json").map(lambda v: json.dumps(v).encode())),
    100,
)
def _baseline(data: bytes) -> None:
    from provenance.app.gate import baseline

    (room() / baseline.NAME).write_bytes(data)
    baseline.read(room())


@target(
    "corrections file",
    st.one_of(damaged("corrections.json"), restructured("corrections.json").map(lambda v: json.dumps(v).encode())),
    150,
)
def _corrections(data: bytes) -> None:
    from provenance.sources import corrections

    (room() / "c.json").write_bytes(data)
    found = corrections.read(room() / "c.json")
    for name in found:
        for act in (found.article, found.history):
            try:
                act(name)
            except GateError as error:
                assert str(error)


@target(
    "records of a store",
    st.one_of(damaged("record.json", "run.jsonl"), restructured("record.json").map(lambda v: json.dumps(v).encode())),
    150,
)
def _records(data: bytes) -> None:
    from provenance.store import codec

    for read in (codec.read_record, codec.read_observation, codec.read_waiver):
        try:
            read(data)
        except DamageError as error:
            assert str(error)


@target("settings of a repository", mutated("config.ini", "settings.toml"), 100)
def _config(source: str) -> None:
    from provenance.store import guard

    assert len(list(guard.settings(source))) <= source.count("\n") + 50


# --- laws of the engine


@target("canonical text", st.tuples(st.one_of(awkward, st.just("")), mutated("text.txt", "page.md", "notes.txt")), 100)
def _canonical(given: tuple[str, str]) -> None:
    headline, body = given
    made = text.canonical(headline, body)
    sound(made, 2 * (len(headline) + len(body)) + 2 + body.count("\n"))
    shown = "".join(filter(str.isalnum, text.clean(body)))
    assert shown in "".join(filter(str.isalnum, made))


@target("notices", st.tuples(mutated("notes.txt", "text.txt"), st.sampled_from(LANGUAGES)), 40)
def _notices(given: tuple[str, str]) -> None:
    made = text.canonical("Ferry sinks", given[0])
    found = notices.find(made, given[1])
    reached = 0
    for each in found:
        assert each.span
        assert reached <= each.span[0] < each.span[1] <= len(made)
        reached = each.span[1]
    kept = notices.strip(made, found)
    assert sum(b - a for a, b in kept) + sum(b - a for a, b in (each.span or (0, 0) for each in found)) <= len(made)
    for line in made.split("\n\n")[:3]:
        notices.read(line, given[1])


@target("values", st.tuples(mutated("notes.txt", "text.txt"), st.sampled_from(LANGUAGES)), 100)
def _values(given: tuple[str, str]) -> None:
    reached = 0
    for each in values.read(*given):
        assert reached <= each.span[0] < each.span[1] <= len(given[0])
        reached = each.span[1]
    fields.recognise(given[0])


PAIRS = st.one_of(
    revisions().map(tuple),
    st.tuples(awkward, awkward),
    st.tuples(mutated("text.txt"), mutated("text.txt")),
    st.tuples(mutated("notes.txt"), mutated("notes.txt", "text.txt")),
)


@target("deltas", PAIRS, 80)
def _deltas(given: tuple[str, str]) -> None:
    before, after = (each.encode("utf-8", "replace").decode() for each in given)
    made = delta.make(before, after)
    assert after == delta.apply(made, before)
    back = delta.inverse(made, before)
    assert before == delta.apply(back, after)


@target(
    "delta operations", st.tuples(PAIRS, st.text(st.sampled_from("=+-\t0123456789%Eé\x00\ud800a "), max_size=30)), 60
)
def _operations(given: tuple[tuple[str, str], str]) -> None:
    before, after = (each.encode("utf-8", "replace").decode() for each in given[0])
    made = delta.make(before, after)
    for ops in (given[1], made.ops + given[1], given[1] + made.ops, made.ops[: len(made.ops) // 2]):
        try:
            assert after == delta.apply(Delta(made.before, made.after, ops), before)
        except DeltaMismatchError:
            continue


def revision(words: str, n: int, site: str = "wire") -> Revision:
    """Give a revision of an article."""
    return Revision(Metadata(f"https://{site}.example/a", headline="Ferry sinks"), n, text=words)


THREE = st.one_of(
    revisions(3),
    st.tuples(*[mutated("text.txt", "notes.txt")] * 3),
    st.tuples(st.just(seed("text.txt")), mutated("text.txt"), mutated("text.txt", "page.md")),
)


@target("verdicts", THREE, 15)
def _verdicts(given: tuple[str, str, str]) -> None:
    """Judge a copy: spans lie in their texts, and the copy that is the last revision misses nothing."""
    old, new, copy = (text.canonical("", each) or "x\n" for each in given)
    held = [revision(old, 0), revision(new, 1)]
    made = updates.revise(*held).updates
    for update in made:
        for edit in update.edits:
            assert edit.before_span is None or 0 <= edit.before_span[0] <= edit.before_span[1] <= len(old)
            assert edit.after_span is None or 0 <= edit.after_span[0] <= edit.after_span[1] <= len(new)
    found = judge(held, made, revision(copy, 0, "mirror"), datetime(2026, 1, 1, tzinfo=UTC), declared=True)
    assert found is not None
    for standing in found.standings:
        assert 0 <= standing.confidence <= 1
        for each in standing.edits:
            assert each.span is None or 0 <= each.span[0] <= each.span[1] <= len(copy)
    align(new, copy)


@target("disguises", st.tuples(mutated("text.txt"), mutated("text.txt", "notes.txt")), 100)
def _disguises(given: tuple[str, str]) -> None:
    article, copy = (text.canonical("", each) or "x\n" for each in given)
    seen = see(copy, Original([article], ""))
    assert len(copy) == len(seen.text)
    for each in seen.disguises:
        assert each.word == copy[slice(*each.span)]


@target(
    "places", st.tuples(mutated("page.md", "page.html", "text.txt", "lines.jsonl"), st.sampled_from(tuple(READERS))), 40
)
def _places(given: tuple[str, str]) -> None:
    """Read a file and look for each word of its text: what is found lies in the file."""
    source, form = given
    source = source.encode("utf-8", "replace").decode()
    canonical = READERS[form](source.encode()).text
    places = Places.of(source, canonical)
    for word in list(re.finditer(r"\S+", canonical))[:60]:
        for place in (places.place(word.span()), places.insertion(word.end()), places.below(word.end())):
            assert place is None or 0 <= place.span[0] <= place.span[1] <= len(source)
            assert place is None or (place.line >= 1 and place.column >= 1)


SECONDS = 20
"""Of this process's own time, which no busy machine adds to: a case that takes more hangs."""


class Hang(BaseException):
    """A case that does not come to its end; no ordinary handler takes it for its own."""


def run(name: str, value: object) -> bool:
    """Try a target on a value; tell whether it was taken, False where it was refused on purpose."""

    def late(signal: int, frame: FrameType | None) -> None:
        raise Hang(f"{name}: more than {SECONDS} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        TARGETS[name].act(value)
    except ProvError as error:
        assert isinstance(error, (SourceError, DraftError, GateError, UsageError, DamageError)), error
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True

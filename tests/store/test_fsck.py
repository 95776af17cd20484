"""Every invariant of the format is examined: break it, and its code comes back with the article."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from store.world import URL, git, make, put, saw

from provenance.errors import ProvError
from provenance.model import article_id, digest
from provenance.store import Code, Store
from provenance.store.codec import Record, write_record

ID = article_id(URL)
PATH = f"articles/{ID[:2]}/{ID[2:4]}/{ID}"


def commit(store: Store, files: dict[str, bytes | None], message: str = "x", mode: str = "100644") -> str:
    """Put a commit on top of the log with plain git, which asks nobody; None deletes a file."""
    stream = [f"commit refs/heads/main\ncommitter x <x@x> 1800000000 +0000\ndata {len(message)}\n{message}\n".encode()]
    stream += [f"from {head}\n".encode() for head in [store.head()] if head]
    for path, content in files.items():
        if content is None:
            stream.append(f"D {path}\n".encode())
        else:
            stream.append(f"M {mode} inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
    git(store, "fast-import", "--quiet", stdin=b"".join(stream))
    return store.head()


def said(n: int, text: bytes, source: str = "") -> str:
    """Give the message that belongs to a revision."""
    beside = f"\nProv-Source: sha256:{source}" if source else ""
    return f"r\n\nProv-Article: {ID}\nProv-Revision: {n}\nProv-Text: sha256:{digest(text.decode())}{beside}\n"


def record(n: int, text: bytes, **other: object) -> bytes:
    """Give the record that belongs to a revision."""
    return write_record(replace(Record(make().metadata, n, digest(text.decode())), **other))  # type: ignore[arg-type]


def revision(store: Store, n: int = 1, text: bytes = b"x\n", **other: object) -> str:
    """Append a revision with plain git, some of it not as it must be."""
    files = {f"{PATH}.json": record(n, text, **other), f"{PATH}.txt": text}
    return commit(store, {**files}, said(n, text))


BREAKS: dict[str, tuple[Code, Callable[[Store], object]]] = {
    "a commit of nothing": (Code.COMMIT, lambda store: commit(store, {})),
    "a file beside the format": (Code.PATH, lambda store: commit(store, {"README": b"x"})),
    "submodules": (Code.PATH, lambda store: commit(store, {".gitmodules": b"x"})),
    "a link": (Code.PATH, lambda store: commit(store, {f"{PATH}.txt": b"/etc/passwd"}, mode="120000")),
    "a wrong folder": (Code.PATH, lambda store: commit(store, {f"articles/00/00/{ID}.txt": b"x"})),
    "a text without a record": (Code.COMMIT, lambda store: commit(store, {f"{PATH}.txt": b"x"})),
    "two articles at once": (
        Code.COMMIT,
        lambda store: commit(store, {f"{PATH}.json": b"{}", "waivers/0123456789abcdef.jsonl": b"x"}),
    ),
    "a deleted article": (Code.KEPT, lambda store: commit(store, {f"{PATH}.txt": None, f"{PATH}.json": None})),
    "a number left out": (Code.NUMBER, lambda store: revision(store, 2)),
    "a number twice": (Code.NUMBER, lambda store: revision(store, 0)),
    "another article's record": (
        Code.IDENTITY,
        lambda store: revision(store, metadata=replace(make().metadata, url="https://other.example/")),
    ),
    "a record that is none": (
        Code.RECORD,
        lambda store: commit(store, {f"{PATH}.json": b"{}\n", f"{PATH}.txt": b"x\n"}, said(1, b"x\n")),
    ),
    "a record with spaces": (
        Code.RECORD,
        lambda store: commit(
            store,
            {f"{PATH}.json": record(1, b"x\n").replace(b":", b": "), f"{PATH}.txt": b"x\n"},
            said(1, b"x\n"),
        ),
    ),
    "a message of another revision": (
        Code.MESSAGE,
        lambda store: commit(store, {f"{PATH}.json": record(1, b"x\n"), f"{PATH}.txt": b"x\n"}, said(2, b"x\n")),
    ),
    "a text that did not come along": (
        Code.TEXT,
        lambda store: commit(store, {f"{PATH}.json": record(1, b"x\n")}, said(1, b"x\n")),
    ),
    "a source that did not come along": (Code.SOURCE, lambda store: revision(store, source="0" * 64)),
    "a run that is no JSON": (
        Code.RUN,
        lambda store: commit(store, {"runs/2026/01/02/20260102T030405Z-0123456789abcdef.jsonl": b"x\n"}),
    ),
    "a run of a revision that is not there": (Code.RUN, lambda store: store.append([], saw(make(7)))),
}


@pytest.mark.parametrize("breaking", BREAKS)
def test_a_broken_invariant_has_its_code(store: Store, breaking: str) -> None:
    """The damage names the invariant and the commit, and says what to do."""
    put(store, make(0))
    code, break_it = BREAKS[breaking]

    break_it(store)

    found = store.fsck()
    assert code in {damage.code for damage in found}, found
    assert all(damage.message and damage.remedy and damage.object for damage in found)
    assert all("\n" not in damage.message for damage in found)


def test_a_text_that_is_not_the_one_named_is_found_by_looking_deep(store: Store) -> None:
    """The digests of texts and of received bytes are compared when every byte is read."""
    put(store, make(0))
    commit(store, {f"{PATH}.json": record(1, b"x\n"), f"{PATH}.txt": b"y\n"}, said(1, b"x\n"))

    assert () == store.fsck()
    assert [(Code.TEXT, ID)] == [(damage.code, damage.article) for damage in store.fsck(deep=True)]


def test_received_bytes_that_are_not_those_named_are_found_by_looking_deep(store: Store) -> None:
    """Evidence that was exchanged is found."""
    put(store, make(0))
    files = {f"{PATH}.json": record(1, b"x\n", source="0" * 64), f"{PATH}.txt": b"x\n", f"{PATH}.source": b"y"}
    commit(store, {**files}, said(1, b"x\n", "0" * 64))

    assert () == store.fsck()
    assert [(Code.SOURCE, ID)] == [(damage.code, damage.article) for damage in store.fsck(deep=True)]


def loose(store: Store) -> list[Path]:
    """Take the packs of a store apart, and give a file for each object."""
    packs = [path.read_bytes() for path in store.path.rglob("*.pack")]
    for path in (store.path / "facts.git/objects/pack").iterdir():
        path.unlink()
    for pack in packs:
        git(store, "unpack-objects", "-q", stdin=pack)
    return sorted((store.path / "facts.git/objects").glob("??/*"))


def test_a_text_that_is_gone_is_named_with_its_article(store: Store) -> None:
    """A missing blob is damage, with its id and its article, wherever it is met."""
    put(store, make(0), make(0, "Other\n", url="https://other.example/"))
    [blob] = git(store, "rev-parse", f"main:{PATH}.txt").split()
    [gone] = [path for path in loose(store) if path.parent.name + path.name == blob]

    gone.unlink()

    assert {(Code.OBJECTS, blob, ID)} == {(each.code, each.object, each.article) for each in store.fsck(deep=True)}
    gone.write_bytes(b"")
    assert {(blob, ID)} <= {(each.object, each.article) for each in store.fsck(deep=True)}


def test_a_branch_that_is_gone_from_packed_refs_is_found(store: Store) -> None:
    """A bit flipped in the name of the branch makes it another, and plain git would show an empty log."""
    put(store, make(0))
    git(store, "gc", "-q")
    packed = store.path / "facts.git/packed-refs"
    packed.write_text(packed.read_text().replace("heads/main", "heads/mai~"))

    assert {Code.BRANCH} == {damage.code for damage in store.fsck()}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["packed", "loose", "collected"])
def test_every_flipped_bit_is_found(store: Store, form: str) -> None:
    """A bit flipped anywhere in objects, packs, branch or settings is damage or a refusal, never silence."""
    put(store, *(make(n, source=b"<p>x" * n) for n in range(3)), make(0, url="https://other.example/"))
    if form == "loose":
        loose(store)
    if form == "collected":
        git(store, "gc", "-q")
    before = [type(fact) for fact in store.log()]
    harmless = ("facts.git/config", "objects/info/packs", "info/refs", "packed-refs")  # settings, caches, a comment
    files = [
        path
        for path in sorted((store.path / "facts.git").rglob("*"))
        if path.is_file() and not str(path).endswith(harmless)
    ]
    draw = random.Random(7)
    silent = []
    for _ in range(60):
        path = draw.choice(files)
        whole = path.read_bytes()
        place, bit = draw.randrange(len(whole)), draw.randrange(8)
        path.chmod(0o600)
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        try:
            found = Store.open(store.path).fsck(deep=True)
        except ProvError as error:
            found = (error,)  # type: ignore[assignment]
        if not found:
            silent.append((str(path), place, bit))
        path.write_bytes(whole)
    assert [] == silent
    assert before == [type(fact) for fact in store.log()]
    assert () == store.fsck(deep=True)


def other_ref(store: Store) -> None:
    """Name a commit by another ref, as a person may with plain git."""
    git(store, "update-ref", "refs/heads/mine", store.head())


def other_setting(store: Store) -> None:
    """Give a setting another value."""
    config = store.path / "facts.git/config"
    config.write_text(config.read_text().replace("0600", "0640"))


def end(pattern: str) -> Callable[[Store], None]:
    """Change the last byte of a file."""

    def change(store: Store) -> None:
        [path] = (store.path / "facts.git/objects").glob(pattern)
        path.chmod(0o600)
        path.write_bytes(path.read_bytes()[:-1] + b"~")

    return change


AROUND: dict[str, tuple[Code, Callable[[Store], object]]] = {
    "another ref": (Code.REF, other_ref),
    "another packed ref": (Code.REF, lambda store: (other_ref(store), git(store, "pack-refs", "--all"))),
    "another setting": (Code.SETTING, other_setting),
    "an index": (Code.INDEX, end("pack/*.idx")),
    "a commit-graph": (
        Code.INDEX,
        lambda store: (git(store, "commit-graph", "write", "--reachable"), end("info/commit-graph")(store)),
    ),
    "a packed branch of no log": (
        Code.BRANCH,
        lambda store: (store.path / "facts.git/packed-refs").write_text(f"{'1' * 40} refs/heads/main\n"),
    ),
}


@pytest.mark.parametrize("breaking", AROUND)
def test_damage_around_the_log_has_its_code(store: Store, breaking: str) -> None:
    """Refs, settings, indexes and caches: what plain git reads, or another git writes by."""
    put(store, make(0))
    code, break_it = AROUND[breaking]
    assert () == store.fsck()

    break_it(store)

    assert [code] == [damage.code for damage in store.fsck()]


def test_what_fetching_leaves_and_a_plain_clone_are_no_damage(store: Store, tmp_path: Path) -> None:
    """Remote branches, and a repository that `git clone --bare` made, with none of prov's settings."""
    put(store, make(0))
    git(store, "update-ref", "refs/remotes/origin/main", store.head())
    git(store, "clone", "-q", "--bare", str(store.path / "facts.git"), str(tmp_path / "clone"))
    assert () == store.fsck(deep=True)

    other = Store.init(tmp_path / "other")
    (tmp_path / "clone").rename(other.path / "facts.git")

    assert () == other.fsck(deep=True)


def test_what_is_no_damage_is_remarked_upon(store: Store) -> None:
    """Files that do not belong, wide permissions, a pack that git does not see, commits that no log has."""
    put(store, make(0))
    (store.path / "thesis.txt").touch(0o600)
    (store.path / "facts.git/objects/pack" / f"pack-{'1' * 40}.pack").touch(0o600)
    (store.path / "facts.git/HEAD").chmod(0o644)
    lost = git(store, "commit-tree", "main^{tree}", "-m", "x").strip()
    assert lost

    found = store.examine(deep=True)

    said = " ".join(remark.message for remark in found.remarks)
    assert () == found.damage
    assert all(word in said for word in ("thesis.txt", "has no index", "read or changed by others", "in no log"))
    assert all(remark.remedy for remark in found.remarks)

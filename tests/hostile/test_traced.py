"""No code from data: traced from outside and watched from inside, hostile inputs start git alone and write to the store alone."""

# ruff: noqa: E501 - a table reads by its rows
from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import PROV, clean_environ
from hostile.table import tries
from hostile.test_terminals import EVIL, MIRROR, NAME, WIRE, feed
from hostile.world import OLD, page

TRACED = "execve,execveat,socket,connect,bind,open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat"  # fmt: skip
CALL = re.compile(r"^(?:\[pid +\d+\] |\d+ +)?(\w+)\((.*)$")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
BASE = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>")
"""The folder that a call's path counts from."""
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
NO_FILE = ("/dev/null", "/dev/tty")

WATCH = """
import json, os, sys
out = os.open(os.environ["WATCHED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "ctypes.", "pty.", "webbrowser.",
                         "urllib.", "http.", "smtplib.", "ftplib.", "marshal.load", "pickle.", "code.__new__")) or event == "exec" and False:
        os.write(out, (json.dumps([event, repr(args)[:400]]) + "\\n").encode())
sys.addaudithook(watch)
from provenance.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """Give a folder full of what is out to harm: documents, a site, and programs that would say that they ran."""
    for name in ("git", "python", "sh", "env", "pager", "less", "vi"):
        (tmp_path / "here").mkdir(exist_ok=True)
        (tmp_path / "here" / name).write_text(f"#!/bin/sh\necho {name} >> {tmp_path}/ran\n")
        (tmp_path / "here" / name).chmod(0o755)
    here = tmp_path / "here"
    (here / "lines.jsonl").write_bytes(feed())
    (here / "x.html").write_bytes(
        page(
            f"<img src='http://127.0.0.1:9/x.png'><iframe src='file:///etc/passwd'></iframe><p>{EVIL}</p>",
            f"<base href='http://127.0.0.1:9/'><link rel=stylesheet href='http://127.0.0.1:9/x.css'>"
            f"<script src='http://127.0.0.1:9/x.js'></script><link rel=canonical href='{WIRE}'>",
        )
    )
    (here / "x.md").write_text(f"---\ntitle: !!python/object/apply:os.system ['touch {tmp_path}/ran']\n---\n\n{OLD}\n")
    (here / "x.xhtml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body><p>{OLD} &x;</p></body></html>"
    )
    (here / "site").mkdir()
    (here / "site" / NAME.replace("txt", "md")).write_text(f"---\ncopy_of: {WIRE}\n---\n\n{OLD}\n")
    (here / "sitecustomize.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('sitecustomize')\n")
    (here / "provenance").mkdir()
    (here / "provenance" / "__init__.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('provenance')\n")
    (here / "conf").write_text(f"[core]\n\tfsmonitor = touch {tmp_path}/ran\n\tpager = touch {tmp_path}/ran\n")
    yield here
    shutil.rmtree(tmp_path, ignore_errors=True)


COMMANDS: tuple[list[str], ...] = (
    ["init"],
    ["ingest", "lines.jsonl"],
    ["ingest", "x.html", "x.md", "x.xhtml", "--url", "https://courier.example/x"],
    ["ingest", "ext::sh -c touch% ../ran", "--url=--upload-pack=touch ../ran"],
    ["status"],
    ["explain", MIRROR],
    ["check", "site"],
    ["report", "--format", "json"],
    ["export", "corrections"],
    ["fsck", "--deep"],
    ["rebuild"],
)


def environ(here: Path) -> dict[str, str]:
    """Give an environment in which every variable that could is out to harm."""
    evil = f"touch {here.parent}/ran"
    names = (
        "GIT_SSH_COMMAND",
        "GIT_PAGER",
        "PAGER",
        "GIT_EDITOR",
        "EDITOR",
        "VISUAL",
        "BROWSER",
        "GIT_EXTERNAL_DIFF",
        "GIT_ASKPASS",
    )
    proxies = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    found = (
        clean_environ(here.parent / "home") | dict.fromkeys(names, evil) | dict.fromkeys(proxies, "http://127.0.0.1:9")
    )
    found |= {"GIT_CONFIG_GLOBAL": str(here / "conf"), "GIT_DIR": str(here), "GIT_TRACE": str(here / "trace")}
    return found | {"PATH": f".:{found['PATH']}", "TMPDIR": str(here.parent / "tmp")}


def prepared(here: Path) -> None:
    """Make the folders that a user has."""
    for name in ("home", "tmp"):
        (here.parent / name).mkdir(exist_ok=True)


def harmless(here: Path) -> None:
    """Hold that no trap has snapped."""
    assert not (here.parent / "ran").exists(), (here.parent / "ran").read_text()
    assert not (here / "trace").exists()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@tries(89)
def test_traced_from_outside(trap: Path, rows: object) -> None:
    """Every call of every process: git by its absolute path, files in the store, its own temporary folder, its cache."""
    prepared(trap)
    if subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody trace")
    cache = trap.parent / "home" / ".cache"
    own = (str(trap / "store"), str(trap.parent / "tmp"), str(cache / "prov"), f"{cache} ")
    for command in COMMANDS:
        log = trap.parent / "calls"
        ran = subprocess.run(
            ["strace", "-f", "-qq", "-y", "-s", "4096", "-e", f"trace={TRACED}", "-o", str(log), PROV, *command],
            cwd=trap,
            env=environ(trap),
            capture_output=True,
            check=False,
        )
        assert ran.returncode in {0, 1, 2, 3}, (command, ran.stderr)
        calls = list(_calls(log))
        assert any(name == "openat" for name, _ in calls)
        assert [] == _wrong(calls, trap, own), command
    harmless(trap)


def _calls(log: Path) -> Iterator[tuple[str, str]]:
    for line in log.read_text(errors="replace").splitlines():
        found = CALL.match(line)
        if found and " = -1 " not in line:
            yield found[1], found[2]


def _wrong(calls: list[tuple[str, str]], here: Path, own: tuple[str, ...]) -> list[str]:
    """Name the calls that start another program than git, open a socket, or write elsewhere."""
    wrong = []
    for number, (name, rest) in enumerate(calls):
        quoted = QUOTED.findall(rest)
        first = quoted[-1 if "link" in name and not name.startswith("unlink") else 0] if quoted else ""
        base = BASE.match(rest)
        path = os.path.normpath((Path(base[1]) if base else here) / first) if first else ""
        if name.startswith("execve"):
            program = Path(path).name
            fine = number == 0 or program == "env" or program.startswith("git")
            if not fine or path.startswith(str(here.parent)):
                wrong.append(f"{name} {path}")
        elif name in {"socket", "connect", "bind"}:
            wrong.append(f"{name} {rest[:80]}")
        elif name.startswith("open") and not WRITING.search(rest):
            continue
        elif (
            first
            and not f"{path} ".startswith(own)
            and path not in NO_FILE
            and not path.endswith(".pyc")
            and "__pycache__" not in path
        ):
            wrong.append(f"{name} {path}")
    return wrong


@pytest.mark.slow
@tries(65)
def test_watched_from_inside(trap: Path, rows: object) -> None:
    """Python's own audit: no socket, no shell, no pickle; what is started is git, by its absolute path."""
    prepared(trap)
    watched = trap.parent / "watched"
    for command in (each for each in COMMANDS if each[0] in {"init", "ingest", "check", "report"}):
        watched.unlink(missing_ok=True)
        ran = subprocess.run(
            [sys.executable, "-P", "-c", WATCH, *command],
            cwd=trap,
            env=environ(trap) | {"WATCHED": str(watched)},
            capture_output=True,
            check=False,
        )
        assert ran.returncode in {0, 1, 2, 3}, (command, ran.stderr)
        for line in watched.read_text().splitlines():
            event, said = json.loads(line)
            if event.startswith("socket."):
                assert event == "socket.gethostname", (command, line)
            elif event == "subprocess.Popen":
                program = re.match(r"\('([^']*)'", said)
                assert program, line
                assert program[1] == "/usr/bin/env" or re.fullmatch(r"/.*/git", program[1]), line
                assert not program[1].startswith(str(trap)), line
            else:
                assert event in {
                    "os.fork",
                    "os.posix_spawn",
                    "code.__new__",
                    "marshal.loads",
                    "marshal.load",
                    "ctypes.dlopen",
                    "ctypes.dlsym",
                    "ctypes.dlsym/handle",
                }, (command, line)
    harmless(trap)


def test_the_trap_would_be_seen(trap: Path) -> None:
    """The tracer finds what it is there for: a program that is started, a socket, a file outside the store."""
    assert ["execve /bin/sh"] == _wrong([("execve", '"/x"'), ("execve", '"/bin/sh", ["sh"]')], trap, ())
    assert _wrong([("socket", "AF_INET, SOCK_STREAM")], trap, ())
    assert _wrong([("openat", 'AT_FDCWD, "/etc/x", O_WRONLY|O_CREAT')], trap, (str(trap / "store"),))
    assert not _wrong([("openat", 'AT_FDCWD, "store/x", O_WRONLY|O_CREAT')], trap, (str(trap / "store"),))
    assert socket.AF_UNIX

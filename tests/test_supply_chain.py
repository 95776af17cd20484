"""What CI installs: locked by hashes, under licences that are allowed, and looked up in what is known of holes."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from command import clean_environ
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).resolve().parent.parent
CI = CHECKOUT / ".ci"
PYTHONS = ["3.11.0", "3.11.7", "3.12.1", "3.13.0"]
NETWORK = r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host|^-[ifr]\b"

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (CI / "requirements.txt").read_text(encoding="utf-8")
ACTION = (CI / "requirements-action.txt").read_text(encoding="utf-8")

HOLE = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-0001"],
    "summary": "a made-up hole",
    "affected": [
        {
            "package": {"name": "click", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """Give `.ci/audit.py`."""
    return script("audit")


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    """Give `.ci/licences.py`."""
    return script("licences")


# --- the lock ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_has_what_the_project_asks_for(python: str) -> None:
    """Each requirement of the project, its extras up to `dev` and its build is locked, at a version that it allows."""
    pinned = pins(python)
    wanted = [each for each in asked("dev") if each.marker is None or each.marker.evaluate(world(python))]

    assert len(wanted) > 30
    assert [] == [str(each) for each in wanted if not each.specifier.contains(pinned.get(each.name, "0"))]


@pytest.mark.parametrize("lock", [LOCK, ACTION], ids=["lock", "action"])
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    """Nothing is installed of which the bytes are not known."""
    for entry in re.split(r"\n(?=[a-z0-9])", lock)[1:]:
        assert re.match(r"[a-z0-9.-]+==[^ ;]+( ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}\b", entry), (
            entry.splitlines()[0]
        )


@pytest.mark.parametrize("lock", [LOCK, ACTION], ids=["lock", "action"])
def test_a_lock_says_nothing_of_where_packages_come_from(lock: str) -> None:
    """That is the machine's matter; the hashes hold wherever they come from."""
    assert [] == re.findall(NETWORK, lock, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
def test_the_action_gets_what_prov_needs_as_it_was_tested(python: str) -> None:
    """What the project asks for without any extra, and what builds it, at the versions that CI tests."""
    pinned = pins(python, ACTION)

    assert [] == [
        str(each) for each in (*declared(""), *built()) if not each.specifier.contains(pinned.get(each.name, "0"))
    ]
    assert pinned.items() <= pins(python).items()


@pytest.mark.parametrize(("ci", "locked"), [("true", True), ("", False)])
def test_ci_installs_from_the_lock_and_everybody_else_does_not(ci: str, locked: bool) -> None:  # noqa: FBT001
    """By hashes alone, without looking for anything that is not in the lock."""
    ran = subprocess.run(
        ["make", "--dry-run", "--always-make", f"CI={ci}", "PYTHON=python3", ".venv/.installed-dev"],
        cwd=CHECKOUT,
        env=clean_environ(CHECKOUT),
        capture_output=True,
        text=True,
        check=True,
    )

    assert locked == ("--require-hashes --no-deps --requirement .ci/requirements.txt" in ran.stdout)
    assert locked == ("--no-deps --no-build-isolation --editable ." in ran.stdout)
    assert locked != ("--editable '.[dev]'" in ran.stdout)


def test_ci_runs_only_what_is_there() -> None:
    """Every script that `.ci/run` names is in the folder, and can be run."""
    steps = (CI / "run").read_text(encoding="utf-8")
    named = [CHECKOUT / each for each in re.findall(r"\.ci/[\w.]+", steps) if each != ".ci/run"]

    assert {"licences.py", "audit.py", "tools"} <= {each.name for each in named}
    assert [] == [each.name for each in named if not each.is_file()]
    assert [] == [each.name for each in named if each.suffix != ".py" and not each.stat().st_mode & 0o100]


# --- licences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("", False),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND (GPL-3.0-only OR Apache-2.0)", True),
        ("GPL-3.0-only OR MIT AND AGPL-3.0-only", False),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
    ],
)
def test_of_an_or_one_is_enough_and_of_an_and_all_are_needed(
    licences: ModuleType,
    licence: str,
    allowed: bool,  # noqa: FBT001
) -> None:
    """A package comes in only under licences that we listed, and never under none."""
    rules = licences.Rules(frozenset({"MIT", "Apache-2.0"}), {}, {}, {})

    assert allowed == rules.permit("example", licence)


def test_an_exception_is_for_the_packages_that_it_names(licences: ModuleType) -> None:
    """What one library may, another may not."""
    rules = licences.Rules(frozenset({"MIT"}), {"psycopg": "LGPL-3.0-only"}, {}, {})

    assert rules.permit("psycopg", "LGPL-3.0-only")
    assert not rules.permit("example", "LGPL-3.0-only")


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0"}, "MIT OR Apache-2.0"),
        ({"License": "MIT"}, "MIT"),
        ({"License": "In our own words"}, "Apache-2.0"),
        ({"Classifier": "License :: OSI Approved :: In our own words"}, "Apache-2.0"),
        ({"License-Expression": "MIT", "License": "In our own words"}, "MIT"),
        ({"License": "As you like it"}, ""),
        ({}, ""),
    ],
)
def test_a_licence_is_read_from_what_the_package_says(
    licences: ModuleType, fields: dict[str, str], licence: str
) -> None:
    """First in SPDX, then in words that we know; words that we do not know are no licence."""
    rules = licences.Rules(frozenset(), {}, {"In our own words": "Apache-2.0"}, {})
    said = Message()
    for name, value in {"Name": "example", **fields}.items():
        said[name] = value

    assert licence == rules.licence(said)


def test_every_package_that_is_asked_for_stands_in_the_document() -> None:
    """With its licence, and with the extra by which it comes."""
    rows = {
        name: by
        for name, _, by in re.findall(
            r"^\| (\S+) \| ([^|]+) \| ([^|]+) \|$",
            (CHECKOUT / "docs/licences.md").read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    }

    for extra in ("", *PROJECT["project"]["optional-dependencies"]):
        for each in declared(extra):
            assert each.name in rows
            assert extra or "core" == rows[each.name]


def test_a_licence_that_is_allowed_beyond_the_list_has_its_reason() -> None:
    """An exception is to be understood by whoever reads it later."""
    rules = tomllib.loads((CI / "licences.toml").read_text(encoding="utf-8"))

    assert all(each["packages"] and each["because"] for each in rules["exception"])
    assert sorted(rules["allowed"]) == rules["allowed"]


# --- known vulnerabilities -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holes", "code", "line"),
    [
        ({"jinja2": [HOLE]}, 1, "VULNERABLE jinja2"),
        ({"jinja2 2.10": [HOLE]}, 0, "0 to object to"),
        ({"jinja2 2.10": [HOLE], "click": [HOLE]}, 1, "VULNERABLE click"),
        ({}, 75, "could not look"),
    ],
    ids=["one that everybody knows", "none", "one", "asked in vain"],
)
def test_a_service_is_believed_only_where_it_knows_something(
    holes: dict[str, list[dict[str, Any]]], code: int, line: str, tmp_path: Path
) -> None:
    """A hole fails; none passes; a service that knows of no hole at all counts as not reached."""
    with service(holes) as url:
        ran = audited(url, tmp_path)

    assert code == ran.returncode, ran.stderr
    assert line in ran.stdout
    assert ("to object to" in ran.stdout) == (code != 75)


def test_no_service_is_said_and_is_no_pass(tmp_path: Path) -> None:
    """Where nobody answers, the step says that it could not look, and nothing that sounds like a clean result."""
    ran = audited("http://127.0.0.1:9/v1/query", tmp_path)

    assert (75, "could not look: no vulnerability service reached") == (ran.returncode, ran.stdout[7:55])
    assert 1 == len(ran.stdout.splitlines())


def test_a_package_that_was_passed_over_is_named(audit: ModuleType) -> None:
    """An answer that leaves one out is not clean."""
    said = {
        "dependencies": [{"name": "click", "version": "8.5.1", "vulns": []}, {"name": "rich", "skip_reason": "unknown"}]
    }

    lines, code = audit.judge(audit.Answer.of(said), frozenset({"click", "rich"}), [], date(2026, 11, 22))

    assert 75 == code
    assert ["could not look up rich", "1 of 2 locked packages looked up, 0 to object to"] == lines


@pytest.mark.parametrize(
    ("name", "until", "code"),
    [
        ("CVE-2026-0001", date(2026, 11, 22), 0),
        ("PYSEC-2026-1", date(2026, 11, 22), 0),
        ("CVE-2026-0001", date(2026, 11, 21), 1),
        ("CVE-2026-0002", date(2026, 11, 22), 1),
    ],
)
def test_a_hole_is_accepted_by_name_until_its_day(audit: ModuleType, name: str, until: date, code: int) -> None:
    """By any of its names, up to and including the day that was written down; then it fails again."""
    vulns = [{"id": "PYSEC-2026-1", "aliases": ["CVE-2026-0001"], "fix_versions": ["99.0"]}]
    answer = audit.Answer.of({"dependencies": [{"name": "click", "version": "8.5.1", "vulns": vulns}]})
    accepted = [{"package": "click", "id": name, "because": "a reason", "until": until}]

    lines, ended = audit.judge(answer, frozenset({"click"}), accepted, date(2026, 11, 22))

    assert code == ended
    assert "click 8.5.1: CVE-2026-0001, PYSEC-2026-1 (mended in 99.0)" in lines[0]


def test_every_accepted_hole_has_a_reason_and_a_day() -> None:
    """And the names by which it is known."""
    for each in tomllib.loads((CI / "vulnerabilities.toml").read_text(encoding="utf-8"))["accepted"]:
        assert {"package", "id", "because", "until"} == set(each)
        assert each["because"]
        assert isinstance(each["until"], date)


# --- the world -----------------------------------------------------------------------------------------------------


def script(name: str) -> ModuleType:
    """Load a script of `.ci/` as a module."""
    spec = importlib.util.spec_from_file_location(f"ci_{name}", CI / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def declared(extra: str) -> list[Requirement]:
    """Give what the project asks for by an extra, its own extras left out."""
    project = PROJECT["project"]
    found = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return [named(each) for each in found if Requirement(each).name != project["name"]]


def asked(extra: str) -> list[Requirement]:
    """Give all that is asked for by an extra, by those that it takes in, by the project and by its build."""
    own = [Requirement(each) for each in PROJECT["project"]["optional-dependencies"][extra]]
    inner = [name for each in own if each.name == PROJECT["project"]["name"] for name in each.extras]
    found = [*declared(extra), *(each for name in inner for each in asked(name))]
    return [*found, *declared(""), *built()]


def built() -> list[Requirement]:
    """Give what builds the project."""
    return [named(each) for each in PROJECT["build-system"]["requires"]]


def named(requirement: str) -> Requirement:
    """Read a requirement, its name as the lock writes it."""
    found = Requirement(requirement)
    found.name = canonicalize_name(found.name)
    return found


def pins(python: str, lock: str = LOCK) -> dict[str, str]:
    """Give the versions that a lock has for a Python."""
    lines = [Requirement(each.strip()) for each in re.findall(r"^[a-z0-9][^\\\n]*", lock, re.MULTILINE)]
    found = [each for each in lines if each.marker is None or each.marker.evaluate(world(python))]
    assert len(found) == len({each.name for each in found})
    return {each.name: str(each.specifier).removeprefix("==") for each in found}


def world(python: str) -> dict[str, str]:
    """Give what markers see of a Python."""
    return {"python_full_version": python, "python_version": python.rpartition(".")[0], "extra": ""}


def audited(url: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run `.ci/audit.py` against a service."""
    pytest.importorskip("pip_audit", reason="comes with the dev extra")
    environ = clean_environ(home) | {
        "PIP_AUDIT_VULNERABILITY_SERVICE": "osv",
        "PIP_AUDIT_OSV_URL": url,
        "NO_PROXY": "127.0.0.1",
    }
    return subprocess.run(
        [sys.executable, CI / "audit.py"],
        cwd=home,
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@contextmanager
def service(holes: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Answer questions about packages, or about one version of a package, as a vulnerability service does."""

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet an answer

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name, version = asked["package"]["name"], asked["version"]
            found = holes.get(name) or holes.get(f"{name} {version}")
            body = json.dumps({"vulns": found} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        running = threading.Thread(target=server.serve_forever)
        running.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query"
        finally:
            server.shutdown()
            running.join()

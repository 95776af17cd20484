"""The sample republisher's repository, end to end: by hand, in git's own hooks, and as a build on a server runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import PROV, clean_environ, prov, run

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE = CHECKOUT / "fixtures" / "republisher"
NOW = "2026-01-01T00:00Z"
FILE = "corrections.json"

FOUND = {
    ("content/news/ferry-doors.md", "", "PRV103", "warning"),
    ("content/news/ferry-doors.md", "", "PRV104", "note"),
    ("content/news/lisk-brief.md", "", "PRV102", "error"),
    ("content/news/lisk-pool.md", "", "PRV202", "warning"),
    ("content/news/pellworth-glass.md", "", "PRV101", "error"),
    ("data/partners.json", "1", "PRV103", "warning"),
    ("data/partners.json", "1", "PRV104", "note"),
    ("static/archive/ashgill-roof.html", "", "PRV102", "error"),
}
"""What a check finds in the sample: file, article in it, code, level."""

HOOK = """#!/bin/sh
test -n "$GIT_INDEX_FILE" || exit 99
{prov} check --changed-since HEAD --corrections {file} --now {now} >&2
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a publisher's folder: a store with the starter set's articles and copies, and the file for its partners."""
    world = tmp_path_factory.mktemp("desk")
    run("init", cwd=world)
    run("ingest", CHECKOUT / "seeds/articles.jsonl", CHECKOUT / "seeds/copies.jsonl", cwd=world)
    run("export", "corrections", "-o", FILE, cwd=world)
    return world


@pytest.fixture
def site(desk: Path, tmp_path: Path) -> Path:
    """Give the sample as a repository of its own, with the publisher's file in it, all committed."""
    top = tmp_path / "site"
    shutil.copytree(SAMPLE, top)
    shutil.copy(desk / FILE, top / FILE)
    git(top, "init", "-q", "-b", "main")
    commit(top, "first")
    return top


def git(top: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run git as a person there would, whatever comes of it."""
    named = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    return subprocess.run(
        ["git", *named, *arguments],
        cwd=top,
        env=clean_environ(top.parent) | more,
        capture_output=True,
        text=True,
        check=False,
    )


def commit(top: Path, message: str) -> subprocess.CompletedProcess[str]:
    """Commit all that there is."""
    git(top, "add", "-A")
    return git(top, "commit", "-q", "-m", message)


def check(top: Path, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    """Check a site, and read the verdict."""
    ran = prov("check", *arguments, "--corrections", FILE, "--now", NOW, "--format", "json", cwd=top)
    assert ran.returncode in {0, 1}, ran.stderr
    return json.loads(ran.stdout)


def findings(verdict: Any) -> set[tuple[str, str, str, str]]:  # noqa: ANN401 - JSON
    """Give what was found: file, article in it, code, level."""
    return {(each["path"], each["item"], each["code"], each["level"]) for each in verdict["findings"]}


def hook(top: Path, script: str = HOOK) -> None:
    """Put a hook before every commit."""
    file = top / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text(script.format(prov=PROV, file=FILE, now=NOW), encoding="utf-8")
    file.chmod(0o755)


def edit(file: Path, old: str, new: str) -> None:
    """Put words in the place of others."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_sample_shows_what_its_readme_says(site: Path) -> None:
    """Markdown, HTML and JSON; named, by a copy's address and by words; and the site's own article passes."""
    verdict = check(site, ".")

    assert FOUND == findings(verdict)
    assert {"content/own/allotments.md", "README.md"} == {
        each["path"] for each in verdict["files"] if each["outcome"] == "no-copy"
    }
    assert {"front-matter", "link", "content", ""} == {each["found"] for each in verdict["files"]}


def test_the_store_says_the_same(site: Path, desk: Path) -> None:
    """But for the state that was checked against, the verdict is the same to the byte."""
    ran = prov("--store", desk / "store", "check", ".", "--now", NOW, "--format", "json", cwd=site)
    (site / FILE).rename(site.parent / FILE)

    assert json.loads(ran.stdout) | {"head": ""} == check_elsewhere(site) | {"head": ""}


def check_elsewhere(site: Path) -> Any:  # noqa: ANN401 - JSON
    """Check a site against a file that lies outside of it."""
    ran = prov("check", ".", "--corrections", site.parent / FILE, "--now", NOW, "--format", "json", cwd=site)
    return json.loads(ran.stdout)


def test_only_what_changed_is_looked_at(site: Path) -> None:
    """Nothing has changed: nothing is found. One file has: what is in that one."""
    assert (set(), []) == (
        findings(check(site, "--changed-since", "HEAD")),
        check(site, "--changed-since", "HEAD")["files"],
    )

    edit(site / "content/news/lisk-brief.md", "Twenty-one people were", "Twenty-one persons were")

    assert {("content/news/lisk-brief.md", "", "PRV102", "error")} == findings(check(site, "--changed-since", "HEAD"))


def test_a_commit_of_a_copy_that_is_behind_is_stopped(site: Path) -> None:
    """In git's hook, where git's own variables are set: all of them point elsewhere than prov may look."""
    hook(site)
    head = git(site, "rev-parse", "HEAD").stdout
    edit(site / "content/news/lisk-brief.md", "Twenty-one people were", "Twenty-one persons were")

    ran = commit(site, "a copy")

    assert 1 == ran.returncode
    assert "PRV102 missed-correction" in ran.stderr
    assert "12 in hospital" in ran.stderr
    assert head == git(site, "rev-parse", "HEAD").stdout


@pytest.mark.parametrize("how", ["-a", "--only", "GIT_DIR"])
def test_a_hook_works_however_the_commit_is_made(site: Path, how: str) -> None:
    """With an index of the commit's own, with a repository that the environment names; what was mended gets through."""
    hook(site)
    file = "content/news/lisk-brief.md"
    edit(site / file, "Twenty-one people were", "Twenty-one persons were")
    arguments = {"-a": ("-a",), "--only": ("--only", file), "GIT_DIR": ("-a",)}[how]
    named = {"GIT_DIR": str(site / ".git"), "GIT_WORK_TREE": str(site)} if how == "GIT_DIR" else {}

    assert 1 == git(site, "commit", "-q", "-m", "a copy", *arguments, **named).returncode
    edit(site / file, "Twenty-one persons were", "Twelve people were")
    edit(site / file, "Lisk: 21 in", "Lisk: 12 in")
    ran = git(site, "commit", "-q", "-m", "mended", *arguments, **named)

    assert 0 == ran.returncode, ran.stderr


def test_a_hook_may_ask_a_store(site: Path, desk: Path) -> None:
    """A store is a repository too, and not the one that the commit is made in."""
    hook(site, "#!/bin/sh\n{prov} --store " + str(desk / "store") + " check --changed-since HEAD --now {now} >&2\n")
    before = git(desk / "store/facts.git", "rev-parse", "main").stdout if (desk / "store/facts.git").exists() else ""
    edit(site / "content/news/lisk-brief.md", "Twenty-one people were", "Twenty-one persons were")

    ran = commit(site, "a copy")

    assert (1, True) == (ran.returncode, "PRV102" in ran.stderr)
    assert before == (git(desk / "store/facts.git", "rev-parse", "main").stdout if before else "")


def test_a_hook_gets_the_names_of_files(site: Path) -> None:
    """As pre-commit calls it: with the files of the commit, one of them the publisher's own."""
    hook(site, "#!/bin/sh\n{prov} check --corrections {file} --now {now} content/news/lisk-brief.md {file} >&2\n")

    ran = git(site, "commit", "--allow-empty", "-q", "-m", "a copy")

    assert (1, True) == (ran.returncode, "checked 1 file: 1 copy" in ran.stderr), ran.stderr


def test_pre_commit_runs_the_hook_of_the_manifest(site: Path) -> None:
    """The real pre-commit, with the sample's settings, and the command that is installed here in place of another."""
    [manifest] = yaml.safe_load((CHECKOUT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [repository] = yaml.safe_load((SAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    used = manifest | repository["hooks"][0] | {"language": "system", "entry": f"{PROV} check"}
    used["args"] = [*used["args"], "--now", NOW]
    config = site / ".pre-commit-config.yaml"
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [used]}]}), encoding="utf-8")
    hook(site, f"#!/bin/sh\nexec {sys.executable} -m pre_commit run\n")
    edit(site / "content/news/lisk-brief.md", "Twenty-one people were", "Twenty-one persons were")

    stopped = commit(site, "a copy")
    edit(site / "content/news/lisk-brief.md", "Twenty-one persons were", "Twelve people were")
    edit(site / "content/news/lisk-brief.md", "Lisk: 21 in", "Lisk: 12 in")
    passed = commit(site, "mended")

    assert (1, True) == (stopped.returncode, "checked 1 file: 1 copy" in stopped.stderr + stopped.stdout), stopped
    assert 0 == passed.returncode, passed


def test_mending_turns_the_build_green(site: Path) -> None:
    """By the tool where words can be put, by a person where the copy has a headline of its own or is to go."""
    for name in ("content/news/lisk-brief.md", "static/archive/ashgill-roof.html"):
        run("patch", name, "--write", "--corrections", FILE, "--now", NOW, cwd=site)
    edit(site / "content/news/lisk-brief.md", "Lisk: 21 in", "Lisk: 12 in")
    (site / "content/news/pellworth-glass.md").unlink()

    assert 0 == check(site, ".")["failed"]


def test_the_lock_and_the_baseline_go_by_the_file(site: Path) -> None:
    """What was wrong on the first day is accepted; what comes later fails."""
    run("lock", ".", "--corrections", FILE, cwd=site)
    run("check", ".", "--baseline", "--corrections", FILE, "--now", NOW, cwd=site)

    verdict = check(site, ".")

    assert 0 == verdict["failed"]
    assert "lock" in {each["found"] for each in verdict["files"]}


# --- the action -----------------------------------------------------------------------------------------------------


@pytest.fixture
def runner(site: Path, tmp_path: Path) -> Path:
    """Give a runner's folder in which the action has installed prov."""
    temp = tmp_path / "temp"
    (temp / "prov/bin").mkdir(parents=True)
    (temp / "prov/bin/prov").symlink_to(PROV)
    (temp / "prov/bin/python").symlink_to(PROV.with_name("python"))
    return temp


def act(site: Path, runner: Path, name: str, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run one step of the action as a runner does, and give what it put out."""
    action = yaml.safe_load((CHECKOUT / "action.yml").read_text(encoding="utf-8"))
    [step] = [each for each in action["runs"]["steps"] if each["name"] == name]
    defaults = {key: each.get("default", "") for key, each in action["inputs"].items()}
    given = {
        key: (defaults | {k.replace("_", "-"): v for k, v in inputs.items()})[value[len("${{ inputs.") : -3].strip()]
        for key, value in step["env"].items()
    }
    out, summary = runner / "output", runner / "summary"
    files = {"GITHUB_OUTPUT": str(out), "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(runner)}
    script = runner / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=site,
        env=clean_environ(runner) | given | files,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    return ran, dict(line.partition("=")[::2] for line in lines)


def test_the_action_says_what_it_found(site: Path, runner: Path) -> None:
    """Annotations, outputs, a summary, a SARIF file, and the exit code of the check."""
    ran, put = act(site, runner, "Check", corrections=FILE, paths="content\nstatic\ndata\n")

    assert (1, "1") == (ran.returncode, put["exit-code"]), ran.stderr
    assert ("8", "3", "prov.sarif") == (put["findings"], put["failed"], put["sarif"])
    assert 3 == sum(line.startswith("::error file=") for line in ran.stdout.splitlines())
    assert "3 findings fail" in (runner / "summary").read_text(encoding="utf-8")
    assert 8 == len(json.loads((site / "prov.sarif").read_text(encoding="utf-8"))["runs"][0]["results"])


def test_the_action_passes_where_nothing_fails(site: Path, runner: Path) -> None:
    """The site's own article, and options from the inputs."""
    assert 0 == act(site, runner, "Check", corrections=FILE, paths="content/own")[0].returncode
    assert 0 == act(site, runner, "Check", corrections=FILE, fail_on="never")[0].returncode
    assert 0 == act(site, runner, "Check", corrections=FILE, changed_since="HEAD")[0].returncode


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"corrections": "nowhere.json"}, 3),
        ({"fail_on": "$(touch injected)"}, 2),
        ({"grace": '"; touch injected; "'}, 2),
        ({"changed_since": "`touch injected`"}, 3),
        ({"paths": "--help"}, 3),
        ({"paths": "$(touch injected)"}, 3),
        ({"sarif": "a\nfailed=0"}, 2),
    ],
)
def test_inputs_of_the_action_are_values(site: Path, runner: Path, inputs: dict[str, str], code: int) -> None:
    """Nothing of an input is run, is an option of its own, or counts as an output."""
    ran, put = act(site, runner, "Check", **({"corrections": FILE} | inputs))

    assert code == ran.returncode, ran.stderr
    assert "failed" not in put
    assert [] == [*site.rglob("*injected*")]


@pytest.mark.parametrize("named", [FILE, f"./{FILE}", f"content/..//{FILE}"])
def test_a_pull_request_does_not_choose_its_own_policy(site: Path, runner: Path, named: str) -> None:
    """Settings, waivers, baseline and corrections come from the trusted revision; the articles from the request."""
    base = git(site, "rev-parse", "HEAD").stdout.strip()
    for folder in (site, site / "content"):
        (folder / "prov.toml").write_text('[tool.prov.policy]\nfail_on = "never"\n', encoding="utf-8")
        (folder / "prov-waivers.toml").write_text("", encoding="utf-8")
    (site / FILE).unlink()
    (site / FILE).symlink_to("/etc/passwd")
    commit(site, "hostile")

    ran, _ = act(
        site, runner, "Take what the check rests on from a trusted revision", trusted_revision=base, corrections=named
    )

    assert 0 == ran.returncode, ran.stderr
    assert (SAMPLE / "prov.toml").read_text() == (site / "prov.toml").read_text()
    assert [] == [*(site / "content").rglob("prov*"), *site.glob("prov-waivers.toml")]
    assert not (site / FILE).is_symlink()
    assert 1 == act(site, runner, "Check", corrections=FILE)[0].returncode


def test_a_trusted_revision_that_is_not_there_fails(site: Path, runner: Path) -> None:
    """Without it, no check is made."""
    step = "Take what the check rests on from a trusted revision"

    for revision in ("0" * 40, "--help", "$(touch injected)"):
        ran, _ = act(site, runner, step, trusted_revision=revision)
        assert 3 == ran.returncode
    assert not (site / "injected").exists()


def test_the_plain_shell_of_the_documents_runs(site: Path) -> None:
    """What docs/ci.md says for any other build does what it says."""
    text = (CHECKOUT / "docs/ci.md").read_text(encoding="utf-8")
    script = text.split("```bash\n")[1].split("```")[0]
    environ = clean_environ(site.parent) | {"PATH": f"{PROV.parent}{os.pathsep}{os.environ['PATH']}"}

    ran = subprocess.run(["bash", "-c", script], cwd=site, env=environ, capture_output=True, text=True, check=False)

    assert 1 == ran.returncode, ran.stderr
    assert (site / "prov.xml").exists()

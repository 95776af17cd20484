"""The files by which prov runs on others' machines: valid by public schemas, of least privilege, as documented."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from command import clean_environ

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE = CHECKOUT / "fixtures" / "republisher"
WORKFLOW = SAMPLE / ".github/workflows/corrections.yml"
SHOWN = [WORKFLOW, SAMPLE / ".gitlab-ci.yml", SAMPLE / ".pre-commit-config.yaml", SAMPLE / "prov.toml"]

Json = dict[str, Any]


def read(file: Path) -> Any:  # noqa: ANN401 - YAML
    """Read YAML as YAML 1.2 has it: `on` is a word."""
    loader = type(
        "Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": dict(yaml.SafeLoader.yaml_implicit_resolvers)}
    )
    for letter in "oOyYnN":
        kept = [each for each in loader.yaml_implicit_resolvers.get(letter, []) if each[0] != "tag:yaml.org,2002:bool"]
        loader.yaml_implicit_resolvers[letter] = kept
    return yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader


def validate(file: Path, schema: str) -> None:
    """Hold a file against a public schema."""
    found = json.loads((CHECKOUT / "fixtures/schemas" / schema).read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(found)
    kind.check_schema(found)
    kind(found).validate(read(file))


@pytest.fixture(scope="module")
def action() -> Json:
    """Give the action's metadata."""
    found: Json = read(CHECKOUT / "action.yml")
    return found


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        (CHECKOUT / "action.yml", "github-action.json"),
        (WORKFLOW, "github-workflow.json"),
        (SAMPLE / ".gitlab-ci.yml", "gitlab-ci.json"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_a_file_is_as_its_public_schema_says(file: Path, schema: str) -> None:
    """Each by the schema that editors use."""
    validate(file, schema)


def test_the_schema_of_actions_refuses_what_is_none(tmp_path: Path) -> None:
    """A schema that lets everything through would prove nothing."""
    (tmp_path / "action.yml").write_text("name: x\nruns:\n  using: composite\n", encoding="utf-8")

    with pytest.raises(jsonschema.ValidationError):
        validate(tmp_path / "action.yml", "github-action.json")


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("validate-manifest", CHECKOUT / ".pre-commit-hooks.yaml"),
        ("validate-config", SAMPLE / ".pre-commit-config.yaml"),
    ],
)
def test_pre_commit_takes_its_files(command: str, file: Path, tmp_path: Path) -> None:
    """By its own word."""
    ran = subprocess.run(
        [sys.executable, "-m", "pre_commit", command, file],
        cwd=tmp_path,
        env=clean_environ(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (ran.returncode, ran.stderr), ran.stdout


def test_the_sample_uses_a_hook_that_is_there() -> None:
    """And the hook runs the command that is installed."""
    [hook] = read(CHECKOUT / ".pre-commit-hooks.yaml")
    [repository] = read(SAMPLE / ".pre-commit-config.yaml")["repos"]

    assert [hook["id"]] == [each["id"] for each in repository["hooks"]]
    assert ("prov check", "python") == (hook["entry"], hook["language"])


def test_no_input_is_put_into_a_script(action: Json) -> None:
    """Scripts have no `${{ }}` in them: what comes from outside reaches them by the environment."""
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "bash" == step["shell"]
        for name, value in step["env"].items():
            assert re.search(rf"\${name}\b|^PROV_STORE$", step["run"]) or name == "PROV_STORE"
            assert re.fullmatch(r"\$\{\{ inputs\.[a-z-]+ \}\}", value)


def test_every_input_is_used_and_described(action: Json) -> None:
    """None is there for show, none without a default."""
    used = set(re.findall(r"inputs\.([a-z-]+)", json.dumps(action["runs"])))

    assert used == set(action["inputs"])
    assert all(each["description"] and "default" in each for each in action["inputs"].values())
    assert all(each["description"] for each in action["outputs"].values())


def test_the_action_uses_no_other_action(action: Json) -> None:
    """What it runs is in this repository: there is nothing to pin."""
    assert [] == [step["uses"] for step in action["runs"]["steps"] if "uses" in step]


def test_the_action_installs_only_what_is_locked(action: Json) -> None:
    """By hashes, in a folder outside the checkout: whoever names the action by a commit knows what runs."""
    install = action["runs"]["steps"][0]["run"]
    lines = [line.strip() for line in install.splitlines()]

    assert lines[0].startswith('cd "$RUNNER_TEMP"')
    assert 1 == install.count("pip install")
    assert [] == [line for line in lines if "pip install" in line and "--no-deps" not in line]
    assert 'pip --require-hashes --requirement "$GITHUB_ACTION_PATH/.ci/requirements-action.txt"' in lines
    assert 'pip --no-build-isolation "$GITHUB_ACTION_PATH"' in lines


def test_the_action_asks_for_no_token(action: Json) -> None:
    """Nothing of the runner's but its inputs reaches a step; no step gives a permission back."""
    text = json.dumps(action)

    assert {"inputs", "steps"} == set(re.findall(r"\$\{\{ (\w+)\.", text))
    assert [] == re.findall(r"secrets|GITHUB_TOKEN|github\.token|ACTIONS_RUNTIME_TOKEN", text)


def test_no_job_that_is_shown_has_a_secret_or_follows_a_moving_name() -> None:
    """Neither in the sample nor in the document; whatever a job uses has a version."""
    shown = [
        *(file.read_text(encoding="utf-8") for file in SHOWN),
        (CHECKOUT / "docs/ci.md").read_text(encoding="utf-8"),
    ]

    for text in shown:
        assert [] == re.findall(r"secrets\.|^\s*pull_request_target:|\$\w*TOKEN|write-all", text, re.MULTILINE)
        assert [] == [each for each in re.findall(r"uses: (\S+)", text) if not re.search(r"@v?[0-9]", each)]
        assert [] == re.findall(r"(?:uses: \S+@|rev: )(?:main|master|HEAD|latest)\b", text)
        assert [] == re.findall(r"pip install [^\n]*newsprov(?!==\d)", text)


def test_the_workflow_asks_for_little() -> None:
    """Reading, and writing of alerts for the upload; no secret, no token kept, no trigger that has them."""
    workflow = read(WORKFLOW)
    [job] = workflow["jobs"].values()

    assert {"contents": "read"} == workflow["permissions"]
    assert {"contents": "read", "security-events": "write"} == job["permissions"]
    assert {"pull_request", "push", "schedule"} == set(workflow["on"])
    assert "secrets" not in WORKFLOW.read_text(encoding="utf-8")
    assert "false" == str(job["steps"][0]["with"]["persist-credentials"]).lower()


def test_the_workflow_gives_inputs_that_the_action_has(action: Json) -> None:
    """A name that was mistyped would be passed over in silence."""
    [job] = read(WORKFLOW)["jobs"].values()
    [step] = [each for each in job["steps"] if each.get("uses", "").startswith("OWNER/prov@")]

    assert set(step["with"]) <= set(action["inputs"])


@pytest.mark.parametrize("file", SHOWN, ids=lambda file: file.name)
def test_the_documents_show_the_files_of_the_sample(file: Path) -> None:
    """What docs/ci.md shows is what the tests run."""
    assert file.read_text(encoding="utf-8") in (CHECKOUT / "docs/ci.md").read_text(encoding="utf-8")

"""The settings in force, each as a settings file would have it: what `prov policy` prints and a verdict keeps."""

from __future__ import annotations

import json

from provenance.app.gate.durations import written as length
from provenance.app.gate.policy import LEVELS, Grace
from provenance.app.gate.project import IGNORE, NEVER, Project
from provenance.model import Level


def written(project: Project) -> dict[str, str]:
    """Give every value by its name, policy first."""
    policy = project.policy
    return {
        "fail_on": _text(policy.fail_on.value if policy.fail_on else NEVER),
        "min_confidence": f"{policy.min_confidence:g}",
        "missed_silent": _level(policy.missed_silent),
        "grace": _grace(policy.grace),
        "grace_by_publisher": _graces(dict(policy.publishers)),
        "grace_by_path": _graces(dict(policy.paths)),
        **{name: _level(policy.levels[code]) for name, (code, _) in LEVELS.items()},
        "keys": _texts(project.keys),
        "own": _texts(project.own),
        "exclude": _texts(project.exclude),
    }


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, values))}]"


def _level(level: Level | None) -> str:
    return _text(level.value if level else IGNORE)


def _grace(grace: Grace) -> str:
    if not grace.kinds:
        return _text(length(grace.every)) if grace.every is not None else _text("0")
    return "{ " + ", ".join(f"{kind.value} = {_text(length(each))}" for kind, each in grace.kinds.items()) + " }"


def _graces(graces: dict[str, Grace]) -> str:
    if not graces:
        return "{}"
    return "{ " + ", ".join(f"{_text(name)} = {_grace(grace)}" for name, grace in graces.items()) + " }"

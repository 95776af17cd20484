"""Fixes: what `prov patch` would write into a file, put to each finding that it mends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.app.gate.project import Project
from provenance.app.gate.upstreams import Upstreams
from provenance.errors import SourceError
from provenance.model import MISSED, Finding, Replacement, Verdict

if TYPE_CHECKING:
    from provenance.app.patch import FilePatch

Fixes = Mapping[tuple[str, str], tuple[Replacement, ...]]
"""Replacements by the article of a file (its `item`) and the update that asks for them."""
_MISSED = frozenset(MISSED.values())


def fixed(verdict: Verdict, upstreams: Upstreams, project: Project) -> Verdict:
    """Give a verdict whose findings of missed updates say what is to be replaced in the file.

    Every file with such a finding is patched once, which takes longer than to check it. A finding that is accepted, an
    article that is withdrawn, and what cannot be placed have no fix.
    """
    wanted = dict.fromkeys(each.path for each in verdict.findings if _is_mended(each))
    found = {path: _of_file(upstreams, project, path, verdict) for path in wanted}
    return replace(
        verdict,
        findings=tuple(
            replace(each, fixes=found[each.path].get((each.item, each.update), ())) if _is_mended(each) else each
            for each in verdict.findings
        ),
    )


def _is_mended(finding: Finding) -> bool:
    return finding.code in _MISSED and not finding.withdraws and not finding.accepted


def _of_file(upstreams: Upstreams, project: Project, path: str, verdict: Verdict) -> Fixes:
    from provenance.app.patch import patch

    try:
        return _by_update(patch(upstreams, project, project.root / path, verdict.now))
    except SourceError:  # it cannot be written back as it is encoded, or is no longer what was checked
        return {}


def _by_update(made: FilePatch) -> Fixes:
    from provenance.sources.places import place_of

    found: dict[tuple[str, str], list[Replacement]] = defaultdict(list)
    for mended in made.mended:
        for splice in mended.replaced:
            if splice not in made.made.splices:  # joined with one of another upstream, and told there
                continue
            fix = Replacement(place_of(made.source, splice.span), splice.text)
            for update in dict.fromkeys(update for update, _ in splice.edits):
                found[mended.item, update].append(fix)
    return {name: tuple(fixes) for name, fixes in found.items()}

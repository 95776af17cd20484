"""A republisher's project beside a newsroom: files that are copied, changed and checked, as in a site's repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsroom import Newsroom

from provenance.app.gate.check import check
from provenance.app.gate.project import Project, find
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import LedgerUpstreams
from provenance.model import ArticleId, Checked, Finding, Verdict


@dataclass(frozen=True)
class Republisher:
    """A folder with a site's articles in `content/`, held against what a newsroom has published."""

    newsroom: Newsroom
    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a file below the project's top folder."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def copy(self, article: ArticleId, name: str = "content/a.md", key: str = "canonical_url", also: str = "") -> Path:
        """Take a story over as it now stands, in Markdown; `key` of the front matter names it, "" names nothing."""
        page = self.newsroom.pages[article]
        named = f"{key}: {page.url}\n" if key else ""
        body = "\n\n".join((*page.paragraphs, *page.notices))
        return self.write(name, f'---\ntitle: "{page.headline}"\n{named}{also}---\n\n{body}\n')

    def unname(self, name: str = "content/a.md") -> None:
        """Take out of a file what names its upstream."""
        lines = (self.root / name).read_text().splitlines(keepends=True)
        self.write(name, "".join(line for line in lines if not line.startswith("canonical_url")))

    def settings(self, policy: str = "", checks: str = "") -> Path:
        """Write the project's settings."""
        return self.write("prov.toml", f"[tool.prov.policy]\n{policy}\n[tool.prov.check]\n{checks}\n")

    @property
    def project(self) -> Project:
        """Read the settings as they are now."""
        return find([self.root])

    def check(self, *names: str, now: datetime | None = None, since: str = "") -> Verdict:
        """Check files or folders, all of the project where none is named, an hour after the last act."""
        paths = tuple(self.root / name for name in names) or (self.root,)
        moment = now or self.newsroom.now.replace(year=self.newsroom.now.year + 1)
        return check(LedgerUpstreams(self.newsroom.workspace), Scope(self.project, paths, since), moment)

    def findings(self, *names: str, now: datetime | None = None) -> list[str]:
        """Give what a check finds, as `code path`, in order."""
        return [f"{each.code.value} {each.path}" for each in self.check(*names, now=now).findings]

    def one(self, code: str) -> Finding:
        """Give the only finding of a code."""
        [found] = [each for each in self.check().findings if each.code.value == code]
        return found

    def outcome(self, name: str = "content/a.md") -> Checked:
        """Give what came of the only article of a file."""
        [found] = [each for each in self.check().files if each.path == name]
        return found

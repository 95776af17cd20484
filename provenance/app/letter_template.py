"""Where a desk's own template of a letter is found: named on the command line, or in the settings."""

from __future__ import annotations

from pathlib import Path

from provenance.app.gate import project
from provenance.app.workspace import read_settings
from provenance.errors import NotFoundError, SourceError
from provenance.model.letters import Template

LARGEST = 100_000
"""Bytes past which a file is no template of a letter."""


def template(file: Path | None, language: str) -> Template | None:
    """Read `file`, or what `[tool.prov.letter] template` names; None where there is neither.

    In the setting, `{language}` stands for the language of the letter, and a path counts from the settings' folder.
    Raises UsageError for settings that make no sense, NotFoundError and SourceError for a file that is no template.
    """
    found = file or _of_settings(language)
    return Template(str(found), _read(found)) if found else None


def _of_settings(language: str) -> Path | None:
    settings = project.find([]).settings
    if settings is None:
        return None
    named = read_settings(settings, {"template": str}, ("tool", "prov", "letter")).get("template")
    return settings.parent / named.replace("{language}", language) if named else None


def _read(file: Path) -> str:
    if file.exists() and not file.is_file():
        raise SourceError(f"{file}: the template is not a regular file", hint="name a file")
    try:
        with file.open("rb") as source:
            data = source.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: the template is not in UTF-8", hint="save it as UTF-8") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NotFoundError(f"{file}: cannot read the template: {why}", hint="name another file") from error
    if len(data) > LARGEST:
        raise SourceError(f"{file}: the template has more than {LARGEST:,} bytes", hint="a letter is shorter")
    return text

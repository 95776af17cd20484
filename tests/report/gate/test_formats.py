"""The formats of a check's verdict: valid by their own schemas, the same bytes each time, and harmless."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from report.gate.verdicts import HOSTILE, LATER, PLACE, accepted, every_code, finding, hostile, verdict

from provenance.model import Code, Kind, Level, Passage
from provenance.report.gate import FORMATS, summary
from provenance.report.gate.telling import one_line

Json = dict[str, Any]

SCHEMAS = Path(__file__).resolve().parents[3] / "fixtures" / "schemas"
WORLD = (
    verdict(),
    verdict(finding()),
    verdict(*every_code(), accepted()),
    verdict(finding(level=Level.WARNING, due=finding().since)),
    hostile(),
)
WORDS = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        "\x1b]0;x\x07",
        "\u202e",
        "\n::error::x",
        "]]>",
        "<script>",
        "=cmd",
        "```\n",
        "| a |",
        "@me",
        "\ud800",
        "{0}",
        "%0A",
    ]
)
CODEQUALITY: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation asks of a report: https://docs.gitlab.com/ci/testing/code_quality/."""


def validate(name: str, text: str) -> None:
    """Hold a text against the schema of its format."""
    if name == "junit":
        junit_schema().assertValid(etree.fromstring(text.encode()))
    elif name in {"json", "sarif", "codequality"}:
        validator(name).validate(json.loads(text))


@cache
def junit_schema() -> etree.XMLSchema:
    """Give the schema of Jenkins."""
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


@cache
def validator(name: str) -> Any:  # noqa: ANN401 - whichever draft the schema is in
    """Give the validator of a JSON format, which looks at formats such as date-time and uri as well."""
    found = CODEQUALITY
    if name == "json":
        packaged = resources.files("provenance.report").joinpath("schemas/check.schema.json")
        found = json.loads(packaged.read_text(encoding="utf-8"))
    elif name == "sarif":
        found = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    made = jsonschema.validators.validator_for(found)
    made.check_schema(found)
    return made(found, format_checker=made.FORMAT_CHECKER)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_valid(name: str) -> None:
    """Every format validates, for a verdict without findings, with one of each code, and with hostile words."""
    for each in WORLD:
        validate(name, FORMATS[name](each))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_verdict_gives_the_same_bytes(name: str) -> None:
    """There is no clock and no order by chance in it, and it can be encoded."""
    for each in WORLD:
        assert FORMATS[name](each).encode() == FORMATS[name](each).encode()
        assert FORMATS[name](each).endswith("\n")


@settings(max_examples=60)
@given(WORDS, st.sampled_from(sorted(FORMATS)))
def test_no_words_break_a_format(words: str, name: str) -> None:
    """Whatever stands in a headline, a quote, a path or a reason."""
    text = FORMATS[name](hostile(words))

    validate(name, text)
    text.encode()


@pytest.mark.parametrize("name", ["sarif", "codequality", "junit", "github", "markdown"])
def test_nothing_reaches_a_reader_that_acts_or_is_unseen(name: str) -> None:
    """Controls, direction marks and surrogates are shown as escapes; only text to be put into a file stays as it is."""
    clean = verdict(
        *(
            finding(id=each.id, accepted=each.accepted, message=each.message, headline=HOSTILE, notice=HOSTILE)
            for each in hostile().findings
        )
    )
    text = FORMATS[name](clean)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def test_sarif_points_into_the_source_file() -> None:
    """Columns are code points, paths encoded and relative; all rules have texts; fingerprints are the finding's id."""
    odd = finding(path="con:tent/a b/é%.md")
    [run] = json.loads(FORMATS["sarif"](verdict(odd)))["runs"]
    [result] = run["results"]
    [location] = result["locations"]

    assert "unicodeCodePoints" == run["columnKind"]
    assert {"uri": "con%3Atent/a%20b/%C3%A9%25.md", "uriBaseId": "%SRCROOT%"} == location["physicalLocation"][
        "artifactLocation"
    ]
    assert {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 17} == location["physicalLocation"]["region"]
    assert {"provFinding/v1": odd.id, "primaryLocationLineHash": odd.id} == result["partialFingerprints"]
    assert [code.value for code in Code] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rule["help"]["markdown"] and "**" not in rule["help"]["text"] for rule in run["tool"]["driver"]["rules"])
    assert "MissedCorrection" == run["tool"]["driver"]["rules"][result["ruleIndex"]]["name"]


def test_sarif_fixes_are_what_is_to_be_written() -> None:
    """Replacements come in the order of the file, each with the region that gives way and the text as it is."""
    [run] = json.loads(FORMATS["sarif"](verdict(finding())))["runs"]
    [change] = run["results"][0]["fixes"][0]["artifactChanges"]

    assert ["Two people", "both"] == [each["insertedContent"]["text"] for each in change["replacements"]]
    assert {"startLine": 9, "startColumn": 1, "endLine": 10, "endColumn": 4} == change["replacements"][1][
        "deletedRegion"
    ]
    assert [LATER.line] == [
        each["physicalLocation"]["region"]["startLine"] for each in run["results"][0]["relatedLocations"]
    ]


def test_what_was_accepted_is_suppressed_and_fails_nowhere() -> None:
    """SARIF says why, JUnit skips it, GitHub and GitLab are not told of it, the comment lists it."""
    only = verdict(accepted())
    [result] = json.loads(FORMATS["sarif"](only))["runs"][0]["results"]

    assert [{"kind": "external", "status": "accepted", "justification": accepted().accepted}] == result["suppressions"]
    assert 'failures="0" errors="0" skipped="1"' in FORMATS["junit"](only)
    assert "::" not in FORMATS["github"](only)
    assert "[]\n" == FORMATS["codequality"](only)
    assert "Ada Moor" in FORMATS["markdown"](only)


def test_sarif_words_are_no_links_and_no_placeholders() -> None:
    """In a SARIF message `[text](target)` is a link and `{0}` an argument: both are escaped."""
    [run] = json.loads(FORMATS["sarif"](verdict(finding(message="see [x](http://evil.example) {0}"))))["runs"]

    assert "see \\[x\\](http://evil.example) {{0}}" in run["results"][0]["message"]["text"]


def test_a_github_command_is_one_line_and_ours() -> None:
    """Each line is a command of ours or the last one; no property ends early."""
    lines = FORMATS["github"](hostile()).splitlines()
    command = re.compile(r"::(error|warning|notice) (\w+=[^,:\r\n]*,)*\w+=[^,:\r\n]*::[^\r\n]*")

    assert lines[-1].startswith("prov check: ")
    assert all(command.fullmatch(line) for line in lines[:-1])
    assert (
        "::error file=content/fire.md,line=7,endLine=7,col=5,endColumn=17,title=PRV102 missed-correction::"
        "misses the correction by Meridian Wire: has “Three people”; should have “Two people died.”%0A"
    ) in FORMATS["github"](verdict(finding()))


def test_a_comment_has_nothing_from_outside_but_as_code() -> None:
    """Rendered, no link, picture, HTML, table or mention comes of it: hostile words stand in code alone."""
    for text in (FORMATS["markdown"](hostile()), summary(hostile())):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
        inline = [child for token in tokens for child in token.children or []]
        prose = "".join(child.content for child in inline if child.type == "text")
        blocks = "".join(token.content for token in tokens if token.type == "html_block")

        assert {"text", "code_inline", "softbreak"} >= {child.type for child in inline}
        assert not re.search("evil|everyone|script|error file", prose + blocks)
        assert "table_open" not in {token.type for token in tokens}


def test_words_beside_an_addition_are_not_told_to_go() -> None:
    """Of a sentence that was added, the copy's words only stand beside it; and the same words are shown once."""
    added = Passage(0, "It burnt.", "Two died.", "lacks it", 0.9, PLACE, "", "Two died.")
    gone = Passage(1, "It rained.", "", "still has it", 0.9, PLACE, "It rained.", "")
    text = FORMATS["markdown"](verdict(finding(passages=(added, added, gone))))

    assert "\n  It burnt.\n+ Two died.\n- It rained.\nwhy" in text
    assert "lacks “Two died.”, beside “It burnt.”" in FORMATS["github"](verdict(finding(passages=(added,))))
    assert "has “It rained.”, which is to be taken out" in FORMATS["github"](verdict(finding(passages=(gone,))))


def test_a_comment_stays_below_what_github_takes() -> None:
    """What does not fit is counted; the summary of a build has more of it."""
    many = verdict(*(finding(id=f"{n:012x}", path=f"content/{n}.md", notice="word " * 90) for n in range(300)))
    comment, page = FORMATS["markdown"](many), summary(many)

    assert len(comment) <= 60_000 < len(page)
    assert re.search(r"… and \d+ more", comment)
    assert "… and" not in page.replace("word … word", "")


def test_junit_tells_a_failure_from_what_could_not_be_checked() -> None:
    """A file without findings passes; one that was not checked is an error, a warning passes with its words."""
    each = (finding(), finding(id="1", code=Code.NOT_CHECKED), finding(id="2", level=Level.WARNING))
    root = etree.fromstring(FORMATS["junit"](verdict(*each)).encode())

    assert ("4", "1", "1") == (root.get("tests"), root.get("failures"), root.get("errors"))
    assert ["failure", "error", "system-out"] == [case[0].tag for case in root[0]]
    assert ["content/fire.md", "content/own.md"] == [suite.get("name") for suite in root]


def test_gitlab_shows_a_retraction_as_critical() -> None:
    """The other errors are major, a finding without a place is on line 1."""
    both = verdict(finding(kind=Kind.RETRACTION, passages=()), finding(id="1"))
    first, second = json.loads(FORMATS["codequality"](both))

    assert ("critical", "major") == (first["severity"], second["severity"])
    assert (1, 7) == (first["location"]["lines"]["begin"], second["location"]["lines"]["begin"])


def test_json_has_all_of_it_as_it_is() -> None:
    """Nothing is escaped or shortened there but what JSON asks for, and no key is left out."""
    found = json.loads(FORMATS["json"](hostile()))

    assert "prov-check/1" == found["schema"]
    assert HOSTILE == found["findings"][0]["passages"][0]["quote"]
    assert 2 == found["failed"]


def test_the_schema_refuses_what_is_no_verdict() -> None:
    """A schema that lets everything through would prove nothing."""
    found: Any = json.loads(FORMATS["json"](verdict(finding())))
    found["findings"][0]["place"]["line"] = 0

    with pytest.raises(jsonschema.ValidationError):
        validate("json", json.dumps(found))


def test_an_escape_is_readable() -> None:
    """As at the terminal: the bytes of an odd file name, controls by number, the usual ones by name."""
    assert "a\\x1b\\u202e\\n\\xff" == one_line("a\x1b\u202e\n\udcff")

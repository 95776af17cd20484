"""Two ways to write an address are one article; two articles are never one."""

from __future__ import annotations

import pytest

from provenance.errors import DraftError
from provenance.model import article_id
from provenance.sources.urls import canonical


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTPS://Courier.Example/A/b?x=1&y=2#top", "https://courier.example/A/b?x=1&y=2"),
        ("http://courier.example:80/a", "http://courier.example/a"),
        ("https://courier.example:443", "https://courier.example/"),
        ("https://courier.example:8443/a", "https://courier.example:8443/a"),
        (" https://courier.example/a ", "https://courier.example/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("https://кур'єр.example/стаття".replace("'", ""), "https://курєр.example/стаття"),
    ],
)
def test_scheme_host_port_and_fragment_are_settled(url: str, wanted: str) -> None:
    """Path and query stay as they are written."""
    assert wanted == canonical(url)
    assert wanted == canonical(wanted)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "courier.example/a",
        "/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "JAVA\tSCRIPT:alert(1)",
        "data:text/html,x",
        "gopher://x.example/",
        "ext::sh -c id",
        "ssh://-oProxyCommand=x/",
        "https://user:pass@courier.example/a",
        "http://good.example\\@evil.example/",
        "https://courier.example:99999/",
        "https://courier.example:0/",
        "https://-x.example/",
        "https:///a",
        "https://[::1/",
        "https://courier.example/a b",
        "https://courier.example/a\nb",
        "https://courier.example/\x00",
        "https://courier.example/\u202e",
        "https://courier.example/\ud800",
        "https://courier.example/" + "x" * 2000,
    ],
)
def test_what_is_no_safe_address_is_refused(url: str) -> None:
    """Other schemes, user info, controls, no host and endless ones (bad inputs 26, 40, 64, 72), in a short line."""
    with pytest.raises(DraftError) as caught:
        canonical(url)
    assert len(str(caught.value)) < 250
    assert str(caught.value).isprintable()


def test_addresses_that_differ_in_path_case_form_or_slug_are_two_articles() -> None:
    """No rule merges what may be two; an id is a digest, so no slug can be a path (bad inputs 38, 39, 41)."""
    urls = [
        "https://courier.example/a",
        "https://courier.example/A",
        "https://courier.example/a/",
        "https://courier.example/a?",
        "https://courier.example/a?x",
        "https://other.example/a",
        "https://courier.example/caf\u00e9",
        "https://courier.example/cafe\u0301",
        "https://courier.example/../../etc/x",
        "https://courier.example/.git/config",
        "https://courier.example/con",
        "https://courier.example/-x",
    ]
    ids = {article_id(canonical(url)) for url in urls}

    assert len(urls) - 1 == len(ids)  # an empty query is none
    assert all(len(name) == 16 and name.isalnum() for name in ids)

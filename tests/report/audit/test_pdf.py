"""The report as a PDF: what PDF/UA asks for, the same bytes again, nothing in it that runs, loads or lies hidden."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from attacks import everywhere
from audited import SEEDS, audited, of_files

from provenance.errors import ReportError
from provenance.model.audits import Audit
from provenance.report.audit import html, paper, pdf

FORBIDDEN = {"/JavaScript", "/JS", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia"}
FORBIDDEN |= {"/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/AcroForm", "/XFA"}


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """Give the audit of the starter set, its last two chapters left out to save time."""
    store = of_files(tmp_path_factory.mktemp("pdf") / "store", SEEDS / "articles.jsonl", SEEDS / "copies.jsonl")
    found = audited(store)
    chapters = list(found.chapters())[:2]
    return replace(found, entries=found.entries[:2], chapters=lambda: iter(chapters))


@pytest.fixture(scope="module")
def made(audit: Audit) -> bytes:
    """Give the PDF of it."""
    return b"".join(pdf.stream(audit))


@pytest.fixture(scope="module")
def read(made: bytes) -> Iterator[pikepdf.Pdf]:
    """Open it."""
    with pikepdf.open(io.BytesIO(made)) as found:
        yield found


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Yield every element below one of the structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def test_the_document_is_tagged_named_and_in_a_language(read: pikepdf.Pdf, audit: Audit) -> None:
    """What PDF/UA asks of the whole: tags, a title that is shown, a language, its mark, a fixed date."""
    root = read.Root

    assert "/StructTreeRoot" in root
    assert True is bool(root.MarkInfo.Marked)
    assert "en" == str(root.Lang)
    assert True is bool(root.ViewerPreferences.DisplayDocTitle)
    assert "Corrections audit" in str(read.docinfo["/Title"])
    assert f"D:{audit.now:%Y%m%d%H%M%S}Z" == str(read.docinfo["/CreationDate"])
    xmp = root.Metadata.read_bytes().decode()
    assert "pdfuaid" in xmp
    assert "1" == read.open_metadata()["pdfuaid:part"]
    assert all("/StructParents" in page for page in read.pages)
    assert all("/S" == str(page.Tabs) for page in read.pages if "/Tabs" in page)


def test_what_stands_there_has_its_place_in_the_tree(read: pikepdf.Pdf) -> None:
    """Headings, paragraphs, lists, tables with headers, links; every drawing has words, and more than a title."""
    found = list(elements(read.Root.StructTreeRoot))
    sorts = {str(each.S) for each in found}
    figures = [each for each in found if str(each.S) == "/Figure"]

    assert {"/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link", "/Sect"} <= sorts
    assert figures
    assert [] == [each for each in figures if len(str(each.get("/Alt", ""))) < 40]
    cells = [each for each in found if str(each.S) == "/TD"]
    assert [] == [each for each in cells if "/Headers" not in each.get("/A", {})]


def test_it_can_be_leafed_through(read: pikepdf.Pdf) -> None:
    """Bookmarks lead to the answer, to each article, to how to read it; under an article to its parts."""
    with read.open_outline() as outline:
        titles = [each.title for each in outline.root]
        below = [kid.title for each in outline.root for kid in each.children]

    assert "The answer" == titles[0]
    assert "KILL: Orrel Glass to close Pellworth works with loss of 640 jobs" in titles
    assert "How to read this report" == titles[-1]
    assert "What changed" in below


def test_the_same_audit_gives_the_same_bytes(made: bytes, audit: Audit) -> None:
    """Twice over, to the byte: no clock, no chance, no order of a set."""
    assert made == b"".join(pdf.stream(audit))


def test_nothing_in_it_runs_or_leads_elsewhere(audit: Audit) -> None:
    """Whatever words come from outside, there is no script, no action, no file, and no address but of the web."""
    [chapter, *_] = audit.chapters()
    evil = everywhere(chapter, 'javascript:app.alert(1)//"><script>app.alert(1)</script>')
    hurt = replace(audit, chapters=lambda: iter([evil]), entries=audit.entries[:1])

    with pikepdf.open(io.BytesIO(b"".join(pdf.stream(hurt)))) as found:
        keys = {key for each in found.objects for key in keys_of(each)}
        uris = [str(each.URI) for each in found.objects if isinstance(each, pikepdf.Dictionary) and "/URI" in each]
        actions = {str(each.A.S) for page in found.pages for each in page.get("/Annots", []) if "/A" in each}

    assert set() == keys & FORBIDDEN
    assert all(each.startswith(("http://", "https://")) for each in uris)
    assert actions <= {"/URI", "/GoTo"}


def keys_of(value: pikepdf.Object, depth: int = 6) -> Iterator[str]:
    """Yield every key in an object, and the names that say of what sort an action is."""
    if depth and isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key, inner in value.items():
            yield str(key)
            if key in {"/S", "/Type", "/Subtype"}:
                yield str(inner)
            elif key != "/Parent" and not getattr(inner, "is_indirect", False):
                yield from keys_of(inner, depth - 1)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A page that asked for files or addresses would get none."""
    secret = tmp_path / "secret.css"
    secret.write_text("body::before{content:'secret'}")
    page = f'<html lang="en"><title>t</title><link rel="stylesheet" href="{secret.as_uri()}"><link rel="attachment"'
    page += f' href="{secret.as_uri()}"><img alt="x" src="{secret.as_uri()}"><p>plain'

    made = pdf._weasyprint()(page, b"0" * 16)

    with pikepdf.open(io.BytesIO(made)) as found:
        assert set() == {key for each in found.objects for key in keys_of(each)} & FORBIDDEN
        assert 1 == len(found.pages)


def test_without_the_extra_it_says_what_to_install(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that names the extra, exit code 3."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(ReportError, match="no PDF without weasyprint") as refused:
        next(pdf.stream(audit))

    assert (3, "pip install 'newsprov[pdf]'") == (refused.value.exit_code, refused.value.hint)


def test_without_pango_it_says_so(audit: Audit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package alone is not enough: the library of the system is named in one line."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0: no\\nsuch file')")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [each for each in sys.modules if each.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)

    with pytest.raises(
        ReportError, match=r"^no PDF without Pango: cannot load library libpango-1\.0-0: no$"
    ) as refused:
        next(pdf.stream(audit))

    assert "libpango" in refused.value.hint


def test_a_report_that_is_too_long_is_refused_before_it_is_laid_out(
    audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hint says how to ask for less."""
    monkeypatch.setattr(pdf, "LARGEST", 50_000)

    with pytest.raises(ReportError, match="too long for one PDF") as refused:
        next(pdf.stream(audit))

    assert "--behind" in refused.value.hint


# --- what paper needs


def test_a_drawing_has_the_pages_styles_inside() -> None:
    """In the colours of paper, without variables, and for what stands inside of it alone."""
    style = paper.drawing_style()

    assert "var(" not in style
    assert ".lane .wrong{stroke:#8b1a16" in style
    assert ".curve" not in style
    assert ".band{" in style


def test_the_pdf_says_how_to_make_the_pdf_again(audit: Audit) -> None:
    """The command at its end has its own format."""
    page = "".join(paper.for_paper(html.stream(audit), audit))

    assert "<code>prov report --format pdf" in page
    assert "--format html" not in page


def test_every_colour_of_the_screen_has_one_on_paper() -> None:
    """Whoever prints the page in a dark room gets black on white."""
    folder = Path(paper.__file__).parent / "templates"
    screen, printed = ((folder / name).read_text("utf-8") for name in ("report.css", "print.css"))

    colours = set(re.findall(r"--(\w+):#", screen))

    assert colours
    assert colours == set(re.findall(r"--(\w+):#", printed))


def test_letters_from_right_to_left_are_set_over_the_drawing(audit: Audit) -> None:
    """Inside of it WeasyPrint would set them one by one from the left; all others get white behind them."""
    texts = '<text x="0.5%" y="40">وكالة</text><text x="99.5%" y="40" text-anchor="end">مياه</text>'
    texts += '<text x="2" y="9">a</text>'
    svg = (
        f'<svg role="img" width="100%"><title id="t">Told</title> <desc id="d">more.</desc>{texts}</svg>\n<figcaption>'
    )

    [made] = paper.for_paper([svg], audit)

    assert '<span class="over" dir="rtl" style="top:28px;left:0.5%">وكالة</span>' in made
    assert '<span class="over" dir="rtl" style="top:28px;right:0.5%">مياه</span>' in made
    assert made.index("</span><svg") < made.index("<title>Told. more.</title><style>")
    assert '<g class="halo"><text x="2" y="9">a</text></g><text x="2" y="9">a</text>' in made

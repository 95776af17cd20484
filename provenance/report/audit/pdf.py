"""The report as a PDF: the page as it is printed, tagged so that it can be read aloud (PDF/UA)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, NoReturn

from provenance.errors import ReportError
from provenance.model.audits import Audit
from provenance.report.audit import html
from provenance.report.audit.paper import for_paper

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 1_500_000
"""Characters of the page past which it is too long for one PDF: each takes 0.7 kB of memory until all is laid out."""
EXTRA = "pip install 'newsprov[pdf]'"
_PIECE = 1 << 16


def stream(audit: Audit) -> Iterator[bytes]:
    """Yield the PDF, the same bytes for the same audit and fonts.

    Raises ReportError where the extra or a library is missing, or the report is too long.
    """
    write = _weasyprint()
    page = "".join(for_paper(_bounded(html.stream(audit)), audit))
    made = write(page, sha256(page.encode()).digest()[:16])
    for start in range(0, len(made), _PIECE):
        yield made[start : start + _PIECE]


def _weasyprint() -> Callable[[str, bytes], bytes]:
    """Give what turns a page into a PDF."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except ImportError as error:
        raise ReportError(f"no PDF without {error.name or 'WeasyPrint'}", hint=EXTRA) from error
    except OSError as error:  # the package is there, Pango is not
        library = str(error).partition("\n")[0]
        raise ReportError(
            f"no PDF without Pango: {library}", hint="install libpango-1.0-0, libpangoft2-1.0-0"
        ) from error

    class Nowhere(URLFetcher):  # type: ignore[misc]
        """Fetches nothing: a report has all that it needs in it."""

        def fetch(self, url: str, headers: object = None) -> NoReturn:  # noqa: ARG002 - WeasyPrint's signature
            raise ValueError(f"a report fetches nothing: {url[:100]}")

    def write(page: str, identifier: bytes) -> bytes:
        document = HTML(string=page, base_url=None, url_fetcher=Nowhere())
        made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
        return made

    return write


def _bounded(pieces: Iterable[str]) -> Iterator[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LARGEST:
            raise ReportError("too long for one PDF", hint="ask for less: an ARTICLE, --publisher, --since or --behind")
        yield piece

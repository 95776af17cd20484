"""The nouns of prov as frozen values: what every layer takes in and gives out."""

from importlib import import_module
from typing import TYPE_CHECKING

from provenance.model.conclusions import (
    EVASION,
    KIND_OF,
    Article,
    Aspect,
    By,
    Claim,
    Copy,
    CopyState,
    Delta,
    Derivation,
    Edit,
    EditStanding,
    History,
    Kind,
    Notice,
    Op,
    Says,
    Standing,
    State,
    Update,
)
from provenance.model.exchange import Extent
from provenance.model.facts import (
    AUTO,
    HIDDEN_IN_WORDS,
    LOCAL,
    ArticleId,
    Draft,
    Event,
    Fact,
    Metadata,
    Observation,
    Revision,
    Run,
    Sighting,
    Span,
    Status,
    article_id,
    digest,
)

if TYPE_CHECKING:
    from provenance.model.judgements import (
        MISSED,
        Checked,
        Code,
        Finding,
        Found,
        Level,
        Outcome,
        Passage,
        Place,
        Replacement,
        Verdict,
        Waiver,
    )
    from provenance.model.sides import Disguised, Label, Mark, Pair, Piece, Sides

_LATE = {
    "judgements": "MISSED Checked Code Finding Found Level Outcome Passage Place Replacement Verdict Waiver".split(),
    "sides": "Disguised Label Mark Pair Piece Sides".split(),
}
"""What most commands do without, module by module: to make its classes takes as long as Python takes to start."""

__all__ = [
    "AUTO",
    "EVASION",
    "HIDDEN_IN_WORDS",
    "KIND_OF",
    "LOCAL",
    "MISSED",
    "Article",
    "ArticleId",
    "Aspect",
    "By",
    "Checked",
    "Claim",
    "Code",
    "Copy",
    "CopyState",
    "Delta",
    "Derivation",
    "Disguised",
    "Draft",
    "Edit",
    "EditStanding",
    "Event",
    "Extent",
    "Fact",
    "Finding",
    "Found",
    "History",
    "Kind",
    "Label",
    "Level",
    "Mark",
    "Metadata",
    "Notice",
    "Observation",
    "Op",
    "Outcome",
    "Pair",
    "Passage",
    "Piece",
    "Place",
    "Replacement",
    "Revision",
    "Run",
    "Says",
    "Sides",
    "Sighting",
    "Span",
    "Standing",
    "State",
    "Status",
    "Update",
    "Verdict",
    "Waiver",
    "article_id",
    "digest",
]

if not TYPE_CHECKING:  # mypy would take every name for one that is there

    def __getattr__(name: str) -> object:
        """Load a module of nouns when one of its names is asked for first."""
        for module, names in _LATE.items():
            if name in names:
                return getattr(import_module(f"provenance.model.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

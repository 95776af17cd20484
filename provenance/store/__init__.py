"""The log of facts in a store folder, and the only code that touches one; `store/README.md` describes the format."""

from provenance.store.damage import Code, Damage, Examined, Remark
from provenance.store.entry import Entry
from provenance.store.store import Store

__all__ = ["Code", "Damage", "Entry", "Examined", "Remark", "Store"]

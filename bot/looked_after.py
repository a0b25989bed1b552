"""Whether somebody looks after the database: whether it is copied, and whether what is old is deleted."""

from datetime import datetime, timedelta
from typing import Final

from bot.finding import Finding
from storage.upkeep import Upkeep

NIGHTS: Final = timedelta(days=3)  # a run may be missed over a weekend; three nights are no accident
A_WEEK: Final = timedelta(days=7)  # the oldest that a copy may be, and how long a new database may be without one


def retention(kept: Upkeep, now: datetime) -> Finding:
    """Say when deletion by age was last done."""
    if kept.tidied is not None and now - kept.tidied <= NIGHTS:
        return Finding("retention", well=True, words=f"last done on {kept.tidied:%Y-%m-%d %H:%M} UTC.")
    if kept.tidied is None and _is_new(kept, now, NIGHTS):
        return Finding("retention", well=True, words="not done yet; a running bot does it at night.")
    last = "never" if kept.tidied is None else f"last on {kept.tidied:%Y-%m-%d}"
    return Finding("retention", well=False, words=f"{last} done. Is the bot running at night? Run: askdpo retention")


def backup(kept: Upkeep, now: datetime, *, on_file: bool) -> Finding:
    """Say how old the newest copy is that `askdpo db backup` made; a server's own copies are not ours to see."""
    if not on_file:
        return Finding("backup", well=True, words="the server's own; try a restore once a term (docs/install.md).")
    if kept.backed_up is not None and now - kept.backed_up <= A_WEEK:
        return Finding("backup", well=True, words=f"last made on {kept.backed_up:%Y-%m-%d %H:%M} UTC.")
    if kept.backed_up is None and _is_new(kept, now, A_WEEK):
        return Finding("backup", well=True, words="none yet. Make one every night: askdpo db backup FILE")
    last = "there is none" if kept.backed_up is None else f"the newest is from {kept.backed_up:%Y-%m-%d}"
    return Finding("backup", well=False, words=f"{last}. Make one every night: askdpo db backup FILE")


def _is_new(kept: Upkeep, now: datetime, span: timedelta) -> bool:
    return kept.since is None or now - kept.since <= span

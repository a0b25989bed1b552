"""The documents of a case that are not forms: its timeline, its decisions, its letters, and who was told."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.exports.case_of import CaseFile
from bot.exports.decided import outcome, reasons
from bot.exports.document import Block, Document, Heading, Rows, Words, facts
from bot.exports.happened import Moment, review, weighed
from bot.exports.who import iso, when, yes_no
from dialogs.breach.words import MATTERS, STATUSES
from policy.breach.case import after, of
from policy.breach.events import Event, Happened, Matter
from policy.breach.letter import LABELS, Part
from policy.breach.status import status_of
from policy.clocks.breach import breach_clock
from storage.outbox import State
from storage.told import Told

TIMELINE: Final = ("number", "at", "who", "what", "why")
TOLD: Final = ("number", "written_at", "delivered_at", "to", "about", "state", "revisions", "latest_seen", "reason")
_STATES: Final = {State.SENT: "delivered", State.WAITING: "waiting", State.UNDELIVERABLE: "not deliverable"}
_NOTHING: Final = Words("Nothing is recorded.")


def timeline(file: CaseFile, moments: Sequence[Moment]) -> Document:
    """Tell the case: where it stands, when it was first known with every correction, and everything in order."""
    rows = tuple((when(moment.at), moment.who, _what(moment)) for moment in moments)
    blocks: tuple[Block, ...] = (
        facts(_head(file), heading=("About", "this case")),
        Heading("When it was first known"),
        Words("Every time that was given is kept; the last line counts."),
        Rows(("First known", "Said", "By", "Why"), tuple(_aware(file)), (3, 3, 3, 4)),
        Heading("What happened, in order"),
        Rows(("When", "Who", "What and why"), rows, (3, 3, 8)),
    )
    return _document(f"Case {file.breach.number}: timeline", blocks, file)


def timeline_rows(moments: Sequence[Moment]) -> list[tuple[object, ...]]:
    """Return the same for a spreadsheet, under TIMELINE."""
    return [(place, iso(m.at), m.who, m.what, m.why) for place, m in enumerate(moments, start=1)]


def decisions(file: CaseFile) -> Document:
    """Tell what was weighed, decided and learnt, each with its reason; what was changed later is kept."""
    analysed = [event for event in file.events if event.kind is Happened.ANALYSED]
    reviewed = [event for event in file.events if event.kind is Happened.REVIEWED]
    blocks: list[Block] = [Heading("The five criteria")]
    for event in analysed:
        blocks += [Words(_by(event, file)), Words(weighed(event.data["criteria"]))]
    blocks += [] if analysed else [_NOTHING]
    blocks.append(Heading("Decisions"))
    made = tuple(_decided(file))
    blocks.append(Rows(("When and who", "What", "Why"), made, (3, 4, 7)) if made else _NOTHING)
    blocks.append(Heading("Review"))
    for event in reviewed:
        blocks += [Words(_by(event, file)), facts(review(event.data, file))]
    blocks += [] if reviewed else [_NOTHING]
    return _document(f"Case {file.breach.number}: decisions", tuple(blocks), file)


def letters(file: CaseFile) -> tuple[Document, ...]:
    """Return each version of the letter to the people affected, in its four parts (BREACH-4.11)."""
    written = [event for event in file.events if event.kind is Happened.LETTER_WRITTEN]
    return tuple(_letter(event, version, file) for version, event in enumerate(written, start=1))


def told_rows(told: Sequence[Told]) -> list[tuple[object, ...]]:
    """Return whom the bot told what and when, under TOLD."""
    return [
        (
            place,
            iso(one.posted_at),
            iso(one.sent_at),
            one.name or "somebody who left",
            one.summary,
            _STATES[one.state],
            one.revision,
            yes_no(one.seen == one.revision),
            one.reason or "",
        )
        for place, one in enumerate(told, start=1)
    ]


def _head(file: CaseFile) -> tuple[tuple[str, str], ...]:
    breach = file.breach
    acknowledged = f"{file.name(breach.acknowledged_by)}, {when(breach.acknowledged_at)}"
    return (
        ("School", file.school.name),
        ("Case", str(breach.number)),
        ("Stands", STATUSES[status_of(breach)]),
        ("Reported by", file.name(breach.reporter)),
        ("Reported", when(breach.opened_at)),
        ("First known", when(breach.t0)),
        ("72 hours end", when(breach_clock(breach.t0, breach.t0).ico_by)),
        ("Form A signed", when(breach.signed_at)),
        ("Acknowledged", "" if breach.acknowledged_at is None else acknowledged),
        ("Near miss", yes_no(breach.near_miss)),
        ("A child may be at risk", yes_no(breach.child_at_risk)),
        ("Reported to the ICO", when(breach.ico_sent_at) or "No"),
        ("The ICO's reference", breach.ico_reference),
        ("People affected told", when(breach.subjects_told_at) or "No"),
        ("Closed", when(breach.closed_at or breach.withdrawn_at)),
    )


def _aware(file: CaseFile) -> Iterator[tuple[str, ...]]:
    for word in file.breach.aware:
        yield when(word.at), when(word.said_at), file.name(word.by), word.reason


def _decided(file: CaseFile) -> Iterator[tuple[str, ...]]:
    breach = of(file.breach.number, file.school.id, file.events[:1])
    for event in file.events[1:]:
        if event.kind is Happened.DECIDED:
            what = f"{MATTERS[Matter(event.data['what'])]}? {outcome(event)}"
            yield _by(event, file), what, "\n".join(reasons(event, breach))
        breach = after(breach, event)


def _letter(event: Event, version: int, file: CaseFile) -> Document:
    parts = event.data["parts"]
    blocks: list[Block] = [Words(f"Version {version}, written by {_by(event, file)}.")]
    for part in Part:
        blocks += [Heading(LABELS[part]), Words(str(parts.get(part, "")).strip() or "Not written yet.")]
    return _document(f"Case {file.breach.number}: letter to the people affected", tuple(blocks), file)


def _by(event: Event, file: CaseFile) -> str:
    return f"{file.signed(event.actor, event.at)}, {when(event.at)}"


def _document(title: str, blocks: tuple[Block, ...], file: CaseFile) -> Document:
    return Document(title, blocks, file.footer, file.made_at)


def _what(moment: Moment) -> str:
    return f"{moment.what}\n{moment.why}" if moment.why else moment.what

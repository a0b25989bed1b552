"""What a step must say to be taken: the contents of its event, looked at before they are kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from policy.breach.case import Breach
from policy.breach.criteria import LABELS, unweighed
from policy.breach.decisions import unfinished
from policy.breach.events import Matter
from policy.breach.form_a import FORM_A
from policy.breach.form_b import is_late, starred_missing
from policy.breach.steps import DECIDES, Part, Step
from policy.forms import missing

_SOON: Final = timedelta(minutes=5)  # clocks differ; "now" is not the future
_STILL_TO_COME: Final = "That is still to come. Please check the day and the time."
_INVOLVED_AS: Final = frozenset({"subject", "accused"})


def wanting(  # noqa: C901, PLR0911, PLR0912  one line a step
    breach: Breach, step: Step, data: Mapping[str, Any], *, by: int, parts: frozenset[Part], now: datetime
) -> str | None:
    """Say what an event's data still lacks; None where it is whole. Raises KeyError for data of another event."""
    if step in DECIDES:
        return _decision(breach, DECIDES[step], data)
    match step:
        case Step.SAY | Step.ANSWER | Step.ASK | Step.NOTE | Step.FOLLOW_UP:
            return _words(data, "text", "Please write a few words.")
        case Step.WITHDRAW | Step.REOPEN | Step.NO_LONGER_INVOLVED | Step.BREACH_AFTER_ALL:
            return _words(data, "reason", "Please give the reason: it is kept with the case.")
        case Step.NOTICE:
            return _STILL_TO_COME if _instant(data["at"]) > now + _SOON else None
        case Step.CORRECT_T0:
            return _corrected(breach, _instant(data["at"]), data, now)
        case Step.SIGN_FORM_A:
            left = missing(FORM_A, data["answers"])
            return f"Still to be answered: {left[0].label}" if left else None
        case Step.SET_TASK:
            unfit = "That person has a part in this case. Please choose somebody else."
            return unfit if data["owner"] in breach.involved else _words(data, "what", "Please say what to do.")
        case Step.FINISH_TASK:
            return _task(breach, data["task"], by=by, parts=parts)
        case Step.ANALYSE:
            left_out = unweighed(data["criteria"])
            return f"Please give a level and a note for: {LABELS[left_out[0]]}." if left_out else None
        case Step.WRITE_LETTER:
            written = any(str(text).strip() for text in data["parts"].values())
            return None if written else "Please write at least one part."
        case Step.TELL_SUBJECTS:
            return _told(breach, data, now)
        case Step.TELL_OTHERS:
            return _words(data, "name", "Please say who was told.") or _told(breach, data, now)
        case Step.SAVE_FORM_B:
            return _filled(data["answers"], late=is_late(breach.t0, now)) if data["final"] else None
        case Step.SEND_ICO:
            return _sent(breach, data, now)
        case Step.INVOLVE:
            return None if data["part"] in _INVOLVED_AS else "Please say whether they are affected or concerned."
        case Step.REVIEW:
            return _review(data)
        case _:
            return None


def _decision(breach: Breach, matter: Matter, data: Mapping[str, Any]) -> str | None:
    details = dict(data.get("details", {}))
    ico = breach.decisions.get(Matter.ICO)
    if matter is Matter.SUBJECTS and ico is not None:
        details = {"risk_unlikely": ico.details.get("risk_unlikely", ""), **details}
    return unfinished(matter, data["outcome"], data["reason"], details)


def _corrected(breach: Breach, at: datetime, data: Mapping[str, Any], now: datetime) -> str | None:
    if at > now:
        return _STILL_TO_COME
    if breach.ico_sent_at is not None and at > breach.ico_sent_at:
        return "The report had gone to the regulator by then. Please check the day and the time."
    if at == breach.t0:
        return "That is the time on record already."
    later = at > breach.t0  # C14: earlier at any time, later with a reason
    return _words(data, "reason", "Moving the start later needs a reason: it is kept.") if later else None


def _task(breach: Breach, number: int, *, by: int, parts: frozenset[Part]) -> str | None:
    task = next((task for task in breach.tasks if task.number == number), None)
    if task is None or (task.owner != by and parts <= {Part.OWNER, Part.REPORTER}):
        return "That task isn't yours."
    return "That task is done already." if task.done_at is not None else None


def _told(breach: Breach, data: Mapping[str, Any], now: datetime) -> str | None:
    at = _instant(data["at"])
    if at > now + _SOON:
        return _STILL_TO_COME
    return "That is before anybody at school knew. Please check the day and the time." if at < breach.t0 else None


def _sent(breach: Breach, data: Mapping[str, Any], now: datetime) -> str | None:
    final = next(version for version in reversed(breach.form_b) if version.final)
    late = is_late(breach.t0, _instant(data["at"]))
    return (
        _told(breach, data, now)
        or _words(data, "how", "Please say how it was sent.")
        or _filled(final.answers, late=late)
    )


def _filled(answers: Mapping[str, Any], *, late: bool) -> str | None:
    left = starred_missing(answers, late=late)  # BREACH-4.8
    return f"Form B still needs: {left[0].label}." if left else None


def _review(data: Mapping[str, Any]) -> str | None:
    lacking = _words(data, "cause", "Please say what the cause was.") or _words(
        data, "action", "Please say what will be done about it."
    )
    if lacking or data.get("done"):
        return lacking
    whole = str(data.get("owner") or "").strip() and data.get("due")
    return None if whole else "Please say who does it, and by when."


def _words(data: Mapping[str, Any], name: str, otherwise: str) -> str | None:
    return None if str(data.get(name) or "").strip() else otherwise


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)

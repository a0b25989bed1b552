"""Whether an item of the form is a Yes, by whose answers, and which extra permissions stand (domain 1.3, C2)."""

from typing import Final

from policy.packs import Age12, SchoolRules
from policy.photos import uses
from policy.photos.standing import FormState, Standing

PUPIL_ASKED_FROM: Final = 12  # DP-6.12, DP-6.13

# A form of all No, or one withdrawn, is still an answer (C11).
ANSWERED: Final = frozenset({FormState.VALID, FormState.WITHDRAWN})


def effective(given: Standing, item: str, rules: SchoolRules) -> bool:
    """Whether an item is a Yes: an explicit Yes by everybody whose answer is required, and nothing against it."""
    if not given.settled or item in given.taken_back or item in given.refused:
        return False  # PHOTO-4.10
    adult, pupil = required(given, item, rules)
    if adult and not (given.state is FormState.VALID and _adults_say_yes(given, item)):
        return False  # PHOTO-4.1
    if pupil:
        return given.pupil is not None and item in given.pupil.yes  # DP-6.13
    return not _pupil_refuses(given, item, rules)


def required(given: Standing, item: str, rules: SchoolRules) -> tuple[bool, bool]:
    """Whose answers an item needs: (a parent or whom the safeguarding lead determined, the pupil) (C2)."""
    if given.determined or given.age < PUPIL_ASKED_FROM:
        return True, False  # PHOTO-4.12, DP-6.12
    match rules.age12:
        case Age12.BOTH:
            return True, True
        case Age12.PUPIL_ONLY:
            return item in uses.ONLINE_ITEMS, True  # PHOTO-12.3
        case Age12.PARENT_ONLY:
            return True, False  # PHOTO-4.2


def consenter_missing(given: Standing, item: str, rules: SchoolRules) -> bool:
    """Whether somebody answered this year, but not everybody who must (C2)."""
    if given.state is FormState.INCOMPLETE and given.determined:
        return True  # PHOTO-4.12
    _, pupil = required(given, item, rules)
    unanswered = given.state in {FormState.NONE, FormState.EXPIRED}
    return pupil and not unanswered and not given.pupil_answered


def any_yes(given: Standing, rules: SchoolRules) -> bool:
    """Whether the year's form says Yes to anything at all (C11, C19)."""
    return any(effective(given, item, rules) for item in uses.FORM_ITEMS)


def permits(given: Standing, kind: str) -> bool:
    """Whether an extra permission stands: a Yes by somebody entitled, and no entitled person's No (PHOTO-4.10)."""
    said = [kind in signer.yes for signer in given.adults if kind in signer.rows]
    stands = given.settled and kind not in given.taken_back and kind not in given.refused
    return stands and bool(said) and all(said)


def answered(given: Standing, rules: SchoolRules) -> bool:
    """Whether the year's form is on file, whatever it says; from 12 a parent's alone is one (contract 3, C11)."""
    if given.state in ANSWERED:
        return True
    pupils_own = rules.age12 is Age12.PUPIL_ONLY and given.age >= PUPIL_ASKED_FROM and not given.determined
    return pupils_own and given.settled and given.pupil_answered  # DP-6.13


def _adults_say_yes(given: Standing, item: str) -> bool:
    signed = [signer for signer in given.adults if signer.form_signed]
    return bool(signed) and all(item in signer.yes for signer in signed)


def _pupil_refuses(given: Standing, item: str, rules: SchoolRules) -> bool:
    """Any No wins: a pupil old enough to be asked may refuse, even where nobody need ask them (PHOTO-4.10)."""
    if given.pupil is None or given.age < PUPIL_ASKED_FROM or rules.age12 is Age12.PARENT_ONLY:
        return False
    return item in given.pupil.rows and item not in given.pupil.yes

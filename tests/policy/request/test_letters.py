"""The letters: what each must say by the policy and the law, and that what only a person knows stays a gap."""

from datetime import date

import pytest

from policy.request.events import Happened
from policy.request.kinds import RequestKind
from policy.request.letter_words import Sender
from policy.request.letters import Letter, drafted, letters_for
from tests.policy.request.request_examples import (
    ENGLAND,
    Told,
    accepted,
    clarified,
    decided,
    extended,
    identity_asked,
    refused,
    responded,
)

SENDER = Sender("Ashdown School", "Robin Hale", "dpo@ashdown.example")
FEE = accepted().then(Happened.FEE_ASKED, on="2026-06-01", ground="repeat", amount=12, reason="Sent in March.")
COMPLAINT = accepted(kind=RequestKind.COMPLAINT)


def text_of(letter: Letter, told: Told) -> str:
    return "\n".join(drafted(letter, told.request, sender=SENDER, division=ENGLAND).paragraphs)


@pytest.mark.parametrize(
    ("letter", "told", "holds"),
    [
        (Letter.ACKNOWLEDGE, accepted(), ["Mon 1 Jun 2026", "Wed 1 Jul 2026", "Everything about the twins."]),
        (Letter.ACKNOWLEDGE, identity_asked(), ["as soon as we have what we asked you for"]),
        (Letter.ACKNOWLEDGE, accepted(kind=RequestKind.MARKETING), ["stop"]),
        (Letter.IDENTITY, identity_asked(), ["An unknown e-mail address.", "two different", "passport", "P45"]),
        (Letter.AUTHORITY, accepted(requester_kind="agent"), ["signed by the person", "won't write to that person"]),
        (Letter.FEE, FEE, ["£12", "Sent in March."]),
        (Letter.CLARIFY, clarified(), ["Which year?", "clock stands still"]),
        (Letter.EXTEND, extended(), ["Ten years.", "Tue 1 Sep 2026", "two months more"]),
        (Letter.REFUSE, refused(), ["The tenth this month.", "excessive"]),
        (Letter.REFUSE, decided(RequestKind.ERASURE, "no"), ["Because.", "to have information deleted"]),
        (Letter.RESPOND, responded(), ["Reports."]),
        (Letter.RESPOND, decided(RequestKind.RECTIFICATION), ["put right", "as you asked"]),
        (Letter.COMPLAINT_RECEIVED, COMPLAINT, ["begun to look into it", "keep you informed"]),
        (Letter.COMPLAINT_OUTCOME, COMPLAINT, ["what we found"]),
    ],
)  # fmt: skip
def test_each_letter_says_what_it_must(letter: Letter, told: Told, holds: list[str]) -> None:
    text = text_of(letter, told)
    assert [words for words in holds if words not in text] == []
    assert "Robin Hale" in text


@pytest.mark.parametrize("letter", [Letter.EXTEND, Letter.REFUSE, Letter.RESPOND])
def test_whoever_disagrees_hears_of_all_three_ways_to_complain(letter: Letter) -> None:
    text = text_of(letter, accepted())
    assert [way for way in ("tell us", "ICO", "court") if way not in text] == []


@pytest.mark.parametrize("letter", [Letter.COMPLAINT_RECEIVED, Letter.COMPLAINT_OUTCOME])
def test_a_complaint_names_the_regulator(letter: Letter) -> None:
    assert "ICO" in text_of(letter, COMPLAINT)


def test_the_staffs_safe_date_is_promised_and_never_the_last_day_in_law() -> None:
    told = clarified().then(Happened.CLARIFY_ANSWERED, on="2026-06-08", question=3, text="2019")
    told.now = told.now.replace(day=8)
    assert told.dates.due == date(2026, 7, 8)
    assert told.dates.outer_due == date(2026, 7, 9)
    assert "Wed 8 Jul 2026" in text_of(Letter.ACKNOWLEDGE, told)
    assert "9 Jul" not in text_of(Letter.ACKNOWLEDGE, told)


def test_what_only_a_person_can_write_stays_a_gap() -> None:
    assert "[please add: the ground and the reasons]" in text_of(Letter.REFUSE, accepted())
    assert "[please add: what kinds of information this is]" in text_of(Letter.RESPOND, accepted())
    assert "[please add" not in text_of(Letter.REFUSE, refused())


def test_what_was_withheld_is_said_with_its_reason() -> None:
    told = accepted().then(Happened.EXEMPTION, exemption="reference", what="A reference", reason="given in confidence")
    assert "A reference (given in confidence)" in text_of(Letter.RESPOND, told)


@pytest.mark.parametrize("kind", RequestKind)
def test_every_letter_that_fits_a_kind_can_be_drafted(kind: RequestKind) -> None:
    for letter in letters_for(accepted(kind=kind).request):
        assert text_of(letter, accepted(kind=kind)).count("\n") >= 3
    offered = letters_for(accepted(kind=kind).request)
    assert (Letter.FEE in offered) is (kind is RequestKind.ACCESS)
    assert (Letter.CLARIFY in offered) is (kind in {RequestKind.ACCESS, RequestKind.CCTV})
    assert (Letter.REFUSE in offered) is (
        kind not in {RequestKind.COMPLAINT, RequestKind.MARKETING, RequestKind.RELEASE}
    )

"""What somebody seems to ask for: the intake's first guess."""

import pytest

from policy.request.kinds import Requester, RequestKind
from policy.understanding.heard import Intent
from policy.understanding.request_kinds import guessed, kind_of, outsider_in, parent_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he wants his details wiped", RequestKind.ERASURE),
        ("leaver demands erasure of all records", RequestKind.ERASURE),
        ("they'd like that line in the report corrected", RequestKind.RECTIFICATION),
        ("carer insists a birth date be put right", RequestKind.RECTIFICATION),
        ("guardian says stop sending sales leaflets", RequestKind.MARKETING),
        ("mum asks us to restrict processing", RequestKind.RESTRICTION),
        ("freeze her file until court", RequestKind.RESTRICTION),
        ("they want it all in a csv to take to the new school", RequestKind.PORTABILITY),
        ("a computer decision set her group, they want a human to look", RequestKind.AUTOMATED),
        ("mum wants her data ported to another provider", RequestKind.PORTABILITY),
        ("dad is not happy that an AI marks his kid", RequestKind.AUTOMATED),
        ("mum wants the nurse's remark off her record", RequestKind.ERASURE),
        ("parent objects to us using her data", RequestKind.OBJECTION),
        ("a parent wants us to stop using her photo in our system", RequestKind.OBJECTION),
    ],
)
def test_a_right_is_guessed_from_its_words(text: str, kind: RequestKind) -> None:
    assert kind_of(Intent.RIGHTS_REQUEST, text) is kind


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("officer is here asking for recordings", Requester.POLICE),
        ("an insurance company wants the car park footage", Requester.INSURER),
        ("the Gazette asks for the footage", Requester.PRESS),
        ("a parent wants the cctv of the playground", None),
    ],
)
def test_footage_for_outsiders_goes_its_own_road(text: str, who: Requester | None) -> None:
    assert outsider_in(text) is who
    kind = RequestKind.CCTV if who is None else RequestKind.RELEASE
    assert kind_of(Intent.CCTV_REQUEST, text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you send me everything you hold on Amelia?", RequestKind.ACCESS),
        ("Please delete all my records", RequestKind.ERASURE),
        ("a parent is complaining about how her data was handled", RequestKind.COMPLAINT),
        ("police want the cctv", RequestKind.RELEASE),
        ("hello", RequestKind.ACCESS),
    ],
)
def test_a_message_that_was_passed_on_is_guessed_at_too(text: str, kind: RequestKind) -> None:
    assert guessed(text) is kind


@pytest.mark.parametrize(
    ("said", "requester"),
    [
        ("a parent asked me at the gate for a copy of everything we hold about her son", Requester.PARENT),
        ("Dad wants to see his daughter's file", Requester.PARENT),
        ("a mum wants all e-mails about herself", None),
        ("a solicitor asks for a child's file", None),
        ("a former pupil wants his reports", None),
    ],
)
def test_a_parent_who_asks_about_a_child_is_heard(said: str, requester: Requester | None) -> None:
    assert parent_in(said) is requester

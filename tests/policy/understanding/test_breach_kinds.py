"""Which first advice fits a report."""

import pytest

from policy.understanding.breach_kinds import BreachKind, involves_it, kinds_of

K = BreachKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("two families got each other's letters", K.MISDIRECTED),
        ("sent the SEN list to the wrong parent", K.MISDIRECTED),
        ("I used CC instead of BCC and every parent saw the addresses", K.MISDIRECTED),
        ("a report for one family went home with another", K.MISDIRECTED),
        ("left my work laptop on the train", K.LOST_DEVICE),
        ("school ipad pinched from my flat", K.LOST_DEVICE),
        ("my marking bag is not in the car any more", K.LOST_PAPERS),
        ("class register has gone missing", K.LOST_PAPERS),
        ("odd sign-ins on my account", K.ACCOUNT),
        ("I typed my password into a fake page", K.ACCOUNT),
        ("fell for a phishing email", K.ACCOUNT),
        ("there is ransomware on the office pc", K.MALWARE),
        ("a virus on the admin laptop", K.MALWARE),
        ("the link lets anyone open the pupil folder, just noticed", K.EXPOSED),
        ("old reports were thrown in the recycling unshredded", K.EXPOSED),
        ("the pupil premium list is on the public website by mistake", K.EXPOSED),
        ("nearly sent the class list to the wrong parent", K.NEAR_MISS),
        ("near miss", K.NEAR_MISS),
    ],
)
def test_a_kind_is_known_by_what_happened(text: str, kind: BreachKind) -> None:
    assert kind in kinds_of(text)


@pytest.mark.parametrize(
    "text",
    ["", "the printer is jammed", "there is a flu virus going round", "I lost my voice", "my lunch was stolen"],
)
def test_nothing_of_the_kind_is_heard_where_there_is_none(text: str) -> None:
    assert kinds_of(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "involved"),
    [
        ("my work laptop was stolen", True),
        ("virus on the admin computer", True),
        ("odd sign-ins on my account", True),
        ("I gave my password to a scam page", True),
        ("a letter went to the wrong family", False),
        ("register left on the bus", False),
        ("a norovirus is going round", False),
    ],
)
def test_the_technicians_are_told_where_a_device_or_a_system_is_in_it(text: str, *, involved: bool) -> None:
    assert involves_it(text) is involved

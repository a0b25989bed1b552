"""Which kind of incident a message tells of."""

import pytest

from policy.incident.first_steps import DO, DO_NOT, DRILL, clauses, first_steps
from policy.incident.kinds import TITLES, IncidentKind, kind_of


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("discovered what seems to be abuse imagery on a device", IncidentKind.ILLEGAL),
        ("a stranger is messaging one of my pupils", IncidentKind.GROOMING),
        ("a boy in year 9 has been chatting with an older man he met online", IncidentKind.GROOMING),
        ("hostile anonymous mail in my inbox", IncidentKind.THREATENING_MAIL),
        ("pupil upset over cruel posts from classmates", IncidentKind.BULLYING),
        ("we are all getting spam", IncidentKind.SPAM),
        ("I had a phishing e-mail this morning", IncidentKind.SPAM),
        ("the filter let gore through", IncidentKind.FILTER),
        ("a pupil is using a VPN", IncidentKind.PUPIL_MISUSE),
        ("somebody hacked the quiz account", IncidentKind.SECURITY),
        ("there is a fake profile of our head", IncidentKind.SOCIAL_MEDIA),
        ("a colleague is watching films in lessons", IncidentKind.STAFF_MISUSE),
        ("Year 5 saw something horrible by accident", IncidentKind.EXPOSURE),
        ("somebody threw a tablet about", IncidentKind.DEVICE_MISUSE),
        ("something odd online", IncidentKind.OTHER),
        ("", IncidentKind.OTHER),
    ],
)
def test_a_message_tells_its_kind(words: str, kind: IncidentKind) -> None:
    assert kind_of(words) is kind


@pytest.mark.parametrize("kind", IncidentKind)
def test_every_kind_has_a_title_first_words_and_a_clause(kind: IncidentKind) -> None:
    assert TITLES[kind]
    assert 2 <= len(first_steps(kind)) <= 6
    assert clauses(kind)


def test_the_list_of_what_may_be_illegal_is_read_at_a_glance() -> None:
    assert len(" ".join((*DO, *DO_NOT)).split()) <= 110
    assert all(len(line.split()) <= 17 for line in (*DO, *DO_NOT))


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("cover", "ceop"), DO),
        (("head", "dsl", "phone"), DO),
        (("history",), DO),
        (("pupils away",), DO),
        (("police",), DO),
        (("time", "told"), DO),
        (("look further", "search"), DO_NOT),
        (("show",), DO_NOT),
        (("delete",), DO_NOT),
        (("photograph", "copy", "forward", "send me nothing"), DO_NOT),
        (("describe",), DO_NOT),
        (("switch it off", "hand it over"), DO_NOT),
        (("minimise",), DRILL),
        (("ceop",), DRILL),
        (("tell an adult",), DRILL),
    ],
)
def test_every_line_of_the_policys_list_is_there(words: tuple[str, ...], lines: tuple[str, ...]) -> None:
    assert any(all(word in line.casefold() for word in words) for line in lines)


def test_threatening_mail_is_kept_but_not_what_may_be_illegal() -> None:
    said = " ".join(first_steps(IncidentKind.THREATENING_MAIL))
    assert "evidence" in said
    assert "may be illegal" in said

"""Whom a report seems to be about: being told, rung or asked is no part in it."""

import pytest

from policy.incident.concerned import seems_about
from policy.roles import Role
from tests.policy.incident.incident_examples import DSL, HEAD, TEACHER

NAMES = {HEAD: "Hetty Moss", DSL: "Saul Bird", TEACHER: "Tessa Reed"}
HOLDERS = {Role.HEADTEACHER: (HEAD,), Role.DSL: (DSL,)}


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("abuse images on the head's laptop", {HEAD}),
        ("abuse images on the head\u2019s laptop", {HEAD}),
        ("the headteacher is texting a pupil", {HEAD}),
        ("Mrs Moss has abuse images", {HEAD}),
        ("child abuse images sent by Saul Bird", {DSL}),
        ("it is about Mr Bird", {DSL}),
        ("abuse images on Tessa Reed's phone", {TEACHER}),
        ("I told the head about child abuse images", set()),
        ("found some, rang Hetty Moss", set()),
        ("reported to the DSL: it is on a device", set()),
        ("the head asked me to report it", set()),
        ("a bird has flown into the hall", set()),
        ("", set()),
    ],
)
def test_a_report_is_about_whoever_owns_or_did_it(words: str, about: set[int]) -> None:
    assert seems_about(words, names=NAMES, holders=HOLDERS) == about

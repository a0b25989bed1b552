"""Whom a hold is about, in other people's words: rather too much is kept than anything deleted."""

import pytest

from policy.held import is_about


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Amelia Hart"], "Photos of Amelia Hart (4B)"),
        (["my daughter AMELIA Hart, 4B"], "amelia"),
        (["Seán O'Hanlon"], "Sean O\u2019Hanlon asked"),
        (["Zoë Quill"], "zoe"),
        (["Amelia Hart", "Ivo Hart"], "a letter to Ivo"),
        (["the parents of the twins in Year 4"], "Tom Bell"),
        (["a former pupil"], "anything"),
        ([], "anything"),
        (["Jo Li"], "Li"),
        (["Se\u00e1n Ngo"], "from Sea\u0301n"),  # the same letter, written as two
        (["Sea\u0301n Ngo"], "from Se\u00e1n"),
    ],
)
def test_a_text_is_kept_where_it_shares_a_name_or_none_is_known(names: list[str], text: str) -> None:
    assert is_about(names, text)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Amelia Hart"], "Photos of Tom Bell (4C)"),
        (["the child of Mr Bell"], "the child of somebody else"),
    ],
)
def test_a_text_about_somebody_else_is_not(names: list[str], text: str) -> None:
    assert not is_about(names, text)

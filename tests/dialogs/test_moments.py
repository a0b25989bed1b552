"""Every session that a dialog opens knows its moment, so that a post that is lent counts wherever roles are read."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
OPENERS: Final = ("dialogs", "bot/exports")
# These read nobody's roles.
NO_ROLES: Final = {
    *("dialogs/unreached.py:say_mailed", "dialogs/handing_over/saying.py:mind", "dialogs/searching/composing.py:_note"),
    *("dialogs/sweeping.py:_remind", "dialogs/sweeping.py:_withdrawals"),
    *("dialogs/sweeping.py:_cases", "dialogs/sweeping.py:_any_due", "dialogs/digest/sending.py:send"),
    *("dialogs/digest/sending.py:_send", "dialogs/root.py:_take", "dialogs/considering.py:consider"),
    *("bot/exports/taking.py:take",),
}


def sessions(tree: ast.AST, path: str) -> Iterator[tuple[str, bool]]:
    """Yield each session that is opened, as FILE:FUNCTION, and whether it is told its moment first."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.AsyncFunctionDef):
            continue
        for block in ast.walk(function):
            if isinstance(block, ast.AsyncWith) and _opens(block):
                yield f"{path}:{function.name}", "as_of(session" in ast.unparse(block.body[0])


def _opens(block: ast.AsyncWith) -> bool:
    return any(ast.unparse(item.context_expr).endswith((".read()", ".write()")) for item in block.items)


OPENED: Final = [
    found
    for folder in OPENERS
    for path in sorted((ROOT / folder).rglob("*.py"))
    for found in sessions(ast.parse(path.read_text("utf-8")), path.relative_to(ROOT).as_posix())
]


@pytest.mark.parametrize("where", sorted({where for where, _ in OPENED}))
def test_a_session_is_told_its_moment_before_anything_is_read(where: str) -> None:
    told = [knows for opened, knows in OPENED if opened == where]

    assert all(told) or where in NO_ROLES, f"{where}: call as_of(session, now) first, or say here that no role is read"


def test_no_function_is_excused_that_is_gone() -> None:
    assert {where for where, _ in OPENED} >= NO_ROLES


def test_the_sessions_of_a_turn_know_their_moment() -> None:
    assert ("dialogs/root.py:_take", True) in OPENED
    assert ("dialogs/sweeping.py:_cases", True) in OPENED
    assert ("bot/exports/taking.py:take", True) in OPENED

"""An invented trust's data-protection policy with its procedures, as somebody would paste it into a text file."""

from collections.abc import Sequence
from typing import Final

from policy.documents.paragraph import Paragraph, from_line

POLICY: Final = """Larkfield Trust

Data Protection Policy

Next review date: Summer Term 2024

Contents

1 What this is for
2 Keeping things safe
3 Cameras
Appendix 1 Words we use
Appendix 2 Subject Access Requests
Appendix 3 CCTV at Larkfield

1 What this is for

1.1 This paper says how we look after what we know of people.
1.2 It is for everybody who works here, as section 2 says.

2 Keeping things safe

Paper

2.1 Paper goes into a locked drawer:
- (a) at the end of the day;
- (b) before a fire drill, with these two exceptions:
  - (i) a register that a teacher carries; and
  - (ii) a medicine card.
- 2.2 Keys are numbered, and
handed in on Fridays.

Screens

2.3 Screens are locked.
2.3.1 Before lunch; and
2.3.2 Before going home.

3 Cameras

3.1 There are cameras at the gate. See Appendix 3.

Review date: May 2025

Appendix 1 Words we use

Gate\tThe big blue one
Register\tThe list of a class

Appendix 2 Subject Access Requests

1. Asking
1.1. Anybody may ask for what we hold about them.
1.2. Tell the office on the same day.
1.4. Our form is in Appendix 3.
2. Answering
2.1. The office answers within a month, as paragraph 7.2 (iv) says.

Appendix 3 CCTV at Larkfield

1. PURPOSE
1.1 Cameras keep the gate safe.
2. WHO MAY LOOK
2.1 Site staff may look.
2.2 Nobody else may.
"""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Read a text as a reader of files does that knows no page."""
    read = [from_line(line, f"line {number}") for number, line in enumerate(text.splitlines(), 1)]
    return tuple(one for one in read if one.text)


def numbers(clauses: Sequence[object]) -> list[str]:
    """Return the numbers of clauses."""
    return [getattr(clause, "number") for clause in clauses]  # noqa: B009  clauses of either kind

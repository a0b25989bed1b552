"""What somebody wants, and what must stay private."""

from collections.abc import Callable

import pytest

from policy.understanding import Heard, Intent

Hear = Callable[..., Heard]
I = Intent  # noqa: E741  a table's column


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hello there", I.GREETING),
        ("help", I.HELP),
        ("what can you do?", I.HELP),
        ("status", I.STATUS),
        ("any progress on my case?", I.STATUS),
        ("show me the restricted list", I.RESTRICTED_LIST),
        ("list of pupils without photo consent", I.RESTRICTED_LIST),
        ("can I use my own phone to film assembly", I.PHOTO_PERMISSION),
        ("photo for the website?", I.PHOTO_PERMISSION),
        ("Tom Baker for the yearbook", I.PHOTO_PERMISSION),
        ("Dojo class story with the kids' faces in it?", I.PHOTO_PERMISSION),
        ("Baker on the website", I.PHOTO_PERMISSION),
        ("may class dojo stories contain faces", I.POLICY_QUESTION),
        ("how long does a photo consent form last", I.POLICY_QUESTION),
        ("following a pupil back on social media, acceptable?", I.POLICY_QUESTION),
        ("a laptop with reports was stolen", I.REPORT_BREACH),
        ("I emailed Tom Baker's photo to the wrong parent", I.REPORT_BREACH),
        ("parent wants all the data we hold on Tom Baker", I.SAR_RECEIVED),
        ("father demands his date of birth be corrected", I.RIGHTS_REQUEST),
        ("ex-pupil demands erasure of all records", I.RIGHTS_REQUEST),
        ("mum has withdrawn consent for Tom Baker", I.CONSENT_WITHDRAWAL),
        ("Tom Baker's mum says no more photos", I.CONSENT_WITHDRAWAL),
        ("police want CCTV footage of Tom Baker", I.CCTV_REQUEST),
        ("a mum is making a formal complaint", I.COMPLAINT_RECEIVED),
        ("a child got nasty messages online", I.ONLINE_SAFETY_INCIDENT),
        ("someone is sharing a nude of a pupil", I.ILLEGAL_CONTENT),
        ("planning photos for sports day", I.PLAN_EVENT),
        ("please ask the DPO for me", I.ASK_DPO),
        ("when is a SAR received on 31 January due?", I.DEADLINE_QUESTION),
        ("will it rain on friday", I.UNKNOWN),
        ("the printer is jammed", I.UNKNOWN),
        ("", I.UNKNOWN),
    ],
)
def test_the_intent_is_recognised(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "how often is the no-photo list redone",
        "who draws up the list of pupils we can't photograph",
        "mum is happy, dad is against, photos",
        "permission pulled, delete the files from the server?",
        "the police want a pupil's address",
        "new school is asking for the child's records",
        "at what age can pupils consent on their own",
        "child protection plan, anything extra for photos",
        "revoking picture consent, the steps",
        "how frequently do we clear out old records",
        "can I take registers home",
        "can pupils be filmed in the changing rooms",
        "say a parent got the wrong book bag, is that one to report",
        "imagine someone left a folder on a bus, who rings the family",
        "hypothetically, what do we do if a fake account turns up",
    ],
)
def test_what_only_sounds_like_a_dialog_or_a_list_asks_for_the_rule(hear: Hear, text: str) -> None:
    assert hear(text).intent is I.POLICY_QUESTION


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("show me the latest no-photo list", I.RESTRICTED_LIST),
        ("mum says no more photos of her daughter", I.CONSENT_WITHDRAWAL),
        ("a parent is asking for her child's records", I.SAR_RECEIVED),
        ("a solicitor has asked for a pupil's record", I.SAR_RECEIVED),
        ("found indecent images on a pupil's phone?", I.ILLEGAL_CONTENT),
        ("they say a parent got the wrong letter", I.REPORT_BREACH),
        ("photo of Tom Baker is still up on the website", I.REPORT_BREACH),
        ("a lad in 4L took a photo of another kid in the toilets", I.ONLINE_SAFETY_INCIDENT),
        ("year 5 girl filmed another kid in the loos on her phone", I.ONLINE_SAFETY_INCIDENT),
        ("betting site opened on a pupil's chromebook", I.ONLINE_SAFETY_INCIDENT),
        ("a year six is being pressured by strangers to do dares on a live stream", I.ONLINE_SAFETY_INCIDENT),
        ("upload a photo of Tom Baker to the class folder that all the children can see?", I.PHOTO_PERMISSION),
        ("Tom Baker on the website please, he was brilliant in the maths challenge", I.PHOTO_PERMISSION),
        ("all of 4L but Tom Baker, he's off sick: website photo", I.PHOTO_PERMISSION),
        ("photo of the chess club for the website?", I.PHOTO_PERMISSION),
        ("can I put the choir on facebook", I.PHOTO_PERMISSION),
    ],
)
def test_what_starts_a_dialog_still_does(hear: Hear, text: str, intent: I) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "why can't Tom Baker be on the website",
        "what's the reason Tom Baker is a no?",
        "who refused for Tom Baker",
        "Which parent refused for Tom Baker?",
        "is Tom Baker adopted?",
        "Is Zog in care?",
        "has Tom Baker got a social worker",
        "does Tom Baker have a court order",
        "when did it change for Tom Baker?",
        "Tom Baker was fine before, what changed?",
        "what if Tom Baker's mum says yes?",
        "would Tom Baker be allowed if we cropped his face",
        "if we blurred Tom Baker would that be ok on the website",
        "would the answer be different if Tom Baker was only in the background",
        "is Tom Baker on the restricted list",
        "when did Tom Baker's mum take back the form",
        "has this pupil got a social worker",
        "Tom Baker for the website? What did his form say?",
    ],
)
def test_probing_is_noticed(hear: Hear, text: str) -> None:
    assert hear(text).probing


@pytest.mark.parametrize(
    "text",
    [
        "Would it be ok if I took a photo of Tom Baker for the website?",
        "is it ok if we film Tom Baker for Facebook tomorrow",
        "Tom Baker on the tennis court for the website",
        "why do we need consent forms",
        "Tom Baker's mum says it's fine, can he go on Facebook?",
        "Can we use a photo of Tom Baker in the brochure? His form said yes.",
    ],
)
def test_polite_questions_are_not_probing(hear: Hear, text: str) -> None:
    assert not hear(text).probing


def test_a_follow_up_why_is_probing(hear: Hear) -> None:
    before = hear("Tom Baker on the website")
    assert hear("why?", before).probing
    assert hear("is he adopted", before).probing
    assert not hear("why?").probing

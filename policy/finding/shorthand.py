"""Words as they are typed in a hurry: "b4" is before, "72hrs" is 72 hours, "wot" is what."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_SAID: Final = """
b4 before
bc because
bcos because
coz because
cos because
cuz because
cud could
shud should
wud would
shld should
cld could
wld would
wot what
wots what is
pls please
plz please
wat what
n and
w with
r are
u you
ur your
yr year
yrs years
wk week
wks weeks
wkend weekend
wknd weekend
hr hour
hrs hours
mth month
mths months
tmrw tomorrow
tmr tomorrow
tomoz tomorrow
2moro tomorrow
2day today
2nite tonight
nite night
overnite overnight
smth something
sth something
sb somebody
smb somebody
sum1 someone
some1 someone
every1 everyone
any1 anyone
ppl people
abt about
bout about
thru through
tho though
gonna going to
gotta have to
wanna want to
dunno do not know
lemme let me
gimme give me
rn now
info information
infos information
mssg message
msg message
msgs messages
txt text
txts texts
pic picture
pics pictures
foto photo
fotos photos
vid video
vids videos
doc document
docs documents
pw password
pword password
pwd password
tel telephone
appt appointment
addr address
agen again
wi with
wo without
1st first
2nd second
3rd third
permision permission
fone phone
fones phones
skool school
dept department
mgr manager
govs governors
esp especially
diff different
probs problems
regs rules
reqd required
reqs requests
recs records
dob date of birth
insta instagram
fb facebook
"""
_WORDS: Final = {short: tuple(whole) for short, *whole in map(str.split, _SAID.strip().splitlines())}
_JOINED: Final = re.compile(r"([0-9]+)(h|hr|hrs|hour|hours|day|days|wk|wks|week|weeks|mins|yr|yrs|month|months)")


def written_out(keys: Sequence[str]) -> list[str]:
    """Return the plain words of a question with what was shortened written out."""
    if _WORDS.keys().isdisjoint(keys) and not any(key[:1].isdigit() for key in keys):
        return list(keys)
    return [word for key in keys for word in _whole(key)]


def _whole(key: str) -> Iterable[str]:
    if key in _WORDS:
        return _WORDS[key]
    joined = _JOINED.fullmatch(key)
    return (key,) if joined is None else (joined[1], *_whole(joined[2]))

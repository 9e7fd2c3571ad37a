"""The dossiers of the demonstration city: each story is told by the acts that made it."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw

from motcua.calendars import queries as calendars
from motcua.calendars import working
from motcua.documents.models import StoredFile
from motcua.documents.services import store_file
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Dossier
from motcua.dossiers.policies import is_late
from motcua.dossiers.queries import components_to_review
from motcua.filings.services import Paper, submit_filing
from motcua.kernel.clock import CITY_TIME, day_of
from motcua.offices.queries import Mandate
from motcua.parties.models import Person
from motcua.procedures.queries import compiled, version_in_force

BIRTH = "1.001193"
COPIES = "2.000815"
BUSINESS = "1.001612"
CAI_KHE = "31117"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Who settles at one agency."""

    receiver: Mandate
    processor: Mandate
    leader: Mandate


@dataclass(frozen=True, kw_only=True)
class Story:
    """A filing so many working hours ago, and what was done after how many hours each."""

    procedure: str
    who: int  # place among the citizens
    filed_hours_ago: int
    acts: tuple[tuple[str, int], ...] = ()
    answers: Mapping[str, Any]


Act = Callable[[Dossier, Desk, Person, datetime], object]


def _refuse(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.refuse_dossier(
        dossier_id=dossier.pk,
        mandate=desk.receiver,
        reason="Cha, mẹ của trẻ không cư trú ở phường này. Ông/Bà nộp tại nơi cư trú.",
        at=at,
    )


def _ask_at_intake(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.request_intake_supplement(
        dossier_id=dossier.pk,
        mandate=desk.receiver,
        reason="Ảnh giấy tờ bị mờ ở góc dưới, không đọc được ngày cấp.",
        findings=_first_is_wanting(
            dossier,
            needed="Chụp lại rõ cả trang.",
            why="Góc dưới bị mờ, không đọc được ngày cấp.",
            example="Ảnh thấy đủ bốn góc giấy, đọc được mọi dòng chữ.",
        ),
        at=at,
    )


def _ask(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.request_supplement(
        dossier_id=dossier.pk,
        mandate=desk.processor,
        reason="Họ tên trên giấy tờ khác với nội dung khai.",
        findings=_first_is_wanting(
            dossier,
            needed="Gửi bản có họ tên đúng như đã khai.",
            why="Họ tên trên giấy khác với họ tên trong tờ khai.",
        ),
        at=at,
    )


def _supplement(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.supplement_dossier(
        dossier_id=dossier.pk,
        person=person,
        attachments=[
            dossiers.Attachment(
                key=_first_paper(dossier), file=_a_paper(person, "giay-to-bo-sung.png", at)
            )
        ],
        answer="Tôi đã chụp lại.",
        at=at,
    )


def _propose(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.propose_outcome(
        dossier_id=dossier.pk,
        mandate=desk.processor,
        outcome="granted",
        opinion="Hồ sơ đủ giấy tờ, nội dung khai khớp với giấy tờ kèm theo.",
        at=at,
    )


def _impose(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossiers.impose_obligation(
        dossier_id=dossier.pk,
        mandate=desk.processor,
        notice="Thông báo 08/TB: lệ phí đăng ký hộ kinh doanh (số tiền minh họa)",
        amount_dong=100_000,
        at=at,
    )


def _decide(dossier: Dossier, desk: Desk, person: Person, at: datetime) -> None:
    dossier.refresh_from_db()
    if is_late(dossier, at=at):
        dossiers.state_cause(
            dossier_id=dossier.pk,
            mandate=desk.leader,
            cause="own_unit",
            words="Nhiều hồ sơ đến cùng lúc (tình huống minh họa).",
            at=at,
        )
    dossiers.decide_dossier(
        dossier_id=dossier.pk,
        mandate=desk.leader,
        outcome="granted",
        number=f"{dossier.code[-4:]}/KQ",
        summary="Đồng ý giải quyết theo đề nghị.",
        at=at,
    )


ACTS: Mapping[str, Act] = {
    "accept": lambda d, desk, _p, at: dossiers.accept_dossier(
        dossier_id=d.pk, mandate=desk.receiver, at=at
    ),
    "refuse": _refuse,
    "ask_at_intake": _ask_at_intake,
    "withdraw": lambda d, _desk, p, at: dossiers.withdraw_dossier(
        dossier_id=d.pk, person=p, reason="Tôi nộp nhầm nơi.", at=at
    ),
    "take_up": lambda d, desk, _p, at: dossiers.take_up_dossier(
        dossier_id=d.pk, mandate=desk.processor, at=at
    ),
    "ask": _ask,
    "supplement": _supplement,
    "propose": _propose,
    "send_back": lambda d, desk, _p, at: dossiers.send_back_dossier(
        dossier_id=d.pk,
        mandate=desk.leader,
        reason="Kiểm tra lại nơi sinh ghi trên giấy chứng sinh.",
        at=at,
    ),
    "impose": _impose,
    "discharge": lambda d, desk, _p, at: dossiers.discharge_obligation(
        dossier_id=d.pk, mandate=desk.receiver, proof="Chứng từ minh họa 08", at=at
    ),
    "decide": _decide,
    "consult": lambda d, desk, _p, at: dossiers.consult_agency(
        dossier_id=d.pk,
        mandate=desk.processor,
        agency="Phòng Quản lý đô thị",
        question="Địa điểm kinh doanh có nằm trong quy hoạch hẻm không?",
        at=at,
    ),
    "suspend": lambda d, desk, _p, at: dossiers.suspend_settlement(
        dossier_id=d.pk,
        mandate=desk.leader,
        reason="Trụ sở ngập vì triều cường, mất điện từ sáng nay (tình huống minh họa).",
        at=at,
    ),
    "stop": lambda d, desk, _p, at: dossiers.stop_dossier(
        dossier_id=d.pk,
        mandate=desk.leader,
        reason="Có tranh chấp về địa điểm kinh doanh đang chờ tòa án giải quyết.",
        at=at,
    ),
    "return": lambda d, desk, p, at: dossiers.return_result(
        dossier_id=d.pk, mandate=desk.receiver, method="online", receiver=p.full_name, at=at
    ),
}

_TAKEN = (("accept", 2), ("take_up", 3))
_SIGNED = (*_TAKEN, ("propose", 5), ("decide", 6))
# Each way a dossier can go, to the place where it stands today.
WAYS: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (*_SIGNED, ("return", 7)),
    (("accept", 1),),
    _TAKEN,
    (("ask_at_intake", 2),),
    (*_TAKEN, ("ask", 4)),
    (*_TAKEN, ("propose", 5)),
    _SIGNED,
    (("ask_at_intake", 1), ("supplement", 5)),
    (*_TAKEN, ("ask", 4), ("supplement", 9)),
    (("refuse", 3),),
    (*_TAKEN, ("propose", 5), ("send_back", 6)),
    (("withdraw", 1),),
    (*_SIGNED, ("return", 12)),
)
BUSINESS_WAYS: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (*_TAKEN, ("impose", 4)),
    (*_TAKEN, ("impose", 4), ("discharge", 10)),
    (*_TAKEN, ("stop", 6)),
    (*_TAKEN, ("consult", 5)),
    (*_TAKEN, ("suspend", 6)),
    (*_TAKEN, ("propose", 12), ("decide", 20)),
    (*_TAKEN, ("propose", 12), ("decide", 20), ("return", 24)),
)

# What was filed weeks ago has come to its end, but for a few that explain why there is a clock.
_ENDED = tuple(way for way in WAYS if way and way[-1][0] in {"return", "refuse", "withdraw"})

_CHILDREN = (
    "TRẦN MINH AN", "TRẦN GIA HÂN", "THẠCH SÔ PHI", "LÝ BẢO NGỌC", "TRẦN KHÁNH VY",
    "NGUYỄN PHÚC THỊNH", "THẠCH THỊ MỸ", "LÝ QUỐC HUY", "TRẦN THIÊN KIM", "NGUYỄN ĐĂNG KHOA",
)  # fmt: skip
_SHOPS = ("Quán ăn Bến Ninh Kiều", "Tạp hóa Cô Mai", "Tiệm may Hồng Hạnh", "Cà phê Sông Hậu")
_HOURS_BETWEEN = 3


def stories() -> Iterator[Story]:
    """Tell some four dozen filings: births and copies at the ward, businesses at the district."""
    for number in range(2 * len(WAYS)):
        ago = 4 + _HOURS_BETWEEN * number
        way = WAYS[number] if number < len(WAYS) else _ENDED[number % len(_ENDED)]
        yield Story(
            procedure=BIRTH,
            who=number,
            filed_hours_ago=ago,
            acts=tuple((act, h) for act, h in way if h < ago),
            answers=birth_answers(_CHILDREN[number % len(_CHILDREN)], number),
        )
    for number in range(10):
        ago = 2 + 5 * number
        yield Story(
            procedure=COPIES,
            who=number + 1,
            filed_hours_ago=ago,
            acts=tuple((act, h) for act, h in _ENDED[number % len(_ENDED)] if h < ago),
            answers=_copies(number),
        )
    for number in range(len(BUSINESS_WAYS)):
        ago = 6 + 4 * number
        yield Story(
            procedure=BUSINESS,
            who=number,
            filed_hours_ago=ago,
            acts=tuple((act, h) for act, h in BUSINESS_WAYS[number] if h < ago),
            answers=_business(_SHOPS[number % len(_SHOPS)]),
        )


def tell(story: Story, people: list[Person], desk: Desk, *, now: datetime, number: int) -> Dossier:
    """File what the story says, and let the officers act at the hours it names."""
    calendar = calendars.city_calendar()
    filed_at = _working_hours_before(now, story.filed_hours_ago)
    person = people[story.who % len(people)]
    assert person.account is not None
    version = version_in_force(story.procedure, day_of(filed_at))
    case = next(iter(version.cases.values()))
    wanted = [c for c in case.components_for(story.answers) if c.required]
    dossier = submit_filing(
        account=person.account,
        person=person,
        version=version,
        case_key=case.key,
        answers=story.answers,
        papers=[
            Paper(key=c.key, file_id=_a_paper(person, f"{c.key}.png", filed_at).pk) for c in wanted
        ],
        key=f"demonstration-{number}",
        digest="0" * 64,
        at=filed_at,
    )
    for act, hours in story.acts:
        at = working.add_worked(calendar, filed_at, timedelta(hours=hours))
        ACTS[act](dossier, desk, person, at)
    return dossier


def _working_hours_before(now: datetime, hours: int) -> datetime:
    # Search, not arithmetic: only the calendar knows how far back so many hours lie.
    calendar = calendars.city_calendar()
    earliest, latest = now - timedelta(days=60), now
    wanted = timedelta(hours=hours)
    while latest - earliest > timedelta(minutes=1):
        middle = earliest + (latest - earliest) / 2
        if working.worked_between(calendar, middle, now) > wanted:
            earliest = middle
        else:
            latest = middle
    return working.next_working_moment(calendar, earliest).replace(second=0, microsecond=0)


def _first_is_wanting(
    dossier: Dossier, *, needed: str, why: str, example: str = ""
) -> dict[str, dossiers.Finding]:
    first, *others = components_to_review(dossier, compiled(dossier.version_id))
    return {
        first.key: dossiers.Finding(verdict="needed", needed=needed, why=why, example=example),
        **{paper.key: dossiers.Finding(verdict="fine") for paper in others},
    }


def _first_paper(dossier: Dossier) -> str:
    version = version_in_force(dossier.version.procedure.code, day_of(dossier.submitted_at))
    return version.cases[dossier.case_key].components_for(dossier.answers)[0].key


def _a_paper(person: Person, name: str, at: datetime) -> StoredFile:
    page = Image.new("L", (620, 877), 250)
    draw = ImageDraw.Draw(page)
    draw.rectangle((30, 30, 590, 847), outline=120, width=3)
    draw.text((200, 120), "GIAY TO MINH HOA", fill=30, font_size=24)
    draw.text((70, 220), name, fill=60, font_size=20)
    draw.text((70, 260), f"{at.astimezone(CITY_TIME):%d/%m/%Y %H:%M}", fill=60, font_size=20)
    for line in range(12):
        draw.line((70, 330 + 40 * line, 550 - 23 * (line % 5), 330 + 40 * line), fill=180, width=6)
    picture = io.BytesIO()
    page.save(picture, format="PNG", optimize=True)
    assert person.account is not None
    return store_file(
        content=picture.getvalue(),
        name=name,
        accepts=frozenset({"image/png"}),
        by=person.account,
        at=at,
    )


def birth_answers(child: str, number: int) -> dict[str, Any]:
    """Answer a birth registration at the ward Cái Khế for a child of that name."""
    return {
        "relationship": "parent",
        "child_name": child,
        "child_sex": "female" if number % 2 else "male",
        "born_on": f"2024-09-{1 + number % 12:02}",
        "born_at": "health_facility",
        "born_place": "Bệnh viện Phụ sản thành phố Cần Thơ, quận Ninh Kiều",
        "ethnicity": "Khmer" if child.startswith("THẠCH") else "Kinh",
        "nationality": "vietnamese",
        "hometown": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
        "mother_known": True,
        "mother_name": "NGUYỄN THỊ HOA",
        "mother_born_year": 1996,
        "mother_address": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
        "father_known": True,
        "father_name": "TRẦN VĂN BÌNH",
        "father_born_year": 1993,
        "father_address": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
        "settling_commune": CAI_KHE,
        "copies": number % 3,
        "delivery": "online",
        "declared": True,
    }


def _copies(number: int) -> dict[str, Any]:
    return {
        "document_name": "Bằng tốt nghiệp đại học" if number % 2 else "Giấy khai sinh",
        "issued_by": "vietnamese",
        "page_count": 1 + number % 4,
        "copies": 2,
        "electronic_copy": bool(number % 2),
        "settling_commune": CAI_KHE,
        "declared": True,
    }


def _business(name: str) -> dict[str, Any]:
    return {
        "filed_by": "owner",
        "founded_by": "individual",
        "business_name": name,
        "business_commune": CAI_KHE,
        "business_address": "Số 20, đường Trần Văn Khéo",
        "main_trade": "Dịch vụ ăn uống",
        "starts_on": "2024-11-01",
        "capital": 50_000_000,
        "workers": 3,
        "delivery": "online",
        "declared": True,
    }

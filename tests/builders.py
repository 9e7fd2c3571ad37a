"""Records for tests, built by what happened to them rather than by their columns."""

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any

from django.conf import settings
from PIL import Image

from motcua.accounts.models import Account
from motcua.accounts.services import create_account
from motcua.documents.models import StoredFile
from motcua.documents.services import store_file
from motcua.dossiers import services as dossiers
from motcua.dossiers.models import Channel, Dossier
from motcua.dossiers.queries import components_to_review
from motcua.filings.services import Counter, OwnerSaid, Paper, submit_filing, take_in
from motcua.offices.models import Agency, AgencyKind, Officer, Post, PostRole, UnitRole
from motcua.offices.queries import Mandate, mandate_of, unit_with_role
from motcua.offices.services import appoint, load_city, register_officer
from motcua.parties.definitions import PersonSaid
from motcua.parties.models import Person
from motcua.parties.services import register_person
from motcua.procedures import queries as procedures
from motcua.procedures.definitions import Version, read_yaml
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import compiled, version_in_force
from motcua.procedures.services import publish_version
from tests import snapshots
from tests.procedures.answers import sample_answers

# The city's clock in the demonstration: Tuesday 15 October 2024, 09:00.
TODAY = date(2024, 10, 15)
NOW = datetime(2024, 10, 15, 2, tzinfo=UTC)

BIRTH_CASE = "on_time"
# A plain birth registration; the ward Cái Khế settles it.
BIRTH_ANSWERS = {
    "relationship": "parent",
    "child_name": "Trần Minh An",
    "child_sex": "female",
    "born_on": "2024-10-06",
    "born_at": "health_facility",
    "born_place": "Bệnh viện Phụ sản thành phố Cần Thơ",
    "ethnicity": "Kinh",
    "nationality": "vietnamese",
    "hometown": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "mother_known": True,
    "mother_name": "Nguyễn Thị Hoa",
    "mother_born_year": 1996,
    "mother_address": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "father_known": True,
    "father_name": "Trần Văn Bình",
    "father_born_year": 1993,
    "father_address": "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "settling_commune": "31117",
    "copies": 0,
    "delivery": "online",
    "declared": True,
}

# Certified copies of a diploma, at the ward Cái Khế.
COPY_ANSWERS = {
    "document_name": "Bằng tốt nghiệp trung học phổ thông",
    "issued_by": "vietnamese",
    "page_count": 2,
    "copies": 3,
    "electronic_copy": False,
    "settling_commune": "31117",
    "declared": True,
}
# A noodle shop in the ward Cái Khế; its district, Ninh Kiều, settles it.
BUSINESS_ANSWERS = {
    "filed_by": "owner",
    "founded_by": "individual",
    "business_name": "Hộ kinh doanh Quán Sông Hậu",
    "business_commune": "31117",
    "business_address": "12 đường Trần Văn Khéo",
    "main_trade": "Quán ăn",
    "capital": 50_000_000,
    "workers": 2,
    "delivery": "counter",
    "declared": True,
}

# A newborn of the ward Cái Khế: birth there, residence with the police, then the health card.
LINKED_BIRTH = "2.000986"
LINKED_BIRTH_ANSWERS = {
    **BIRTH_ANSWERS,
    "residence_address": "12 đường Trần Văn Khéo, phường Cái Khế, quận Ninh Kiều",
    "household_head": "Trần Văn Bình",
    "household_head_id": "092893000009",
    "head_relation": "parent",
    "care_facility": "Trạm Y tế phường Cái Khế",
}
# Somebody of the ward Cái Khế died; the district pays for the funeral.
LINKED_DEATH = "2.002622"
LINKED_DEATH_ANSWERS = {
    "relationship": "close_family",
    "deceased_name": "Trần Văn Tám",
    "deceased_sex": "male",
    "deceased_born_year": 1941,
    "deceased_ethnicity": "Kinh",
    "died_on": "2024-10-11",
    "died_place": "Nhà riêng, phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ",
    "death_cause": "Già yếu",
    "death_circumstance": "home",
    "last_residence_known": True,
    "last_residence": "Số 12, đường Trần Phú, phường Cái Khế, quận Ninh Kiều",
    "benefit_kind": "social",
    "bury_name": "Trần Văn Bình",
    "settling_commune": "31117",
    "copies": 0,
    "delivery": "online",
    "declared": True,
}
POLICE = "Công an thành phố Cần Thơ"
INSURANCE = "Bảo hiểm xã hội thành phố Cần Thơ"

# Where each role sits in an agency.
_UNIT_OF = {
    PostRole.RECEIVER: UnitRole.ONE_STOP,
    PostRole.PROCESSOR: UnitRole.SPECIALIST,
    PostRole.LEADER: UnitRole.LEADERSHIP,
    PostRole.CLERK: UnitRole.CLERICAL,
    PostRole.ADMINISTRATOR: UnitRole.CLERICAL,
}

_serial = count(1)


def the_city() -> None:
    """Load Cần Thơ of March 2024, unless it is there."""
    if not Agency.objects.exists():
        snapshots.loaded_once("city", lambda: load_city(at=NOW))


def an_agency(name: str = "Ủy ban nhân dân phường Cái Khế") -> Agency:
    """Return an agency of the city by its official name."""
    the_city()
    return Agency.objects.get(name=name)


def an_account(name: str = "account", *, password: str | None = None) -> Account:
    """Open an account under a name of its own."""
    return create_account(username=f"{name}-{next(_serial)}", password=password)


def an_officer(
    *roles: str,
    agency: Agency | None = None,
    full_name: str = "Nguyễn Thị Hồng Hạnh",
    procedure: str = "",
    since: date = date(2024, 1, 2),
) -> Officer:
    """
    Appoint somebody to a post of each role, at the ward Cái Khế unless told otherwise.

    With a procedure, at the unit that settles it.
    """
    agency = agency or an_agency()
    number = next(_serial)
    officer = register_officer(
        account=an_account("officer"), full_name=full_name, staff_code=f"CB-{number:05}"
    )
    for role in roles:
        post = a_post(role, agency=agency, procedure=procedure)
        appoint(officer=officer, post=post, valid_from=since, at=NOW)
    return officer


def a_post(role: str, *, agency: Agency | None = None, procedure: str = "") -> Post:
    """Return the post of a role at the agency's unit for the procedure, or at its first unit."""
    agency = agency or an_agency()
    unit = unit_with_role(agency.pk, _UNIT_OF[PostRole(role)], TODAY, procedure=procedure)
    posts = Post.objects.filter(unit=unit, role=role)
    return posts.select_related("unit__agency").order_by("pk")[0]


def a_citizen(
    full_name: str = "Trần Văn Bình", *, personal_id: str | None = None, phone: str = ""
) -> Person:
    """Register somebody who can sign in, with a number that nobody alive can have."""
    number = next(_serial)
    return register_person(
        account=an_account("citizen"),
        full_name=full_name,
        # A birth in 2390: the digit 8 says a man born in the 24th century.
        personal_id=personal_id or f"092890{number:06}",
        phone=phone or f"0900000{number % 999 + 1:03}",
        at=NOW,
    )


def a_district(name: str = "Ủy ban nhân dân quận Ninh Kiều") -> Agency:
    """Return a district's committee."""
    agency = an_agency(name)
    assert agency.kind == AgencyKind.DISTRICT
    return agency


def the_catalogue() -> None:
    """Publish the whole catalogue, unless it is there. Most tests need one procedure of it."""
    the_city()
    if ProcedureVersion.objects.exists():
        _publish_catalogue()
    else:
        snapshots.loaded_once("catalogue", _publish_catalogue)
        procedures.forget()


def a_small_catalogue() -> None:
    """Publish three procedures, for tests that count what is listed."""
    for code in ("1.001193", "2.000815", "1.001612"):
        the_version(code)


def _publish_catalogue() -> None:
    for path in sorted(settings.CATALOGUE_DIR.glob("*.yaml")):
        the_version(path.stem)


def the_version(code: str = "1.001193") -> Version:
    """Return the version of a procedure that is in force on the day of the tests."""
    the_city()
    if not ProcedureVersion.objects.filter(procedure__code=code).exists():
        publish_version(definition=the_definition(code), at=NOW)
    return version_in_force(code, TODAY)


@cache
def the_definition(code: str) -> dict[str, Any]:
    """Return a definition of the catalogue, as it is written."""
    # Read once a session: reading a file takes longer than publishing it.
    content = (settings.CATALOGUE_DIR / f"{code}.yaml").read_bytes()
    return read_yaml(content, source=code)


def a_mandate(officer: Officer, on: date = TODAY) -> Mandate:
    """Return what the officer may act as."""
    return mandate_of(officer.account, on)


def a_receiver(agency: Agency | None = None) -> Mandate:
    """Appoint somebody at the one-stop unit."""
    return a_mandate(an_officer(PostRole.RECEIVER, agency=agency, full_name="Lê Thị Mai"))


def a_processor(agency: Agency | None = None, *, procedure: str = "") -> Mandate:
    """Appoint somebody who examines dossiers, those of the procedure if the agency parts them."""
    officer = an_officer(
        PostRole.PROCESSOR, agency=agency, full_name="Phạm Văn Sáu", procedure=procedure
    )
    return a_mandate(officer)


def a_leader(agency: Agency | None = None) -> Mandate:
    """Appoint somebody who signs."""
    return a_mandate(an_officer(PostRole.LEADER, agency=agency, full_name="Võ Minh Trí"))


def a_png(colour: int = 200) -> bytes:
    """Return a small picture that really opens."""
    picture = io.BytesIO()
    Image.new("L", (8, 8), colour).save(picture, format="PNG")
    return picture.getvalue()


def a_file(person: Person, *, name: str = "giay-chung-sinh.png") -> StoredFile:
    """Hand in a picture."""
    assert person.account is not None
    return store_file(
        content=a_png(next(_serial) % 256),
        name=name,
        accepts=frozenset({"image/png"}),
        by=person.account,
        at=NOW,
    )


def birth_answers(**changes: object) -> dict[str, object]:
    """Return the answers of a plain birth registration at the ward Cái Khế."""
    return {**BIRTH_ANSWERS, **changes}


def a_dossier(person: Person | None = None, *, at: datetime = NOW, **answers: object) -> Dossier:
    """File a birth registration online; it waits for the one-stop officer."""
    return a_filing("1.001193", BIRTH_CASE, birth_answers(**answers), person=person, at=at)


def a_change(person: Person | None = None, *, at: datetime = NOW) -> Dossier:
    """File for another name of a child: due in three working days, which may be extended."""
    return a_filing(
        "1.004859", "change", sample_answers("1.004859", "change"), person=person, at=at
    )


def a_copy_dossier(
    person: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Dossier:
    """Announce online that a diploma is to be copied."""
    return a_filing("2.000815", "standard", {**COPY_ANSWERS, **answers}, person=person, at=at)


def a_business_dossier(
    person: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Dossier:
    """File for a household business online; the district settles it."""
    return a_filing("1.001612", "standard", {**BUSINESS_ANSWERS, **answers}, person=person, at=at)


def a_linked_birth(
    person: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Dossier:
    """File for birth, residence and health card in one."""
    for part in ("1.001193", "1.004222", "1.001939"):
        the_version(part)
    answers = {**LINKED_BIRTH_ANSWERS, **answers}
    return a_filing(LINKED_BIRTH, "standard", answers, person=person, at=at)


def a_linked_death(
    person: Person | None = None, *, at: datetime = NOW, **answers: object
) -> Dossier:
    """File for registration of a death, deregistration and funeral costs in one."""
    for part in ("1.000656", "1.003197", "1.001731"):
        the_version(part)
    answers = {**LINKED_DEATH_ANSWERS, **answers}
    return a_filing(LINKED_DEATH, "standard", answers, person=person, at=at)


def a_filing(
    code: str,
    case_key: str,
    answers: Mapping[str, object],
    *,
    person: Person | None = None,
    at: datetime = NOW,
) -> Dossier:
    """File with these answers and a picture for every paper that they call for."""
    person = person or a_citizen()
    version = the_version(code)
    assert person.account is not None
    papers = [
        Paper(key=component.key, file_id=a_file(person).pk)
        for component in version.cases[case_key].components_for(answers)
        if component.required
    ]
    return submit_filing(
        account=person.account,
        person=person,
        version=version,
        case_key=case_key,
        answers=answers,
        papers=papers,
        key=f"test-{next(_serial)}",
        digest="0" * 64,
        at=at,
    )


def said_of(full_name: str = "Trần Văn Bình", **changes: object) -> PersonSaid:
    """Say who somebody is, with a number that nobody alive can have."""
    said: dict[str, object] = {
        "full_name": full_name,
        "personal_id": f"092890{next(_serial):06}",
        "phone": "0900000321",
    }
    return PersonSaid(**{**said, **changes})  # type: ignore[arg-type]  # tests say what they like


def taken_in(mandate: Mandate, *, at: datetime = NOW, **changes: object) -> Dossier:
    """Take certified copies in over the counter of the officer's first post; nothing collected."""
    return take_in(**{**what_is_taken_in(mandate), "at": at, **changes})  # type: ignore[arg-type]  # tests say what they like


def what_is_taken_in(mandate: Mandate) -> dict[str, object]:
    """Return what the counter sends when somebody wants a diploma copied."""
    return {
        "mandate": mandate,
        "counter": Counter(
            unit_id=mandate.posts[0].unit_id, channel=Channel.DIRECT, identity_checked=True
        ),
        "version": the_version("2.000815"),
        "case_key": "standard",
        "submitter": said_of(),
        "owner": OwnerSaid(),
        "answers": {"issued_by": "vietnamese", "page_count": 2},
        "papers": [dossiers.Presented(key="original", originals=1)],
        "fees": [],
        "key": f"counter-{next(_serial)}",
        "at": NOW,
    }


def found_wanting(
    dossier: Dossier, *keys: str, needed: str = "Chụp lại rõ cả trang."
) -> dict[str, dossiers.Finding]:
    """Check every paper that the dossier calls for: these are wanting, the others do."""
    papers = components_to_review(dossier, compiled(dossier.version_id))
    wanting = dossiers.Finding(verdict="needed", needed=needed, why="Ảnh mờ, không đọc được số.")
    return {
        **{paper.key: dossiers.Finding(verdict="fine") for paper in papers},
        **dict.fromkeys(keys, wanting),
    }


class ADesk:
    """The officers of one agency who carry dossiers along, and how far they carry them."""

    def __init__(self, agency: Agency | None = None, *, procedure: str = "") -> None:
        self.receiver = a_receiver(agency)
        self.processor = a_processor(agency, procedure=procedure)
        self.leader = a_leader(agency)

    def accepted(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Take a dossier in."""
        dossier = dossier or a_dossier()
        return dossiers.accept_dossier(dossier_id=dossier.pk, mandate=self.receiver, at=at)

    def asked_at_intake(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Ask for a better birth certificate before acceptance."""
        dossier = dossier or a_dossier()
        return dossiers.request_intake_supplement(
            dossier_id=dossier.pk,
            mandate=self.receiver,
            reason="Ảnh mờ, không đọc được số.",
            findings=found_wanting(dossier, "birth_certificate"),
            at=at,
        )

    def refused(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Turn a dossier away at the door."""
        dossier = dossier or a_dossier()
        return dossiers.refuse_dossier(
            dossier_id=dossier.pk,
            mandate=self.receiver,
            reason="Cha, mẹ không cư trú ở phường này.",
            at=at,
        )

    def withdrawn(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Let the applicant take a dossier back."""
        dossier = dossier or a_dossier()
        return dossiers.withdraw_dossier(
            dossier_id=dossier.pk, person=dossier.owner, reason="Nộp nhầm nơi.", at=at
        )

    def taken_up(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Take a dossier in, and begin to work on it."""
        dossier = self.accepted(dossier, at=at)
        return dossiers.take_up_dossier(dossier_id=dossier.pk, mandate=self.processor, at=at)

    def awaiting_supplement(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Ask for a better birth certificate during the examination."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.request_supplement(
            dossier_id=dossier.pk,
            mandate=self.processor,
            reason="Ảnh mờ, không đọc được số.",
            findings=found_wanting(dossier, "birth_certificate"),
            at=at,
        )

    def awaiting_obligation(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Tell the applicant to pay before the dossier goes on."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.impose_obligation(
            dossier_id=dossier.pk,
            mandate=self.processor,
            notice="Thông báo số 12/TB",
            amount_dong=250_000,
            at=at,
        )

    def answered_at_intake(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Ask for a better birth certificate before acceptance, and get one."""
        return self._answered(self.asked_at_intake(dossier, at=at), at=at)

    def answered(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Ask for a better birth certificate during the examination, and get one."""
        return self._answered(self.awaiting_supplement(dossier, at=at), at=at)

    def asked_for_a_further_round(
        self, dossier: Dossier | None = None, *, at: datetime = NOW
    ) -> Dossier:
        """Ask the leader whether the applicant may be asked once more."""
        dossier = self.answered(dossier, at=at)
        return dossiers.ask_further_round(
            dossier_id=dossier.pk,
            mandate=self.processor,
            reason="Giấy nộp thêm lại thiếu trang sau.",
            at=at,
        )

    def approved_a_further_round(
        self, dossier: Dossier | None = None, *, at: datetime = NOW
    ) -> Dossier:
        """Have the leader agree that the applicant is asked once more."""
        dossier = self.asked_for_a_further_round(dossier, at=at)
        return dossiers.approve_further_round(
            dossier_id=dossier.pk,
            mandate=self.leader,
            reason="Không có giấy đó thì không giải quyết được.",
            at=at,
        )

    def asked_to_withdraw(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Let the applicant ask to end what is being settled."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.request_withdrawal(
            dossier_id=dossier.pk, person=dossier.owner, reason="Đã nộp ở nơi khác.", at=at
        )

    def _answered(self, dossier: Dossier, *, at: datetime) -> Dossier:
        return dossiers.supplement_dossier(
            dossier_id=dossier.pk,
            person=dossier.owner,
            attachments=[dossiers.Attachment(key="birth_certificate", file=a_file(dossier.owner))],
            at=at,
        )

    def awaiting_agency(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Ask another agency during the examination."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.consult_agency(
            dossier_id=dossier.pk,
            mandate=self.processor,
            agency="Công an quận Ninh Kiều",
            question="Xác minh nơi cư trú của cha, mẹ.",
            at=at,
        )

    def suspended(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Let a flood keep everybody from working on a dossier."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.suspend_settlement(
            dossier_id=dossier.pk, mandate=self.leader, reason="Trụ sở bị ngập lụt.", at=at
        )

    def stopped(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """End the settlement without a result."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.stop_dossier(
            dossier_id=dossier.pk, mandate=self.leader, reason="Có quyết định của Tòa án.", at=at
        )

    def proposed(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Bring a dossier before the leader."""
        dossier = self.taken_up(dossier, at=at)
        return dossiers.propose_outcome(
            dossier_id=dossier.pk,
            mandate=self.processor,
            outcome="granted",
            opinion="Đủ điều kiện.",
            at=at,
        )

    def decided(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Have a dossier signed."""
        dossier = self.proposed(dossier, at=at)
        return dossiers.decide_dossier(
            dossier_id=dossier.pk,
            mandate=self.leader,
            outcome="granted",
            number="125/KS",
            summary="Đã đăng ký khai sinh.",
            at=at,
        )

    def returned(self, dossier: Dossier | None = None, *, at: datetime = NOW) -> Dossier:
        """Carry a dossier to its end."""
        dossier = self.decided(dossier, at=at)
        return dossiers.return_result(
            dossier_id=dossier.pk,
            mandate=self.receiver,
            method="online",
            receiver="Trần Văn Bình",
            at=at,
        )

"""The demonstration city: what a newcomer finds in it, and whom they can play."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from . import people
from .people import Citizen, Servant

if TYPE_CHECKING:
    from motcua.offices.queries import Mandate
    from motcua.parties.models import Person

ACCOUNTS = people.EVERYBODY
# Officers were appointed before the first dossier of the stories came in.
APPOINTED_ON = date(2024, 1, 2)


def is_loaded() -> bool:
    """Answer whether load() has come to its end in this database."""
    from motcua.dossiers.models import Dossier

    return Dossier.objects.exists()


def load(*, at: datetime, progress: Callable[[str], None]) -> None:
    """Load the city, its catalogue, its people and their dossiers. May be called again."""
    # The rooms are imported late: the wiring imports this package before they are all loaded.
    from motcua.offices.services import load_city
    from motcua.procedures.services import import_catalogue

    progress("Nạp cơ quan và địa bàn")
    load_city(at=at)
    progress("Nạp danh mục thủ tục")
    import_catalogue(folder=settings.CATALOGUE_DIR, at=at)
    if not is_loaded():
        _tell_stories(at, progress)


def tell_of_steering(*, at: datetime, progress: Callable[[str], None]) -> None:
    """
    Tell what offices did about plan, targets and publications. May be called again.

    After the city was filled: reports, explanations and publications are made of its figures.
    """
    from .announcements import announce_procedures
    from .plan_progress import tell_the_plan
    from .publications import publish_months
    from .targets import explain_targets

    progress("Nạp quyết định công bố thủ tục trình diễn")
    announce_procedures(at=at)
    progress("Nạp tiến độ Kế hoạch 67 trình diễn")
    tell_the_plan(now=at)
    progress("Nạp giải trình chỉ tiêu trình diễn")
    explain_targets(at=at)
    progress("Nạp công khai hằng tháng trình diễn")
    publish_months(at=at)


@transaction.atomic
def _tell_stories(at: datetime, progress: Callable[[str], None]) -> None:
    # All or nothing: a load broken off half-way is begun again from here.
    from .linked import tell_linked
    from .stories import BUSINESS, Desk, stories, tell

    progress("Nạp người dùng trình diễn")
    citizens = [_settle(citizen, at) for citizen in people.CITIZENS]
    mandates = {servant.username: _appoint(servant, at) for servant in people.SERVANTS}
    ward = Desk(
        receiver=mandates["motcua"], processor=mandates["hotich"], leader=mandates["chutich"]
    )
    district = Desk(
        receiver=mandates["motcua-quan"],
        processor=mandates["taichinh-quan"],
        leader=mandates["chutich-quan"],
    )
    told = sorted(stories(), key=lambda story: -story.filed_hours_ago)
    for number, story in enumerate(told, start=1):
        progress(f"Nạp hồ sơ trình diễn ({number}/{len(told)})")
        desk = district if story.procedure == BUSINESS else ward
        tell(story, citizens, desk, now=at, number=number)
    progress("Nạp hồ sơ liên thông trình diễn")
    police = Desk(
        receiver=mandates["motcua-congan"],
        processor=mandates["cutru"],
        leader=mandates["lanhdao-congan"],
    )
    insurance = Desk(
        receiver=mandates["motcua-bhxh"],
        processor=mandates["thebhyt"],
        leader=mandates["giamdoc-bhxh"],
    )
    desks = {"": ward, "birth": ward, "residence": police, "health_card": insurance}
    tell_linked(citizens, desks, now=at, number=len(told) + 1)


def _settle(citizen: Citizen, at: datetime) -> "Person":
    from motcua.accounts.services import create_account
    from motcua.parties.services import register_person

    return register_person(
        account=create_account(username=citizen.username),
        full_name=citizen.full_name,
        personal_id=citizen.personal_id,
        born_on=citizen.born_on,
        sex=citizen.sex,
        phone=citizen.phone,
        address=citizen.address,
        at=at,
    )


def _appoint(servant: Servant, at: datetime) -> "Mandate":
    from motcua.accounts.services import create_account
    from motcua.kernel.clock import day_of
    from motcua.offices.models import Post
    from motcua.offices.queries import mandate_of
    from motcua.offices.services import appoint, register_officer

    officer = register_officer(
        account=create_account(username=servant.username),
        full_name=servant.full_name,
        staff_code=servant.staff_code,
    )
    posts = Post.objects.filter(unit__agency__name=servant.agency, role=servant.role)
    if servant.procedure:
        posts = posts.filter(unit__settles__contains=[servant.procedure])
    appoint(officer=officer, post=posts.order_by("pk")[0], valid_from=APPOINTED_ON, at=at)
    return mandate_of(officer.account, day_of(at))

"""The screens of the register of announcing decisions in each of their states."""

from collections.abc import Iterator

from django.urls import reverse

from tests.journeys.screens import State
from tests.procedures.register import BIRTH, COPY, PUBLISH_BY, ARegister

PAGE = "/lanh-dao/cong-bo-thu-tuc/"


def of_the_register(visitor, ward) -> Iterator[State]:
    """An empty register, a decision that is recorded, published, mistaken and struck."""
    register = ARegister()
    keeper = visitor(PAGE, account=ward.account_of(register.keeper))
    yield "register of announcements, empty", keeper.page
    keeper.opens(f"{PAGE}moi/")
    yield "announcement to be recorded", keeper.page
    keeper.presses("Ghi vào sổ")
    yield "announcement, nothing typed", keeper.page
    announcement = register.record(BIRTH, COPY)
    register.publish(announcement)
    keeper.opens(reverse("board:announcement", args=[announcement.pk]))
    for details in keeper.page.locator("main details").all():
        details.locator("summary").click()
    yield "announcement, half published", keeper.page
    keeper.presses("Ghi ngày công khai")
    yield "announcement, no day of publication", keeper.page
    register.strike(register.record(effective_on=PUBLISH_BY.replace(day=1)))
    keeper.opens(reverse("board:announcement", args=[announcement.pk + 1]))
    yield "announcement, struck", keeper.page
    keeper.opens(PAGE)
    yield "register of announcements", keeper.page
    stranger = visitor(PAGE, account=ward.account_of(ward.desk.leader))
    yield "register of announcements, to a stranger", stranger.page

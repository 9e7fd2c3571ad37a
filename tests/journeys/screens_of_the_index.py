"""The screens of the 766 index in each of their states."""

from collections.abc import Iterator

from motcua.dossiers import events
from motcua.offices.models import Agency
from tests.builders import a_leader
from tests.journeys.screens import State
from tests.steering.test_recount import follow, learned

PAGE = "/lanh-dao/chi-so-766/"


def of_the_index(visitor, ward) -> Iterator[State]:
    """A month that runs, one that was empty, what cannot be, an agency's own, the lists behind."""
    dossier = ward.desk.decided()
    learned(dossier, events.FilingHelped(manner="by_officer"))
    follow()
    city = a_leader(Agency.objects.get(kind="city"))
    leader = visitor(PAGE, account=ward.account_of(city))
    yield "index of the city", leader.page
    for details in leader.page.locator("main details").all():
        details.locator("summary").click()
    yield "index, how it is counted", leader.page
    leader.opens(f"{PAGE}?ky=2024-09")
    yield "index, nothing happened", leader.page
    leader.opens(f"{PAGE}?ky=2024&den-ngay=2024-10-15")
    yield "index, as it was known", leader.page
    leader.opens(f"{PAGE}?ky=2024-12")
    yield "index of the future", leader.page
    leader.opens(f"{PAGE}ho-so/?so-lieu=received")
    yield "dossiers behind the index", leader.page
    leader.opens(f"{PAGE}ho-so/?so-lieu=reused")
    yield "dossiers behind the index, none", leader.page
    leader.opens(f"{PAGE}tieu-chi/ONLINE_FORMALITY_PROVIDED/?phan=duoc-tinh")
    yield "procedures behind the index", leader.page
    leader.opens(f"{PAGE}tieu-chi/ELECTRONIC_CERTIFIED_COPY/")
    yield "agencies behind the index, none", leader.page
    leader.opens(f"{PAGE}thoi-gian/?thu-tuc=1.001193")
    yield "times of settlement", leader.page
    leader.opens(f"{PAGE}thoi-gian/?ky=2024-09")
    yield "times of settlement, none", leader.page
    head = visitor(PAGE, account=ward.account_of(ward.desk.leader))
    yield "index of a commune, with its officers", head.page

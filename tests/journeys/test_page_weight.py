"""What a citizen's telephone has to fetch for each page: little, and from nobody else."""

import gzip

import pytest
from playwright.sync_api import Response

from motcua.offices.models import AgencyKind
from motcua.offices.queries import settling_agencies
from motcua.procedures.services import import_national, publish_version
from tests.builders import NOW, TODAY, a_dossier
from tests.procedures.builders import a_definition
from tests.procedures.national.builders import a_list, an_original
from tests.web.portal.walk import a_complete_draft, check_url, page_url, paper_url

pytestmark = pytest.mark.django_db(transaction=True)

# Compressed bytes, and how many requests (the reference of screens, section 1.10).
HTML_MOST = 14_000
CSS_MOST = 15_000
JS_MOST = 15_000
REQUESTS_MOST = 6
SCREEN = {"key": "here", "question": "Ông/Bà nuôi mèo ở đây không?", "otherwise": "Hỏi nơi nuôi."}


def test_every_citizen_page_is_light(open_page, ward):
    applicant, desk = ward.applicant, ward.desk
    draft = a_complete_draft(applicant)
    returned = desk.returned(a_dossier(applicant))
    waiting = desk.awaiting_supplement(a_dossier(applicant))
    publish_version(definition=a_definition(screening=[SCREEN]), at=NOW)
    import_national(file=a_list(*a_full_page_of_long_names()), at=NOW, actor="tests")
    district = settling_agencies(AgencyKind.DISTRICT, TODAY)[0]
    paths = (
        "/",
        "/thu-tuc/",
        "/thu-tuc/?q=nuoi+meo",
        "/thu-tuc/1.001193/",
        "/thu-tuc/1.001193/to-roi/",
        "/thu-tuc/9.000001/",
        "/thu-tuc/9.000001/to-roi/",
        "/thu-tuc/1.000001/phu-hop/",
        "/thu-tuc/1.000001/phu-hop/?here=khong&xem=1",
        "/su-kien/birth/",
        "/linh-vuc/",
        "/co-quan/",
        f"/co-quan/{district.code}/",
        "/thu-tuc/1.001612/nop/",
        "/dang-nhap/",
        f"/nop-ho-so/{draft.pk}/",
        page_url(draft, "settling"),  # the longest list: every commune of the city
        page_url(draft, "father"),
        paper_url(draft),
        check_url(draft),
        "/ho-so/",
        f"/ho-so/{returned.code}/",
        f"/ho-so/{returned.code}/da-nop/",
        f"/ho-so/{waiting.code}/bo-sung/",
        "/tra-cuu/",
        "/khong-co/",
    )

    page = open_page("/healthz", account=applicant.account)
    site = page.url.removesuffix("/healthz")
    # Nothing is remembered from the page before.
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))

    heavy = {}
    for path in paths:
        answers.clear()
        page.goto(site + path, wait_until="networkidle")
        if found := too_much(answers):
            heavy[path] = found

    assert heavy == {}


def a_full_page_of_long_names():
    """Return as many national procedures as a page shows, in as many fields, none alike."""
    return [
        an_original(
            ma_thu_tuc=f"9.{n:06}",
            ten_thu_tuc=f"Thủ tục đăng ký nuôi mèo số {n * 7919 % 9973} " * 8,
            linh_vuc=f"Vật nuôi loại {n}",
            trinh_tu_thuc_hien="\n".join(f"Bước {n + m * 31}." for m in range(2_000)),
        )
        for n in range(1, 61)
    ]


def too_much(answers: list[Response]) -> dict[str, int]:
    """Return what is over its budget."""
    weights = {"document": 0, "stylesheet": 0, "script": 0}
    for answer in answers:
        kind = answer.request.resource_type
        if kind in weights:
            weights[kind] += len(gzip.compress(answer.body()))
    budgets = {"document": HTML_MOST, "stylesheet": CSS_MOST, "script": JS_MOST}
    found = {kind: weight for kind, weight in weights.items() if weight > budgets[kind]}
    if len(answers) > REQUESTS_MOST:
        found["requests"] = len(answers)
    assert all(weights.values()), f"not everything was weighed: {weights}"
    return found

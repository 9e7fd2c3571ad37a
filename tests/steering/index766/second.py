"""The index written down a second time, as one would on paper: no profile, no engine."""

from decimal import Decimal, getcontext

getcontext().prec = 60

# In this order, as a month's line in a spreadsheet.
COLUMNS = (
    "announced", "announced_on_time", "update_due", "updated_on_time", "procedures",
    "procedures_complete", "received", "synced", "work_ended", "work_ended_late", "work_open",
    "work_overdue", "services", "services_used", "online_complete", "fee_procedures",
    "fee_procedures_payable", "fee_procedures_paid", "fee_due", "paid_online", "result_due",
    "result_electronic", "digitised", "certifying", "certifying_electronically", "reused",
    "shared", "procedures_for_persons", "procedures_with_citizen_data", "citizen_data",
    "petitions", "petitions_on_time", "petitions_first", "petitions_content", "late", "unhappy",
)  # fmt: skip
CODES = (
    "PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME", "PUBLIC_CONTENT_FULL", "DOSSIER_SYNC",
    "DOSSIER_PROCESSING_ON_TIME", "ONLINE_FORMALITY_PROVIDED", "ONLINE_FORMALITY_USED",
    "ONLINE_DOSSIER", "PAYMENT_FORMALITY_PROVIDED", "PAYMENT_FORMALITY_USED", "PAYMENT_DOSSIER",
    "ORIGINAL_RESULT_AVAILABLE", "SO_HOA_GIAY_TO_GIAI_QUYET", "ELECTRONIC_CERTIFIED_COPY",
    "REUSED_DIGITIZED_DATA", "SYNCED_WITH_DVCQG_PERSONAL_STORAGE",
    "CITIZEN_DATA_CONNECTED_FORMALITY", "CITIZEN_DATA_CONNECTED_DOSSIER",
    "PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION",
    "DOSSIER_RECEIVING_SATISFACTION",
)  # fmt: skip


def by_hand(month) -> dict[str, Decimal]:
    """Return the points of a month at the level of the city, worked out one by one."""
    m = {name: Decimal(number) for name, number in month.items()}
    points = {}

    points["PUBLISH_ON_TIME"] = 6 * share(m["announced_on_time"], m["announced"])
    points["PUBLIC_UPDATE_ON_TIME"] = 4 * share(m["updated_on_time"], m["update_due"])
    points["PUBLIC_CONTENT_FULL"] = 2 * share(m["procedures_complete"], m["procedures"])
    points["DOSSIER_SYNC"] = 6 * share(m["synced"], m["received"])

    in_time = (m["work_ended"] - m["work_ended_late"]) + (m["work_open"] - m["work_overdue"])
    points["DOSSIER_PROCESSING_ON_TIME"] = 20 * share(in_time, m["work_ended"] + m["work_open"])

    points["ONLINE_FORMALITY_PROVIDED"] = min(
        Decimal(2), 2 * share(m["services"], m["procedures"]) * 100 / 80
    )
    points["ONLINE_FORMALITY_USED"] = 4 * share(m["services_used"], m["services"])
    online = share(m["online_complete"], m["received"]) * share(m["synced"], m["received"])
    points["ONLINE_DOSSIER"] = min(Decimal(6), 12 * online)

    points["PAYMENT_FORMALITY_PROVIDED"] = min(
        Decimal(2), Decimal("2.5") * share(m["fee_procedures_payable"], m["fee_procedures"])
    )
    points["PAYMENT_FORMALITY_USED"] = min(
        Decimal(2), Decimal("2.5") * share(m["fee_procedures_paid"], m["fee_procedures"])
    )
    points["PAYMENT_DOSSIER"] = 6 * share(m["paid_online"], m["fee_due"])

    points["ORIGINAL_RESULT_AVAILABLE"] = 6 * share(m["result_electronic"], m["result_due"])
    points["SO_HOA_GIAY_TO_GIAI_QUYET"] = min(Decimal(4), 5 * share(m["digitised"], m["received"]))
    points["ELECTRONIC_CERTIFIED_COPY"] = 2 * share(m["certifying_electronically"], m["certifying"])
    points["REUSED_DIGITIZED_DATA"] = min(
        Decimal(2), Decimal("2.5") * share(m["reused"], m["received"])
    )
    points["SYNCED_WITH_DVCQG_PERSONAL_STORAGE"] = 4 * share(m["shared"], m["received"])
    points["CITIZEN_DATA_CONNECTED_FORMALITY"] = 2 * share(
        m["procedures_with_citizen_data"], m["procedures_for_persons"]
    )
    points["CITIZEN_DATA_CONNECTED_DOSSIER"] = 2 * share(m["citizen_data"], m["received"])

    points["PETITION_PROCESSING_ON_TIME"] = Decimal(6)
    if m["petitions"]:
        points["PETITION_PROCESSING_ON_TIME"] *= m["petitions_on_time"] / m["petitions"]
    points["PETITION_HANDLING_SATISFACTION"] = Decimal(6)
    if m["petitions_first"]:
        points["PETITION_HANDLING_SATISFACTION"] *= m["petitions_content"] / m["petitions_first"]
    if m["received"]:
        bad = m["late"] / m["received"] + m["unhappy"] / m["received"]
        good = max(Decimal(0), 1 - bad)
        points["DOSSIER_RECEIVING_SATISFACTION"] = min(Decimal(6), 6 * good / Decimal("0.9"))
    else:
        points["DOSSIER_RECEIVING_SATISFACTION"] = Decimal(0)
    return points


def share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole if whole else Decimal(0)


def random_month(dice) -> dict[str, int]:
    """Return a month that could have been, small ones and empty ones among them."""

    def up_to(most):
        return dice.randint(0, most)

    m = {"received": dice.choice([0, 1, 2, up_to(29), up_to(400), up_to(90_000)])}
    m |= {
        each: up_to(m["received"])
        for each in ("synced", "online_complete", "fee_due", "result_due", "digitised", "reused",
                     "shared", "citizen_data", "late", "unhappy")
    }  # fmt: skip
    m |= {
        "paid_online": up_to(m["fee_due"]),
        "result_electronic": up_to(m["result_due"]),
        "work_ended": up_to(m["received"]),
        "work_open": dice.choice([0, up_to(50), up_to(5_000)]),
        "announced": up_to(9),
        "update_due": up_to(9),
        "procedures": up_to(60),
        "petitions": dice.choice([0, up_to(30)]),
        "petitions_first": dice.choice([0, up_to(30)]),
        "certifying": up_to(92),
    }
    m |= {
        "work_ended_late": up_to(m["work_ended"]),
        "work_overdue": up_to(m["work_open"]),
        "announced_on_time": up_to(m["announced"]),
        "updated_on_time": up_to(m["update_due"]),
        "procedures_complete": up_to(m["procedures"]),
        "services": up_to(m["procedures"]),
        "fee_procedures": up_to(m["procedures"]),
        "procedures_for_persons": up_to(m["procedures"]),
        "certifying_electronically": up_to(m["certifying"]),
        "petitions_on_time": up_to(m["petitions"]),
        "petitions_content": up_to(m["petitions_first"]),
    }
    m |= {
        "services_used": up_to(m["services"]),
        "fee_procedures_payable": up_to(m["fee_procedures"]),
        "fee_procedures_paid": up_to(m["fee_procedures"]),
        "procedures_with_citizen_data": up_to(m["procedures_for_persons"]),
    }
    return m

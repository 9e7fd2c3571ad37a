"""A small definition that is whole, to be spoilt by tests, and the answers its form accepts."""

import copy
from collections.abc import Callable
from typing import Any

from motcua.procedures.definitions import Form, InvalidDefinition, compile_definition

Definition = dict[str, Any]

_DEFINITION: Definition = {
    "code": "1.000001",
    "name": "Đăng ký nuôi mèo",
    "valid_from": "2024-07-01",
    "field": {"code": "thu-cung", "name": "Thú cưng"},
    "summary": "Đăng ký mèo với phường.",
    "audience": ["person"],
    "who": ["Người nuôi mèo."],
    "where": "Ủy ban nhân dân phường.",
    "settled_by": "commune",
    "settling_question": "settling_commune",
    "level": "full",
    "channels": ["direct", "online"],
    "result": {"code": "KQ.G99.000001", "name": "Thẻ mèo"},
    "intake_limit": {"amount": 8, "unit": "hour"},
    "pause_policy": "resume",
    "keywords": ["mèo con"],
    "legal_bases": [{"number": "1/2024/QĐ", "name": "Quyết định về mèo"}],
    "cases": [
        {
            "key": "standard",
            "name": "Đăng ký lần đầu",
            "limits": {"every_channel": {"amount": 1, "unit": "working_day"}},
            "components": [
                {"key": "photo", "name": "Ảnh mèo", "paper_form": "copy"},
                {
                    "key": "vaccination",
                    "name": "Sổ tiêm",
                    "paper_form": "copy",
                    "when": 'kind = "indoor" and cats >= 2',
                },
            ],
            "fees": [
                {
                    "key": "card",
                    "name": "Lệ phí thẻ",
                    "kind": "levy",
                    "amount_dong": 5000,
                    "per": "thẻ",
                    "basis": "Quyết định 1/2024/QĐ",
                }
            ],
        },
        {"key": "again", "name": "Đăng ký lại", "like": "standard", "fees": []},
    ],
    "form": {
        "pages": [
            {
                "key": "owner",
                "title": "Ông/Bà tên gì?",
                "section": "Chủ",
                "questions": [
                    {
                        "key": "owner_name",
                        "label": "Họ tên",
                        "short_label": "Họ tên chủ",
                        "widget": "text",
                        "prefill": "person.full_name",
                        "schema": {"format": "name"},
                    },
                    {"key": "phone", "label": "Số điện thoại", "widget": "phone"},
                ],
            },
            {
                "key": "cat",
                "title": "Mèo thế nào?",
                "section": "Mèo",
                "questions": [
                    {
                        "key": "kind",
                        "label": "Loại",
                        "widget": "radios",
                        "options": [
                            {"value": "indoor", "label": "Trong nhà"},
                            {"value": "outdoor", "label": "Ngoài sân"},
                        ],
                    },
                    {
                        "key": "cats",
                        "label": "Số mèo",
                        "widget": "whole_number",
                        "schema": {"minimum": 1, "maximum": 9},
                    },
                    {
                        "key": "born_on",
                        "label": "Ngày sinh",
                        "widget": "date",
                        "required": False,
                        "latest": "today",
                    },
                    {"key": "note", "label": "Ghi chú", "widget": "long_text", "required": False},
                    {
                        "key": "price",
                        "label": "Giá",
                        "widget": "money",
                        "required": False,
                        "schema": {"minimum": 0, "maximum": 1_000_000_000},
                    },
                    {"key": "email", "label": "Thư điện tử", "widget": "email", "required": False},
                    {
                        "key": "personal_id",
                        "label": "Số định danh",
                        "widget": "personal_id",
                        "required": False,
                    },
                ],
            },
            {
                "key": "garden",
                "title": "Sân ở đâu?",
                "section": "Mèo",
                "when": 'kind = "outdoor"',
                "questions": [
                    {"key": "fenced", "label": "Có rào không?", "widget": "yes_no"},
                    {
                        "key": "fence",
                        "label": "Rào gì?",
                        "widget": "text",
                        "when": "fenced = true",
                    },
                ],
            },
            {
                "key": "settling",
                "title": "Phường nào?",
                "section": "Nộp",
                "questions": [
                    {"key": "settling_commune", "label": "Phường", "widget": "commune"},
                    {
                        "key": "declared",
                        "label": "Tôi cam đoan.",
                        "widget": "yes_no",
                        "must_agree": True,
                    },
                ],
            },
        ]
    },
    "route": {
        "first": "receive",
        "steps": [
            {
                "key": "receive",
                "name": "Tiếp nhận",
                "unit_role": "one_stop",
                "actor_role": "receiver",
                "act": "receive",
                "limit": {"amount": "0.5", "unit": "hour"},
                "next": ["decide"],
            },
            {
                "key": "decide",
                "name": "Ký",
                "unit_role": "leadership",
                "actor_role": "leader",
                "act": "decide",
                "next": ["return"],
                "back": "receive",
            },
            {
                "key": "return",
                "name": "Trả",
                "unit_role": "one_stop",
                "actor_role": "receiver",
                "act": "return",
            },
        ],
    },
}

ANSWERS: dict[str, Any] = {
    "owner_name": "Trần Thị Ẳnh",
    "phone": "0900000001",
    "kind": "indoor",
    "cats": 2,
    "settling_commune": "31149",
    "declared": True,
}


def a_definition(**changes: Any) -> Definition:
    """Return the definition, with top-level values replaced."""
    return {**copy.deepcopy(_DEFINITION), **changes}


def a_form() -> Form:
    """Return its form."""
    return compile_definition(a_definition()).form


def problems_after(spoil: Callable[[Definition], object]) -> list[str]:
    """Return what is refused once `spoil` has changed the definition."""
    definition = a_definition()
    spoil(definition)
    try:
        compile_definition(definition, source="catalogue/1.000001.yaml")
    except InvalidDefinition as invalid:
        return list(invalid.problems)
    return []

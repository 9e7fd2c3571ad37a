from datetime import date, time
from fractions import Fraction

import pytest

from motcua.calendars.limits import (
    COUNTED_BY_LAW,
    AfterHours,
    Counting,
    FirstDay,
    LimitUnit,
    Rounding,
)
from motcua.procedures.definitions import Channel, StepAct, Widget, compile_definition

from .builders import a_definition, problems_after


def case(definition, index=0):
    return definition["cases"][index]


def component(definition):
    return case(definition)["components"][1]


def fee(definition):
    return case(definition)["fees"][0]


def pages(definition):
    return definition["form"]["pages"]


def question(definition, page, index):
    return pages(definition)[page]["questions"][index]


def steps(definition):
    return definition["route"]["steps"]


def _two_obligations(route):
    receive, decide, returning = route
    examine = {**decide, "act": "examine", "actor_role": "processor", "obligation": True}
    return [
        {**receive, "next": ["first"]},
        {**examine, "key": "first", "unit_role": "specialist", "next": ["second"]},
        {**examine, "key": "second", "unit_role": "specialist", "next": ["decide"]},
        {**decide, "back": "first"},
        returning,
    ]


class TestCompileDefinition:
    def test_reads_the_whole(self):
        version = compile_definition(a_definition(), version_id=7, procedure_id=3, number=2)

        assert (version.id, version.procedure_id, version.number) == (7, 3, 2)
        assert version.valid_from == date(2024, 7, 1)
        assert version.channels == {Channel.DIRECT, Channel.ONLINE}
        assert list(version.cases) == ["standard", "again"]
        assert [s.act for s in version.steps.values()] == [
            *(StepAct.RECEIVE, StepAct.DECIDE, StepAct.RETURN)
        ]
        assert version.steps["receive"].limit.amount == Fraction(1, 2)
        assert version.form.questions["cats"].widget is Widget.WHOLE_NUMBER
        assert (version.settled_by, version.settling_question) == (("commune",), "settling_commune")
        assert (version.settling_agency, version.screening) == ("", ())

    def test_knows_the_step_that_settles_what_is_owed(self):
        definition = a_definition()
        definition["route"]["steps"] = _two_obligations(steps(definition))
        del steps(definition)[2]["obligation"]

        version = compile_definition(definition)

        assert version.obligation_step is version.steps["first"]
        assert compile_definition(a_definition()).obligation_step is None

    def test_does_without_a_result_code_that_nobody_found(self):
        definition = a_definition()
        del definition["result"]["code"]

        assert compile_definition(definition).result_code == ""

    def test_gives_every_channel_its_limit(self):
        limits = compile_definition(a_definition()).cases["standard"].limits

        assert set(limits) == {Channel.DIRECT, Channel.ONLINE}
        assert limits[Channel.ONLINE].unit is LimitUnit.WORKING_DAY

    def test_reads_the_cut_off_hour(self):
        definition = a_definition()
        case(definition)["limits"]["every_channel"]["same_day_until"] = "15:00"

        limits = compile_definition(definition).cases["standard"].limits

        assert limits[Channel.ONLINE].same_day_until == time(15)

    def test_lets_a_case_take_over_what_it_leaves_out(self):
        cases = compile_definition(a_definition()).cases

        assert cases["again"].components == cases["standard"].components
        assert cases["again"].limits == cases["standard"].limits
        assert cases["again"].fees == ()

    def test_asks_for_papers_by_the_answers(self):
        standard = compile_definition(a_definition()).cases["standard"]

        one = standard.components_for({"kind": "indoor", "cats": 1})
        two = standard.components_for({"kind": "indoor", "cats": 2})

        assert [c.key for c in one] == ["photo"]
        assert [c.key for c in two] == ["photo", "vaccination"]

    def test_writes_text_in_nfc(self):
        version = compile_definition(a_definition(name="Đăng ky\u0301 nuôi mèo"))

        assert version.name == "Đăng ký nuôi mèo"

    def test_tells_all_problems_at_once(self):
        def spoil(definition):
            component(definition)["when"] = 'colour = "red"'
            fee(definition)["amount_dong"] = -1
            steps(definition)[0]["unit_role"] = "kitchen"
            definition["summry"] = definition.pop("summary")

        found = problems_after(spoil)

        assert len(found) == 5  # a misspelt key is one unknown and one missing
        assert all(problem.startswith("catalogue/1.000001.yaml: ") for problem in found)

    def test_refuses_what_is_no_group_at_all(self):
        assert problems_after(lambda d: d.clear())


REFUSALS = {
    "an extension without its law": (
        lambda d: d.update(extension={"limit": {"amount": 3, "unit": "working_day"}}),
        "extension.basis",
    ),
    "a way of counting without its law": (
        lambda d: d.update(counting={"first_day": "included"}),
        "counting.basis",
    ),
    "a way of counting that nobody knows": (
        lambda d: d.update(counting={"rounding": "up", "basis": "Luật"}),
        "counting.rounding",
    ),
    "an extension of no time": (
        lambda d: d.update(
            extension={"limit": {"amount": 0, "unit": "working_day"}, "basis": "Luật"}
        ),
        "extension.limit.amount",
    ),
    "an extension until an hour of the day": (
        lambda d: d.update(
            extension={
                "limit": {"amount": 1, "unit": "working_day", "same_day_until": "15:00"},
                "basis": "Luật",
            }
        ),
        "extension.limit",
    ),
    "extensions without end": (
        lambda d: d.update(
            extension={
                "limit": {"amount": 1, "unit": "working_day"},
                "times": 9,
                "basis": "Luật",
            }
        ),
        "extension.times",
    ),
    "an unknown field in a condition": (
        lambda d: component(d).update(when='colour = "red"'),
        "cases.standard.components[1].when: ký tự 1: không có câu hỏi «colour»",
    ),
    "a doubled equals sign": (
        lambda d: component(d).update(when='kind == "indoor"'),
        "cases.standard.components[1].when: ký tự 6: viết một dấu =",
    ),
    "a literal that is no option": (
        lambda d: component(d).update(when='kind = "flying"'),
        "cases.standard.components[1].when: ký tự 8",
    ),
    "an empty condition": (
        lambda d: component(d).update(when=None),
        "cases.standard.components[1].when: ký tự 1: điều kiện trống",
    ),
    "a condition on a fee": (
        lambda d: fee(d).update(when="cats > "),
        "cases.standard.fees[0].when: ký tự 8",
    ),
    "a condition about a later question": (
        lambda d: question(d, 0, 1).update(when='kind = "indoor"'),
        "form.pages[0].questions[1].when: ký tự 1: không có câu hỏi «kind» ở phía trước",
    ),
    "a page's condition about its own question": (
        lambda d: pages(d)[1].update(when='kind = "indoor"'),
        "form.pages[1].when: ký tự 1",
    ),
    "an unknown unit role": (
        lambda d: steps(d)[0].update(unit_role="kitchen"),
        "route.steps.receive.unit_role: «kitchen» không có; chọn một trong: one_stop",
    ),
    "an unknown actor role": (
        lambda d: steps(d)[0].update(actor_role="cook"),
        "route.steps.receive.actor_role: «cook» không có; chọn một trong: receiver",
    ),
    "a step without an actor": (
        lambda d: steps(d)[1].pop("actor_role"),
        "route.steps.decide.actor_role: ",
    ),
    "a step without a unit": (
        lambda d: steps(d)[1].pop("unit_role"),
        "route.steps.decide.unit_role: ",
    ),
    "an unknown act": (lambda d: steps(d)[1].update(act="ponder"), "route.steps.decide.act: "),
    "an unreachable step": (
        lambda d: steps(d).append({**steps(d)[1], "key": "aside"}),
        "route.steps.aside: không bước nào dẫn tới",
    ),
    "a route without an end": (
        lambda d: steps(d)[2].update(next=["receive"]),
        "route.steps: không có bước kết thúc",
    ),
    "a corner without a way out": (
        lambda d: (
            steps(d)[0].update(next=["decide", "round"]),
            steps(d).append({**steps(d)[0], "key": "round", "next": ["round"]}),
        ),
        "route.steps.round: từ bước này không tới được",
    ),
    "a route that ends elsewhere than in a return": (
        lambda d: (
            steps(d)[1].update(next=["return", "archive"])
            or steps(d).append({**steps(d)[0], "key": "archive", "next": []})
        ),
        "route.steps.archive: bước kết thúc phải là trả kết quả",
    ),
    "a route without a decision": (
        lambda d: steps(d)[1].update(act="examine"),
        "route.steps: thiếu bước có act: decide",
    ),
    "a route without a return": (
        lambda d: steps(d)[2].update(act="examine"),
        "route.steps: thiếu bước có act: return",
    ),
    "a way round the decision": (
        lambda d: steps(d)[0].update(next=["decide", "return"]),
        "route.steps.return: có đường tới bước này mà không qua ký duyệt",
    ),
    "an obligation settled by whoever signs": (
        lambda d: steps(d)[1].update(obligation=True),
        "route.steps.decide.obligation: nghĩa vụ tài chính được giải quyết ở bước thẩm tra",
    ),
    "obligations settled at two steps": (
        lambda d: d["route"].update(steps=_two_obligations(steps(d))),
        "route.steps.second.obligation: chỉ một bước; bước «first» đã có",
    ),
    "a result code of another kind": (
        lambda d: d["result"].update(code="TP-G12.0001128"),
        "result.code: «TP-G12.0001128» không đúng dạng",
    ),
    "a route that does not begin with receiving": (
        lambda d: steps(d)[0].update(act="examine"),
        "route.first: bước đầu tiên phải là tiếp nhận",
    ),
    "an unknown first step": (
        lambda d: d["route"].update(first="nowhere"),
        "route.first: không có bước «nowhere»",
    ),
    "an unknown next step": (
        lambda d: steps(d)[0].update(next=["nowhere"]),
        "route.steps.receive.next: không có bước «nowhere»",
    ),
    "an unknown step back": (
        lambda d: steps(d)[1].update(back="nowhere"),
        "route.steps.decide.back: không có bước «nowhere»",
    ),
    "a step back that lies ahead": (
        lambda d: steps(d)[1].update(back="return"),
        "route.steps.decide.back: bước «return» không đứng trước",
    ),
    "two steps of one key": (
        lambda d: steps(d).append(steps(d)[1]),
        "route.steps: khóa «decide» có hai lần",
    ),
    "two questions of one key": (
        lambda d: question(d, 1, 1).update(key="phone"),
        "form.pages: khóa «phone» có hai lần",
    ),
    "two pages of one key": (
        lambda d: pages(d)[1].update(key="owner"),
        "form.pages: khóa «owner» có hai lần",
    ),
    "two cases of one key": (
        lambda d: case(d, 1).update(key="standard"),
        "cases: khóa «standard» có hai lần",
    ),
    "two papers of one key": (
        lambda d: component(d).update(key="photo"),
        "cases.standard.components: khóa «photo» có hai lần",
    ),
    "two options of one value": (
        lambda d: question(d, 1, 0)["options"][1].update(value="indoor"),
        "form.pages[1].questions[0].options: khóa «indoor» có hai lần",
    ),
    "an unknown key": (
        lambda d: d.update(sumary="x"),
        "sumary: không có khóa này. Có phải «summary»",
    ),
    "an unknown key deep inside": (
        lambda d: fee(d).update(amount=1),
        "cases.standard.fees[0].amount: không có khóa này",
    ),
    "a misspelt condition": (
        lambda d: component(d).update(wen='kind = "indoor"'),
        "cases.standard.components[1].wen: không có khóa này. Có phải «when»",
    ),
    "a question without a widget": (
        lambda d: question(d, 0, 1).pop("widget"),
        "form.pages[0].questions[1].widget: ",
    ),
    "a number without bounds": (
        lambda d: question(d, 1, 1).pop("schema"),
        "form.pages[1].questions[1].schema: thiếu «minimum»",
    ),
    "bounds that cross": (
        lambda d: question(d, 1, 1)["schema"].update(minimum=9, maximum=1),
        "form.pages[1].questions[1].schema: «minimum» lớn hơn «maximum»",
    ),
    "a schema keyword that is not ours": (
        lambda d: question(d, 1, 1)["schema"].update(multipleOf=2),
        "form.pages[1].questions[1].schema.multipleOf: không có khóa này",
    ),
    "a longer text than anybody reads": (
        lambda d: question(d, 1, 3).update(schema={"maxLength": 1_000_000}),
        "form.pages[1].questions[3].schema.maxLength: phải là số nguyên từ 1",
    ),
    "an option without a label": (
        lambda d: question(d, 1, 0)["options"][0].pop("label"),
        "form.pages[1].questions[0].options[0].label: thiếu",
    ),
    "a choice without options": (
        lambda d: question(d, 1, 0).pop("options"),
        "form.pages[1].questions[0].options: phải là danh sách",
    ),
    "a choice of one": (
        lambda d: question(d, 1, 0)["options"].pop(),
        "form.pages[1].questions[0].options: một lựa chọn",
    ),
    "options where there is no choice": (
        lambda d: question(d, 0, 1).update(options=[{"value": "a", "label": "A"}]),
        "form.pages[0].questions[1].options: chỉ radios và select",
    ),
    "an unknown prefill": (
        lambda d: question(d, 0, 0).update(prefill="person.shoe_size"),
        "form.pages[0].questions[0].prefill: «person.shoe_size» không có",
    ),
    "an unknown autocomplete": (
        lambda d: question(d, 0, 0).update(autocomplete="shoe"),
        "form.pages[0].questions[0].autocomplete: ",
    ),
    "a day that does not exist as a bound": (
        lambda d: question(d, 1, 2).update(latest="2024-02-30"),
        "form.pages[1].questions[2].latest: viết «today»",
    ),
    "an agreement that is no yes or no": (
        lambda d: question(d, 0, 1).update(must_agree=True),
        "form.pages[0].questions[1].must_agree: chỉ dùng với yes_no",
    ),
    "a key that is a word of the conditions": (
        lambda d: question(d, 0, 1).update(key="not"),
        "form.pages[0].questions[1].key: chỉ gồm chữ thường",
    ),
    "an unknown media type": (
        lambda d: component(d).update(accepts=["application/pdf", "application/x-msdownload"]),
        "cases.standard.components[1].accepts: không nhận loại tệp «application/x-msdownload»",
    ),
    "a fee without a basis": (
        lambda d: fee(d).pop("basis"),
        "cases.standard.fees[0].basis: thiếu",
    ),
    "a fee without an amount": (
        lambda d: fee(d).pop("amount_dong"),
        "cases.standard.fees[0].amount_dong: thiếu; ghi null",
    ),
    "a negative amount": (
        lambda d: fee(d).update(amount_dong=-5000),
        "cases.standard.fees[0].amount_dong: phải là số nguyên từ 0",
    ),
    "an amount in words": (
        lambda d: fee(d).update(amount_dong="miễn phí"),
        "cases.standard.fees[0].amount_dong: phải là số nguyên",
    ),
    "nothing to pay without the article that says so": (
        lambda d: fee(d).update(amount_dong=0),
        "cases.standard.fees[0].amount_dong: miễn phí thì basis phải nêu Điều",
    ),
    "a fee by a channel that is not open": (
        lambda d: fee(d).update(channels=["post"]),
        "cases.standard.fees[0].channels: thủ tục không nhận qua «post»",
    ),
    "a limit without a unit": (
        lambda d: case(d)["limits"]["every_channel"].pop("unit"),
        "cases.standard.limits.every_channel.unit: ",
    ),
    "a limit of nothing": (
        lambda d: case(d)["limits"]["every_channel"].update(amount=0),
        "cases.standard.limits.every_channel.amount: phải là số lớn hơn 0",
    ),
    "a limit of half a calendar day": (
        lambda d: case(d)["limits"]["every_channel"].update(amount="0.5", unit="day"),
        "cases.standard.limits.every_channel.amount: ngày và tháng phải là số nguyên",
    ),
    "a limit in exponents": (
        lambda d: case(d)["limits"]["every_channel"].update(amount="1e9999999"),
        "cases.standard.limits.every_channel.amount: phải là số lớn hơn 0",
    ),
    "an hour that does not exist": (
        lambda d: case(d)["limits"]["every_channel"].update(same_day_until="25:00"),
        "cases.standard.limits.every_channel.same_day_until: «25:00»",
    ),
    "a channel without a limit": (
        lambda d: case(d).update(limits={"online": {"amount": 1, "unit": "day"}}),
        "cases.standard.limits.direct: thiếu thời hạn",
    ),
    "a case like one that is not there": (
        lambda d: case(d, 1).update(like="nothing"),
        "cases.again.like: không có trường hợp «nothing»",
    ),
    "papers that were forgotten": (
        lambda d: case(d).pop("components"),
        "cases.standard.components: phải là danh sách",
    ),
    "an unknown agency kind": (
        lambda d: d.update(settled_by="ministry"),
        "settled_by: «ministry» không có",
    ),
    "an agency kind twice": (
        lambda d: d.update(settled_by=["commune", "commune"]),
        "settled_by: khóa «commune» có hai lần",
    ),
    "a department without a name": (
        lambda d: (d.pop("settling_question"), d.update(settled_by="department")),
        "settling_agency: thiếu",
    ),
    "a department and a settling question": (
        lambda d: d.update(settled_by="department", settling_agency="Sở Tư pháp"),
        "settling_question: cơ quan giải quyết đã ghi ở settling_agency",
    ),
    "a commune by name": (
        lambda d: d.update(settling_agency="Ủy ban nhân dân phường Cái Khế"),
        "settling_agency: nơi giải quyết do câu hỏi",
    ),
    "six questions before starting": (
        lambda d: d.update(
            screening=[{"key": f"s{n}", "question": "?", "otherwise": "."} for n in range(6)]
        ),
        "screening: hỏi tối đa 5 câu",
    ),
    "a question before starting that says nothing on the other answer": (
        lambda d: d.update(screening=[{"key": "here", "question": "Ở đây?"}]),
        "screening.here.otherwise: thiếu",
    ),
    "an unknown settling question": (
        lambda d: d.update(settling_question="nowhere"),
        "settling_question: không có câu hỏi «nowhere»",
    ),
    "a settling question that asks for no commune": (
        lambda d: d.update(settling_question="phone"),
        "settling_question: câu hỏi này phải hỏi phường, xã",
    ),
    "a settling question that is not always asked": (
        lambda d: question(d, 3, 0).update(required=False),
        "settling_question: câu hỏi này phải luôn được hỏi",
    ),
    "a level below full without a reason": (
        lambda d: d.update(level="partial"),
        "level_reason: thiếu",
    ),
    "a place elsewhere of what is filed here": (
        lambda d: d.update(elsewhere={"name": "Cổng khác", "url": "https://other.example.vn"}),
        "elsewhere: nộp trực tuyến được ở đây",
    ),
    "a place elsewhere whose address is none": (
        lambda d: d.update(elsewhere={"name": "Cổng khác", "url": "javascript:alert(1)"}),
        "elsewhere.url: «javascript:alert(1)» không đúng dạng",
    ),
    "full online without the online channel": (
        lambda d: d.update(channels=["direct"]),
        "channels: toàn trình thì phải nhận trực tuyến",
    ),
    "a malformed code": (lambda d: d.update(code="1.23"), "code: «1.23» không đúng dạng"),
    "a malformed result code": (
        lambda d: d["result"].update(code="KQ.1"),
        "result.code: «KQ.1» không đúng dạng",
    ),
    "a first day that does not exist": (
        lambda d: d.update(valid_from="2024-02-30"),
        "valid_from: không có ngày này",
    ),
    "a name as long as a book": (
        lambda d: d.update(name="a" * 100_000),
        "name: dài quá 500 ký tự",
    ),
    "a list where a group belongs": (
        lambda d: d.update(field=["x"]),
        "field: phải là một nhóm",
    ),
    "a group where a choice belongs": (
        lambda d: d.update(level={"a": 1}),
        "level: «{'a': 1}» không có",
    ),
    "a form nobody could fill in": (
        lambda d: d["form"].update(pages=[dict(pages(d)[0], key=f"p{n}") for n in range(61)]),
        "form.pages: biểu mẫu quá dài",
    ),
}


class TestExtension:
    def test_is_none_where_the_law_is_silent(self):
        assert compile_definition(a_definition()).extension is None

    def test_says_how_long_how_often_and_by_which_law(self):
        definition = a_definition()
        definition["extension"] = {
            "limit": {"amount": 3, "unit": "working_day"},
            "basis": "Luật Mèo, Điều 2",
        }

        extension = compile_definition(definition).extension

        assert extension is not None
        assert (extension.limit.amount, extension.limit.unit) == (3, LimitUnit.WORKING_DAY)
        assert (extension.times, extension.basis) == (1, "Luật Mèo, Điều 2")


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSALS)
    def test_name_the_path_and_what_to_write(self, name):
        spoil, expected = REFUSALS[name]

        found = problems_after(spoil)

        assert any(
            problem.startswith(f"catalogue/1.000001.yaml: {expected}") for problem in found
        ), found

    @pytest.mark.parametrize("junk", [None, 1, True, "x", [], {}, [None], [[]], {"a": None}])
    @pytest.mark.parametrize("key", sorted(a_definition()))
    def test_never_break_on_junk(self, key, junk):
        found = problems_after(lambda definition: definition.update({key: junk}))

        # Some junk happens to be fine text; nothing may end in anything but a list of problems.
        assert found or junk == "x"


class TestCounting:
    def test_is_the_laws_own_where_nothing_is_said(self):
        version = compile_definition(a_definition())

        assert version.counting == COUNTED_BY_LAW
        for case in version.cases.values():
            assert all(limit.counting == COUNTED_BY_LAW for limit in case.limits.values())

    def test_goes_with_every_limit_of_every_case(self):
        definition = a_definition()
        definition["counting"] = {
            "rounding": "day_end",
            "first_day": "included",
            "after_hours": "next_day",
            "basis": "Luật Mèo, Điều 3",
        }

        version = compile_definition(definition)

        assert version.counting == Counting(
            rounding=Rounding.DAY_END,
            first_day=FirstDay.INCLUDED,
            after_hours=AfterHours.NEXT_DAY,
            basis="Luật Mèo, Điều 3",
        )
        for case in version.cases.values():
            assert {limit.counting for limit in case.limits.values()} == {version.counting}

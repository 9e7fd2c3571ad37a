import pytest

from motcua.procedures.definitions import Mark, NationalLimit

from .builders import HOW, a_reading


def read(table: str):
    return a_reading(cach_thuc_thuc_hien=f"{HOW}{table}")


def limits_of(reading):
    return [(row.channel, [(x.amount, x.unit) for x in row.limits]) for row in reading.channels]


class TestRows:
    def test_are_parted_where_a_channel_and_its_time_stand_without_a_gap(self):
        reading = read(
            "Trực tuyến16 Ngày làm việcMiễn phíTrực tuyến qua Cổng; hoặc Trực tiếp tại Một cửa."
            "Dịch vụ bưu chính20 NgàyMiễn phíTrực tiếp2 ThángMiễn phí"
        )

        assert limits_of(reading) == [
            ("online", [("16", "working_day")]),
            ("post", [("20", "day")]),
            ("direct", [("2", "month")]),
        ]
        assert reading.channels[0].note == "Trực tuyến qua Cổng; hoặc Trực tiếp tại Một cửa."
        assert (reading.marks["channels"], reading.marks["time"]) == (Mark.READ, Mark.READ)

    def test_are_kept_one_for_each_variant(self):
        reading = read(
            "Trực tiếp12 Ngày làm việcMiễn phíCấp mớiTrực tiếp2 Ngày làm việcMiễn phíCấp lại"
        )

        assert [row.note for row in reading.channels] == ["Cấp mới", "Cấp lại"]
        assert [row.limits[0].amount for row in reading.channels] == ["12", "2"]

    @pytest.mark.parametrize(
        ("printed", "unit"), [("8 Giờ", "hour"), ("1 Năm", "year"), ("30 Phút", "minute")]
    )
    def test_know_the_units(self, printed, unit):
        assert limits_of(read(f"Trực tiếp{printed}Miễn phí"))[0][1][0][1] == unit

    def test_are_unread_without_the_header(self):
        reading = a_reading(cach_thuc_thuc_hien="Nộp tại Một cửa trong 5 ngày.")

        assert reading.channels == ()
        assert {reading.marks[name] for name in ("channels", "time", "fees")} == {Mark.UNREAD}

    @pytest.mark.parametrize("nothing", ["", "Không có thông tin", HOW, None])
    def test_are_absent_where_nothing_stands(self, nothing):
        assert a_reading(cach_thuc_thuc_hien=nothing).marks["channels"] is Mark.ABSENT


class TestTimes:
    def test_without_a_unit_keep_their_number_and_say_so(self):
        assert read("Trực tiếp3Miễn phí").channels[0].limits == (
            NationalLimit(amount="3", unit="not_stated"),
        )

    def test_are_absent_where_the_source_says_nothing(self):
        reading = read("Trực tiếpKhông có thông tin2,000 Việt Nam Đồng(/trang)")

        assert reading.channels[0].limits == ()
        assert reading.marks["time"] is Mark.ABSENT
        assert reading.channels[0].fees[0].amount_dong == 2_000

    def test_of_nought_are_no_limit(self):
        reading = read("Trực tiếp0Không có thông tin")

        assert (reading.channels[0].limits, reading.marks["time"]) == ((), Mark.UNREAD)

    def test_in_a_sentence_are_unread_and_the_channels_are_read(self):
        reading = read(
            "Trực tuyếnKhông phải trả kết quảMiễn phíQua Cổng.Trực tiếpNgay khi nhậnMiễn phí"
        )

        assert [row.channel for row in reading.channels] == ["online", "direct"]
        assert (reading.marks["channels"], reading.marks["time"]) == (Mark.READ, Mark.UNREAD)

    def test_are_partly_read_if_only_some_are(self):
        assert read("Trực tuyến1Miễn phíTrực tiếp1500 VNĐ").marks["time"] is Mark.PARTLY

    @pytest.mark.parametrize(
        ("printed", "time", "amount"),
        [
            ("1200,000 VNĐ", "1", "200,000"),
            ("120 VNĐ(20.000 đồng/tờ)", "1", "20"),
            ("1150,000 VNĐ(150.000 đồng)", "1", "150,000"),
            ("1115,000 VNĐ(15.000 đồng)", "11", "15,000"),
        ],
    )
    def test_run_together_with_an_amount_are_parted_where_only_one_way_is_left(
        self, printed, time, amount
    ):
        row = read(f"Trực tiếp{printed}").channels[0]

        assert (row.limits[0].amount, row.fees[0].amount) == (time, amount)

    @pytest.mark.parametrize("printed", ["120 VNĐ", "1100 VNĐ", "1150,000 VNĐ"])
    def test_run_together_with_an_amount_are_not_guessed(self, printed):
        reading = read(f"Trực tiếp{printed}")

        assert (reading.channels[0].limits, reading.channels[0].fees) == ((), ())
        assert (reading.marks["time"], reading.marks["fees"]) == (Mark.UNREAD, Mark.UNREAD)


class TestFees:
    def test_said_to_be_none_are_no_fee_of_nought(self):
        reading = read("Trực tiếp3 NgàyMiễn phí(Do Hội đồng nhân dân (cấp tỉnh) quy định))Nộp.")

        (fee,) = reading.channels[0].fees
        assert (fee.amount_dong, fee.printed) == (None, "Miễn phí")
        assert fee.note == "Do Hội đồng nhân dân (cấp tỉnh) quy định)"
        assert reading.channels[0].note == "Nộp."

    def test_have_their_amount_and_what_it_buys(self):
        (fee,) = read("Trực tiếp3 Ngày2,400,000 Việt Nam Đồng(đồng/lần)").channels[0].fees

        assert (fee.amount_dong, fee.per, fee.currency) == (2_400_000, "lần", "VND")

    def test_take_what_they_buy_from_the_amount_in_the_note(self):
        (fee,) = (
            read("Trực tiếp3 Ngày50,000 VNĐ(Phí thẩm định: 50.000 đồng/01 hồ sơ.)").channels[0].fees
        )

        assert fee.per == "hồ sơ"

    def test_of_other_currencies_have_no_amount_in_dong(self):
        (fee,) = read("Trực tiếp3 Ngày145 USD(/thẻ)").channels[0].fees

        assert (fee.amount_dong, fee.amount, fee.currency, fee.per) == (None, "145", "USD", "thẻ")

    @pytest.mark.parametrize("printed", ["150 VNĐ(150.000 đồng/thẻ)", "0 VNĐ"])
    def test_that_nobody_asks_are_not_believed(self, printed):
        reading = read(f"Trực tiếp3 Ngày{printed}")

        assert reading.channels[0].fees[0].amount_dong is None
        assert reading.marks["fees"] is Mark.PARTLY

    def test_that_their_note_contradicts_are_partly_read(self):
        reading = read("Trực tiếp3 Ngày50,000 VNĐ(70.000 đồng/thẻ)")

        assert reading.channels[0].fees[0].amount_dong == 50_000
        assert reading.marks["fees"] is Mark.PARTLY

    def test_keep_a_note_whose_brackets_do_not_close_with_the_row(self):
        row = read("Trực tiếp3 Ngày50,000 VNĐ(theo quy định. Nộp tại Một cửa.").channels[0]

        assert (row.fees[0].note, row.note) == ("", "(theo quy định. Nộp tại Một cửa.")

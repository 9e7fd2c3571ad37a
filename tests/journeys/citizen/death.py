"""How a son answers the questions of a death registration, page by page."""

from tests.journeys.somebody import Somebody

HOME = "Khu vực 3, phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ"


def says_who_asks(son: Somebody) -> None:
    """His name is known; only the tie to the deceased is asked."""
    son.is_at("Ai yêu cầu đăng ký khai tử?")
    son.reads("Trần Văn Bình")
    son.chooses("Vợ, chồng, con, cha hoặc mẹ")
    son.presses("Tiếp tục")


def names_the_deceased(son: Somebody) -> None:
    """Who died; the number is not at hand."""
    son.is_at("Người mất là ai?")
    son.writes(
        **{
            "Họ, chữ đệm và tên của người mất": "Trần Văn Tám",
            "Năm sinh của người mất": 1941,
            "Dân tộc của người mất": "Kinh",
        }
    )
    son.chooses("Nam")
    son.presses("Tiếp tục")


def tells_of_the_death(son: Somebody) -> None:
    """Four days ago, at home."""
    son.is_at("Mất ngày nào, ở đâu?")
    son.writes(Ngày=11, Tháng=10, Năm=2024)
    son.writes(**{"Nơi mất": HOME, "Nguyên nhân": "Già yếu"})
    son.presses("Tiếp tục")


def tells_the_circumstances(son: Somebody) -> None:
    """They decide which paper is asked for."""
    son.is_at("Người mất trong hoàn cảnh nào?")
    son.chooses("Ở nhà hoặc nơi khác, do già yếu, bệnh tật")
    son.presses("Tiếp tục")


def tells_the_last_residence(son: Somebody) -> None:
    """Yes, it is known; then where it was."""
    son.is_at("Nơi cư trú cuối cùng")
    son.chooses("Có")
    if son.main.get_by_label("Nơi cư trú cuối cùng", exact=True).count() == 0:
        son.presses("Tiếp tục")
    son.writes(**{"Nơi cư trú cuối cùng": HOME})
    son.presses("Tiếp tục")


def picks_the_ward(son: Somebody) -> None:
    """Where his father lived."""
    son.is_at("Đăng ký khai tử ở phường, xã nào?")
    son.picks("Đăng ký khai tử ở phường, xã nào?", "Cái Khế")
    son.presses("Tiếp tục")


def says_how_to_receive(son: Somebody) -> None:
    """Three copies, for the bank, the pension and the land."""
    son.is_at("Ông/Bà nhận kết quả thế nào?")
    son.writes(**{"Số bản sao Trích lục khai tử cần thêm": 3})
    son.chooses("Tại Bộ phận Một cửa")
    son.presses("Tiếp tục")


def vouches(son: Somebody) -> None:
    """He answers for what he has told."""
    son.ticks("Tôi cam đoan nội dung khai là đúng sự thật")
    son.presses("Tiếp tục")


PAGES = (
    says_who_asks,
    names_the_deceased,
    tells_of_the_death,
    tells_the_circumstances,
    tells_the_last_residence,
    picks_the_ward,
    says_how_to_receive,
    vouches,
)


def photographs_the_notice(son: Somebody) -> None:
    """The ward gave it on the day; no other paper is asked for."""
    son.is_at("Giấy báo tử")
    son.attaches("Chọn ảnh hoặc tệp", "giay-bao-tu.png")
    son.presses("Tải tệp lên")
    son.reads("giay-bao-tu.png")
    son.presses("Tiếp tục")


def checks_and_submits(son: Somebody) -> str:
    """He reads all of it once more, and sends it. Returns the dossier's code."""
    son.is_at("Kiểm tra trước khi nộp")
    son.reads("Trần Văn Tám", "11/10/2024", "giay-bao-tu.png", "Trong 8 giờ làm việc")
    son.ticks("Tôi cam đoan thông tin trên là đúng")
    son.presses("Nộp hồ sơ")
    son.is_at("Đã nộp hồ sơ")
    return son.page.locator(".mc-done .mc-receipt__code").inner_text().split()[-1]

"""How a father answers the questions of a birth registration, page by page."""

import re

from tests.journeys.somebody import Somebody

ADDRESS = "Phường Cái Khế, quận Ninh Kiều, thành phố Cần Thơ"


def says_who_asks(father: Somebody) -> None:
    """His name, number and telephone are known; only the tie to the child is asked."""
    father.is_at("Ai yêu cầu đăng ký khai sinh?")
    father.reads("Trần Văn Bình", "Lấy từ tài khoản của Ông/Bà, không cần nhập lại.")
    father.chooses("Cha hoặc mẹ")
    father.presses("Tiếp tục")


def names_the_child(father: Somebody) -> None:
    """What is printed on the certificate."""
    father.is_at("Trẻ tên là gì?")
    father.writes(**{"Họ, chữ đệm và tên của trẻ": "Trần Minh An"})
    father.chooses("Nữ")
    father.presses("Tiếp tục")


def tells_of_the_birth(father: Somebody) -> None:
    """As the hospital wrote it down."""
    father.is_at("Trẻ sinh ngày nào, ở đâu?")
    father.writes(Ngày=6, Tháng=10, Năm=2024)
    father.chooses("Bệnh viện, trạm y tế hoặc nhà hộ sinh")
    place = "Bệnh viện Phụ sản thành phố Cần Thơ"
    father.writes(**{"Tên cơ sở y tế hoặc địa chỉ nơi sinh": place})
    father.presses("Tiếp tục")


def tells_the_origin(father: Somebody) -> None:
    """People, nationality and home of the family."""
    father.is_at("Dân tộc, quốc tịch và quê quán của trẻ")
    father.writes(**{"Dân tộc": "Kinh"})
    father.chooses("Việt Nam")
    father.writes(**{"Quê quán": ADDRESS})
    father.presses("Tiếp tục")


def introduces(father: Somebody, parent: str, name: str, year: int) -> None:
    """Yes, there is something to tell; then the questions that follow from it."""
    father.is_at(re.compile(f"{parent} của trẻ"))
    father.chooses("Có", of=f"Có thông tin về {parent.lower()} không?")
    if father.main.get_by_label(f"Họ, chữ đệm và tên của {parent.lower()}").count() == 0:
        father.presses("Tiếp tục")
    father.writes(
        **{
            f"Họ, chữ đệm và tên của {parent.lower()}": name,
            f"Năm sinh của {parent.lower()}": year,
            f"Nơi cư trú của {parent.lower()}": ADDRESS,
        }
    )
    father.presses("Tiếp tục")


def introduces_the_mother(father: Somebody) -> None:
    """She is known."""
    introduces(father, "Mẹ", "Nguyễn Thị Hoa", 1996)


def introduces_himself(father: Somebody) -> None:
    """He is the father."""
    introduces(father, "Cha", "Trần Văn Bình", 1993)


def picks_the_ward(father: Somebody) -> None:
    """Where the parents live."""
    father.is_at("Đăng ký ở phường, xã nào?")
    father.picks("Đăng ký ở phường, xã nào?", "Cái Khế")
    father.presses("Tiếp tục")


def says_how_to_receive(father: Somebody) -> None:
    """One more copy, and the rest by the network."""
    father.is_at("Ông/Bà nhận kết quả thế nào?")
    father.writes(**{"Số bản sao Giấy khai sinh cần thêm": 1})
    father.chooses("Bản điện tử, trên mạng")
    father.presses("Tiếp tục")


def vouches(father: Somebody) -> None:
    """He answers for what he has told."""
    father.ticks("Tôi cam đoan nội dung khai là đúng sự thật")
    father.presses("Tiếp tục")


PAGES = (
    says_who_asks,
    names_the_child,
    tells_of_the_birth,
    tells_the_origin,
    introduces_the_mother,
    introduces_himself,
    picks_the_ward,
    says_how_to_receive,
    vouches,
)


def photographs_the_certificate(father: Somebody) -> None:
    """The paper from the hospital; there was no surrogate, so the other one is not needed."""
    father.is_at("Giấy chứng sinh")
    father.attaches("Chọn ảnh hoặc tệp", "giay-chung-sinh.png")
    father.presses("Tải tệp lên")
    father.reads("giay-chung-sinh.png", "Đã nhận 1 tệp.")
    father.presses("Tiếp tục")
    father.is_at("Văn bản xác nhận việc mang thai hộ (không bắt buộc)")
    father.presses("Tiếp tục")


def checks_and_submits(father: Somebody) -> str:
    """He reads all of it once more, and sends it. Returns the dossier's code."""
    father.is_at("Kiểm tra trước khi nộp")
    father.reads(
        "Hồ sơ chưa nộp.",
        "Trần Minh An",
        "06/10/2024",
        "Nguyễn Thị Hoa",
        "giay-chung-sinh.png",
        "Trong 8 giờ làm việc",
        "8.000 ₫",
    )
    father.ticks("Tôi cam đoan thông tin trên là đúng")
    father.presses("Nộp hồ sơ")
    father.is_at("Đã nộp hồ sơ")
    return father.page.locator(".mc-done .mc-receipt__code").inner_text().split()[-1]

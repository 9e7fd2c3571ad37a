from datetime import date

import msgspec
import pytest

from motcua.kernel.data_files import InvalidDataFile, read_data_file


class Shop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    since: date
    sells: tuple[str, ...] = ()


class NoShop(Exception):
    """What a reader of shops refuses with."""


@pytest.fixture
def written(tmp_path):
    def write(content: bytes | str):
        file = tmp_path / "shop.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


def test_becomes_its_shape(written):
    shop = read_data_file(written("name: Quán Sông Hậu\nsince: 2024-01-02\nsells: [phở]\n"), Shop)

    assert shop == Shop("Quán Sông Hậu", date(2024, 1, 2), ("phở",))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name: [", "shop.yaml: "),
        (b"name: \xff", "shop.yaml: "),
        ("name: A\n", "since"),
        ("name: A\nsince: 2024-01-02\nowner: B\n", "owner"),
        ("name: 7\nsince: 2024-01-02\n", r"\$\.name"),
        ("name: A\nsince: 2024-01-02\nsells: [bu\u0301n]\n", r"\$\.sells\[0\]: .* is not NFC"),
        ("- !!python/object/apply:os.getcwd []\n", "shop.yaml: "),
    ],
)
def test_is_refused_with_its_name_and_the_place(written, content, told):
    with pytest.raises(InvalidDataFile, match=told):
        read_data_file(written(content), Shop)


def test_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InvalidDataFile, match=r"nowhere\.yaml"):
        read_data_file(tmp_path / "nowhere.yaml", Shop)


def test_tells_all_its_faults_as_its_reader_refuses(written):
    file = written("name: A\nsince: 2024-01-02\nsells: [bu\u0301n]\n")

    with pytest.raises(NoShop) as refused:
        read_data_file(file, Shop, faults=lambda shop: [f"$.name: {shop.name}?"], refused=NoShop)

    assert len(str(refused.value).splitlines()) == 2

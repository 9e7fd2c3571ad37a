import pytest

from motcua.procedures.definitions import InvalidDefinition, read_yaml


def read(text: str):
    return read_yaml(text.encode(), source="catalogue/x.yaml")


def refusal_of(content: bytes) -> str:
    with pytest.raises(InvalidDefinition) as caught:
        read_yaml(content, source="catalogue/x.yaml")
    return str(caught.value)


class TestReadYaml:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("a: 1.001193", "1.001193"),
            ("a: 15:00", "15:00"),
            ("a: 2024-07-01", "2024-07-01"),
            ("a: 0.5", "0.5"),
            ("a: no", "no"),
            ("a: on", "on"),
            ("a: 012", "012"),
            ("a: 1e3", "1e3"),
            ("a: .inf", ".inf"),
            ("a: 12", 12),
            ("a: -3", -3),
            ("a: true", True),
            ("a: null", None),
            ("a:", None),
            ('a: "1"', "1"),
            ("a: [1, x]", [1, "x"]),
        ],
    )
    def test_reads_what_is_written_and_guesses_nothing(self, text, value):
        result = read(text)["a"]

        assert result == value
        assert type(result) is type(value)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"a: 1\nb: 2\na: 3", "dòng 3: khóa «a» có hai lần"),
            (b"x:\n  - a: 1\n    a: 2", "dòng 3: khóa «a» có hai lần"),
            (b"a: &x [1]\nb: *x", "dòng 2: không dùng * và &"),
            (b"a: !!python/object/apply:os.system ['true']", "dòng 1: could not determine"),
            (b"1: a", "phải là chữ"),
            (b"? [a, b]\n: c", "phải là chữ"),
            (b"a: [1", "dòng"),
            (b"a: b: c", "dòng 1"),
            (b"\xff\xfe", "UTF-8"),
            (b"a: \x07", "catalogue/x.yaml"),
            (b"[" * 50_000, "lồng nhau quá sâu"),
            (b"a: " + b"x" * 300_000, "lớn quá 256 kB"),
        ],
    )
    def test_refuses_what_is_not_plain(self, content, words):
        message = refusal_of(content)

        assert message.startswith("catalogue/x.yaml: ")
        assert words in message

    def test_does_not_merge_groups(self):
        assert read("<<: {a: 1}") == {"<<": {"a": 1}}

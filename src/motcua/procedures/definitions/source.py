"""A definition's YAML as plain values: text, whole numbers, true and false, lists and groups."""

import re
from typing import Any

import yaml
from django.utils.translation import gettext as _

from .reading import InvalidDefinition

BYTES_MAX = 256 * 1024


def read_yaml(content: bytes, *, source: str) -> Any:
    """
    Return what the YAML says.

    Only the plain part of the language is read: no aliases (they multiply), no tags, no key
    twice in one group; and what looks like a time or a decimal ("15:00", 1.001193) stays text.

    :raises InvalidDefinition: if the file is too big, not UTF-8 or not such YAML
    """
    if len(content) > BYTES_MAX:
        raise InvalidDefinition(
            [
                _("%(source)s: tệp lớn quá %(max)d kB.")
                % {"source": source, "max": BYTES_MAX // 1024}
            ]
        )
    try:
        # The loader below is a SafeLoader with less in it.
        return yaml.load(content.decode("utf-8"), Loader=_PlainLoader)  # noqa: S506 - a safe one
    except UnicodeDecodeError:
        raise InvalidDefinition(
            [_("%(source)s: tệp phải ở dạng UTF-8.") % {"source": source}]
        ) from None
    except RecursionError:
        raise InvalidDefinition(
            [_("%(source)s: lồng nhau quá sâu.") % {"source": source}]
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = _("dòng %(line)d") % {"line": mark.line + 1} if mark else ""
        raise InvalidDefinition([f"{source}: {where}: {error.problem}"]) from None
    except yaml.YAMLError as error:
        raise InvalidDefinition([f"{source}: {error}"]) from None


class _PlainLoader(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # PyYAML's types leave it out
            raise yaml.composer.ComposerError(
                None, None, _("không dùng * và &; viết lại cho đủ."), mark
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _value in node.value:
            key = key_node.value
            if not isinstance(key, str) or key_node.tag != "tag:yaml.org,2002:str":
                raise yaml.constructor.ConstructorError(
                    None, None, _("tên của một giá trị phải là chữ."), key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, _("khóa «%(key)s» có hai lần.") % {"key": key}, key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,18})$"), list("-0123456789")
)
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""]
)

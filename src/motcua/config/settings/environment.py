"""Typed readings of the environment; what is missing or unreadable stops the start."""

import os
import secrets
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class MissingSetting(ImproperlyConfigured):
    """A variable without which the system must not start is not set."""


class UnreadableSetting(ImproperlyConfigured):
    """A variable is set to something that cannot be understood."""


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default if it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, how: str) -> str:
    """
    Return the variable's value.

    :raises MissingSetting: if it is not set; `how` tells the reader what to put there
    """
    if value := text(name):
        return value
    raise MissingSetting(f"Thiếu biến môi trường {name}. {how}")


def number(name: str, default: int, *, least: int = 0) -> int:
    """
    Return the variable as a whole number.

    :raises UnreadableSetting: if it is not a whole number of at least `least`
    """
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise UnreadableSetting(
            f"Biến môi trường {name} phải là số nguyên từ {least} trở lên; hiện là «{value}»."
        )
    return int(value)


def flag(name: str, default: bool = False) -> bool:
    """
    Return the variable as yes or no.

    :raises UnreadableSetting: if it is neither
    """
    value = text(name, "1" if default else "0").lower()
    if value not in TRUE | FALSE:
        raise UnreadableSetting(f"Biến môi trường {name} phải là 1 hoặc 0; hiện là «{value}».")
    return value in TRUE


def names(name: str) -> list[str]:
    """Return a list written with commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """
    Return a list of networks and addresses written with commas.

    :raises UnreadableSetting: if one of them is none
    """
    try:
        return [ip_network(written) for written in names(name)]
    except ValueError as error:
        raise UnreadableSetting(
            f"Biến môi trường {name} phải là các địa chỉ mạng cách nhau bằng dấu phẩy, "
            f"ví dụ 10.20.0.0/16; {error}."
        ) from error


def folder(name: str, default: Path) -> Path:
    """Return the variable as a folder, or the default."""
    return Path(text(name, str(default))).expanduser().absolute()


def moment(name: str, default: str = "") -> datetime | None:
    """
    Return the variable as a moment, or None when it is empty.

    :raises UnreadableSetting: if it is no ISO 8601 moment with an offset
    """
    value = text(name, default)
    if not value:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise UnreadableSetting(
            f"Biến môi trường {name} phải là thời điểm kèm múi giờ, "
            f"ví dụ 2024-10-15T09:00+07:00; hiện là «{value}»."
        )
    return read


def kept_secret(path: Path) -> str:
    """Return the secret in the file, which is made at the first call and readable by its owner."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The name appears only when the content is whole: web and worker may start together.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise UnreadableSetting(
            f"Không ghi được vào thư mục {path.parent} ({error.strerror}). "
            "Hãy cấp quyền ghi, hoặc đặt MOTCUA_VAR tới một thư mục ghi được."
        ) from error

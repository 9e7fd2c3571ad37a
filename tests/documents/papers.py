"""Files as people hand them in: whole, broken, and dressed as something else."""

import io
import struct
import zlib

import pikepdf
from PIL import Image

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
ALL_KINDS = frozenset({PDF, JPEG, PNG})


def a_pdf(pages: int = 2, *, password: str = "") -> bytes:
    """Print so many pages, locked if there is a password."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page()
            page.Contents = pdf.make_stream(b"q 1 0 0 1 0 0 cm Q " * 40)
        content = io.BytesIO()
        lock = pikepdf.Encryption(user=password, owner=password) if password else None
        pdf.save(content, encryption=lock or False)
    return content.getvalue()


def a_picture(kind: str = PNG, *, size: tuple[int, int] = (64, 48)) -> bytes:
    """Take a picture with something on it, so that its bytes are not all the same."""
    content = io.BytesIO()
    Image.effect_noise(size, 60).save(content, format=kind.removeprefix("image/").upper())
    return content.getvalue()


def a_pixel_bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

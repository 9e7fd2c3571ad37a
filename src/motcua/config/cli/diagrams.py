"""`motcua diagrams`: the lifecycles, drawn from the code."""

import importlib
import pkgutil

from . import surroundings
from .terminal import say


def diagrams() -> None:
    """Vẽ lại các vòng đời vào docs/generated."""
    surroundings.enter(surroundings.DEVELOPMENT)
    from django.conf import settings

    folder = settings.ROOT / "docs" / "generated"
    folder.mkdir(parents=True, exist_ok=True)
    drawn = drawings()
    for name, text in drawn.items():
        (folder / name).write_text(text)
    for old in folder.glob("*-lifecycle.mmd"):
        if old.name not in drawn:
            old.unlink()
    say(f"Đã vẽ {len(drawn)} vòng đời vào {folder}.")


def drawings() -> dict[str, str]:
    """Return each lifecycle of the house as Mermaid, by the name of its file."""
    import motcua
    from motcua.kernel.lifecycle import Lifecycle

    drawn = {}
    for room in pkgutil.iter_modules(motcua.__path__):
        try:
            module = importlib.import_module(f"motcua.{room.name}.lifecycle")
        except ModuleNotFoundError as missing:
            if missing.name != f"motcua.{room.name}.lifecycle":
                raise
            continue
        for name, value in vars(module).items():
            if isinstance(value, Lifecycle):
                record = name.lower().removesuffix("_lifecycle").removesuffix("lifecycle")
                stem = f"{room.name}-{record}" if record else room.name
                drawn[f"{stem.replace('_', '-')}-lifecycle.mmd"] = value.as_mermaid() + "\n"
    return drawn

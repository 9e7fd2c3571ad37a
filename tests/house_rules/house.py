"""What the rules look at: the source, its templates and the repository's other files."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Rule = Callable[["House"], Iterator[str]]


@dataclass(frozen=True)
class Module:
    """A Python file, by its path below the package or the tests."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        return self.path.parts[0]

    def is_in(self, *names: str) -> bool:
        """Return whether a folder or the file itself has one of the names, .py left out."""
        return not {*self.path.parts[:-1], self.path.stem}.isdisjoint(names)

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of everything imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@dataclass(frozen=True)
class House:
    """A repository laid out like ours; the rules are tried on small bad ones."""

    root: Path

    @property
    def source(self) -> Path:
        return self.root / "src" / "motcua"

    @cached_property
    def modules(self) -> list[Module]:
        """All Python files of the package but migrations."""
        return [m for m in _modules(self.source) if not m.is_in("migrations")]

    @cached_property
    def tests(self) -> list[Module]:
        return list(_modules(self.root / "tests"))

    @cached_property
    def templates(self) -> dict[str, str]:
        """Every HTML template by its name, without comments."""
        folder = self.source / "web" / "templates"
        return {
            path.relative_to(folder).as_posix(): _without_comments(path.read_text())
            for path in sorted(folder.rglob("*.html"))
        }

    @cached_property
    def files(self) -> dict[str, str]:
        """Every text file that is in the repository, by its path."""
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            capture_output=True,
            check=False,
        )
        if listing.returncode == 0:
            names = [name for name in listing.stdout.decode().split("\0") if name]
        else:  # An unpacked archive has no git.
            found = (path.relative_to(self.root) for path in self.root.rglob("*"))
            names = [path.as_posix() for path in found if not path.parts[0].startswith(".")]
        texts = {}
        for name in sorted(names):
            path = self.root / name
            if path.is_file() and b"\0" not in (content := path.read_bytes())[:8000]:
                texts[name] = content.decode(errors="replace")
        return texts


def lines_of(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and match of each place where the pattern is found."""
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()) + 1, match[0].strip()


def _modules(folder: Path) -> Iterator[Module]:
    for path in sorted(folder.rglob("*.py")):
        yield Module(path.relative_to(folder), path.read_text())


def _without_comments(html: str) -> str:
    # Line breaks stay, so that line numbers stay true.
    comments = re.compile(
        r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}|\{% comment %\}.*?\{% endcomment %\}",
        re.DOTALL,
    )
    return comments.sub(lambda match: "\n" * match[0].count("\n"), html)

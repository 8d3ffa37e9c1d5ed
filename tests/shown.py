"""What a browser would show of some HTML: text, elements and attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "meta", "link"}


@dataclass
class Shown(HTMLParser):
    """A parsed piece of HTML."""

    text: str = ""
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    balance: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.balance += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.balance -= 1

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    @property
    def line(self) -> str:
        return " ".join(self.text.split())


def shown(html: str) -> Shown:
    found = Shown()
    found.feed(html)
    found.close()
    return found

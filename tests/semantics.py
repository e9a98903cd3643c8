"""What a screen reader finds in the page: Flutter's semantics tree as Chromium has it, in reading order."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

ALOUD = """
    said = [];
    new MutationObserver(changes => {
        for (const node of changes.flatMap(change => [...change.addedNodes]))
            if (node.parentElement?.closest('[aria-live]') && node.textContent)
                said.push(node.textContent.trim());
    }).observe(document, { childList: true, subtree: true });
"""
"""Notes what a screen reader is told to say by itself."""
_READ = """() => {
    const nodes = [], roles = { A: 'link', INPUT: 'textbox', TEXTAREA: 'textbox', HEADER: 'heading' };
    const cut = (element, box) => {
        for (let above = element.parentElement; above; above = above.parentElement) {
            const edge = above.getBoundingClientRect(), { overflowX, overflowY } = above.style;
            const across = box.right > edge.right - 1 || box.left < edge.left - 1;
            const down = box.bottom > edge.bottom - 1 || box.top < edge.top - 1;
            if (overflowX == 'scroll' && across || overflowY == 'scroll' && down) return true;
        }
        return box.bottom > innerHeight || box.right > innerWidth;
    };
    const walk = (element, parent) => {
        const tag = element.tagName, heading = /^H[1-6]$/.test(tag);
        if (tag == 'FLT-SEMANTICS' || heading || tag in roles) {
            const box = element.getBoundingClientRect();
            const own = [...element.childNodes].filter(one => one.nodeType == 3 || one.tagName == 'SPAN');
            nodes.push({
                role: element.getAttribute('role') ?? (heading ? 'heading' : roles[tag] ?? ''),
                name: (element.ariaLabel ?? own.map(one => one.textContent).join(' ')).trim(),
                identifier: element.getAttribute('flt-semantics-identifier') ?? '',
                tappable: element.hasAttribute('flt-tappable') || tag == 'INPUT',
                left: box.left, top: box.top, width: box.width, height: box.height,
                cut: cut(element, box), parent,
            });
            parent = nodes.length - 1;
        }
        for (const child of element.children) walk(child, parent);
    };
    walk(document.querySelector('flt-semantics-host'), -1);
    return nodes;
}"""
PAUSE, TRIES = 120, 40
"""Milliseconds between two looks at a tree, and how many there are until two are the same."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is announced; `cut`: it lies partly outside of what can be seen without scrolling."""

    role: str
    name: str
    identifier: str
    tappable: bool
    left: float
    top: float
    width: float
    height: float
    cut: bool
    parent: int

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def right(self) -> float:
        """Where it ends, across."""
        return self.left + self.width


def answer(page: Page, function: str, arg: object = None) -> Any:
    """What a function answers in the page; fails where the page hangs: `evaluate` would wait for ever."""
    held = page.wait_for_function(f"arg => ({{ answer: ({function})(arg) }})", arg=arg)
    return held.evaluate("held => held.answer")


def read(page: Page) -> list[Node]:
    """The tree, once it stands still."""
    last: list[Node] = []
    for _ in range(TRIES):
        now = [Node(**one) for one in answer(page, _READ)]
        if now == last:
            break
        last = now
        page.wait_for_timeout(PAUSE)
    return last


@dataclass(frozen=True, slots=True)
class Told:
    """What the browser tells of one thing: its role and name, and the roles of all that it stands within."""

    role: str
    name: str
    within: tuple[str, ...]


def told(page: Page) -> list[Told]:
    """What assistive technology gets from the browser; what that ignores is left out."""
    line = page.context.new_cdp_session(page)
    line.send("Accessibility.enable")
    nodes = {node["nodeId"]: node for node in line.send("Accessibility.getFullAXTree")["nodes"]}
    line.detach()

    def within(node: dict[str, Any]) -> tuple[str, ...]:
        above = nodes.get(node.get("parentId"))
        return (above["role"]["value"], *within(above)) if above else ()

    return [
        Told(node["role"]["value"], node.get("name", {}).get("value", ""), within(node))
        for node in nodes.values()
        if not node["ignored"]
    ]


def tappable(nodes: list[Node]) -> dict[str, Node]:
    """What can be tapped, by its identifier or that of its wrapper."""
    found = {}
    for at, node in enumerate(nodes):
        if node.tappable:
            wrapper = nodes[node.parent].identifier if node.parent >= 0 else ""
            found[node.identifier or wrapper or f"nameless-{at}"] = node
    return found


def out_of_order(nodes: list[Node]) -> list[tuple[str, str]]:
    """Pairs of siblings of which the one that is read second lies wholly above the first."""
    wrong = []
    for parent in {node.parent for node in nodes}:
        siblings = [node for node in nodes if node.parent == parent and node.width and node.height]
        for one, other in pairwise(siblings):
            beside = other.left >= one.right or other.right <= one.left
            if other.bottom <= one.top and not beside:
                wrong.append((one.identifier or one.name, other.identifier or other.name))
    return wrong

"""The shortest way to write a path: steps instead of places, and no more characters than it takes."""

import re

_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7}
"""How many numbers each command takes; all others stand for places, a line or curve at a time."""
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")


def shortest(number: float, digits: int = 1) -> str:
    """A number, rounded, as short as it goes."""
    return re.sub(r"^(-?)0\.", r"\1.", f"{round(number, digits) + 0:g}")


def compact(d: str) -> str:
    """A path of absolute commands, written as steps from point to point."""
    tokens, told, here, begin = _TOKEN.findall(d), [], (0.0, 0.0), (0.0, 0.0)
    command = "M"
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        if command == "Z":
            told.append("z")
            here = begin
            continue
        count = _NUMBERS[command]
        numbers, tokens = [float(one) for one in tokens[:count]], tokens[count:]
        steps, here = _steps(command, numbers, here)
        begin = here if command == "M" else begin
        told.append(_written(command, steps))
    return _joined(told)


def _steps(
    command: str, numbers: list[float], here: tuple[float, float]
) -> tuple[list[float], tuple[float, float]]:
    x, y = here
    if command == "H":
        return [numbers[0] - x], (numbers[0], y)
    if command == "V":
        return [numbers[0] - y], (x, numbers[0])
    if command == "A":
        return [*numbers[:5], numbers[5] - x, numbers[6] - y], (numbers[5], numbers[6])
    steps = [number - (y if n % 2 else x) for n, number in enumerate(numbers)]
    return steps, (numbers[-2], numbers[-1])


def _written(command: str, steps: list[float]) -> str:
    if command == "L" and steps[1] == 0:
        command, steps = "H", steps[:1]
    elif command == "L" and steps[0] == 0:
        command, steps = "V", steps[1:]
    told = "".join(f" {shortest(step)}".replace(" -", "-") for step in steps)
    return command.lower() + told.strip()


def _joined(told: list[str]) -> str:
    """The same command twice in a row is written once."""
    written = before = ""
    for one in told:
        same = one[0] == before and one[0] not in "mz"
        written += (one[1:] if one[1] == "-" else f" {one[1:]}") if same else one
        before = one[0]
    return written

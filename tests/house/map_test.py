#!/usr/bin/env python3
"""The house as it is built against kiosk/MAP.md: who includes whom, where the libraries stand, whose tables a shape names.

Leaves with 1 and one line for each wrong line of code, all at once.
"""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ.get("NUANZHAN_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
KIOSK = ROOT / "kiosk"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]', re.M)


def table(text, first_head):
    """Rows of the Markdown table whose first heading is this, as lists of cells."""
    rows, inside = [], False
    for line in text.splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            if inside:
                break
            continue
        if inside and not set(cells[0]) <= set("-"):
            rows.append(cells)
        elif cells[:2] == first_head:
            inside = True
    return rows


def room_of(path):
    """The room of a path below kiosk/: base, shapes, shapes/request, shapes/request/screens, main.cpp."""
    parts = path.split("/")
    if len(parts) == 1:
        return parts[0]
    if parts[0] != "shapes":
        return parts[0]
    if len(parts) == 2:
        return "shapes"
    return f"shapes/{parts[1]}" + ("/screens" if len(parts) > 3 and parts[2] == "screens" else "")


def shape_of(room):
    parts = room.split("/")
    return parts[1] if parts[0] == "shapes" and len(parts) > 1 else None


def pattern_of(room):
    shape = shape_of(room)
    return room.replace(f"shapes/{shape}", "shapes/*", 1) if shape else room


def may(room, included, allowed):
    """Whether a file of this room may include this path (below kiosk/)."""
    there = room_of(included)
    if there == room:
        return True
    names = allowed.get(pattern_of(room), set())
    if included in names:
        return True
    if pattern_of(there) not in names:
        return False
    # In a shape's own row the star is the shape itself.
    return shape_of(room) is None or shape_of(there) is None or shape_of(room) == shape_of(there)


def sources():
    for path in sorted(KIOSK.rglob("*")):
        if path.suffix in {".cpp", ".h", ".inc"}:
            yield path, path.relative_to(KIOSK).as_posix(), path.read_text(encoding="utf-8")


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def wrong_includes(allowed, only_in):
    for path, name, text in sources():
        room = room_of(name)
        if pattern_of(room) not in allowed:
            yield f"kiosk/{name}: the room {room} has no row in kiosk/MAP.md"
            continue
        for match in INCLUDE.finditer(text):
            bracket, included = match.groups()
            where = f"kiosk/{name}:{line_of(text, match.start())}"
            if bracket == '"':
                if not (KIOSK / included).exists():
                    if (path.parent / included).exists():
                        yield f'{where}: "{included}" is written from the file\'s own folder; write it from kiosk/'
                    continue  # made by the build, or not there: the compiler says so
                if not may(room, included, allowed):
                    yield f'{where}: {room} may not use "{included}"'
            for library, rooms in only_in.items():
                if included.startswith(library) and room not in rooms:
                    yield f"{where}: {included} is included only in {', '.join(sorted(rooms))}"


RAW = re.compile(r'R"(\w*)\((.*?)\)\1"', re.S)
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
TABLE = re.compile(r"\b(FROM|JOIN|INTO|UPDATE|DELETE\s+FROM)\s+(?:OR\s+\w+\s+)?([a-z][a-z0-9]*_[a-z0-9_]+)\b")
WRITES = re.compile(r"\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+([a-z][a-z0-9]*_[a-z0-9_]+)")


def without_comments(text):
    """The same length and lines, comments blanked; what stands in string literals stays."""
    pattern = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()) if m.group().startswith(("//", "/*")) else m.group(), text)


def literals(text):
    """String literals of C++ with the line they begin in; those that stand side by side are one."""
    text = without_comments(text)
    parts = [(m.start(), m.end(), m.group(2)) for m in RAW.finditer(text)]
    blanked = RAW.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    parts += [(m.start(), m.end(), m.group(1)) for m in LITERAL.finditer(blanked)]
    joined = []
    for start, end, words in sorted(parts):
        if joined and not text[joined[-1][1]:start].strip():
            joined[-1] = (joined[-1][0], end, joined[-1][2] + words)
        else:
            joined.append((start, end, words))
    return [(line_of(text, start), words) for start, _, words in joined]


def wrong_tables():
    for path, name, text in sources():
        room = room_of(name)
        shape = shape_of(room)
        if room == "base" or room.startswith(("store", "cli", "app", "hub")):
            continue
        for line, words in literals(text):
            for match in TABLE.finditer(words):
                owner = match.group(2).split("_")[0]
                where = f"kiosk/{name}:{line}"
                if shape is None and room in {"ui", "parts", "desk", "devices", "paper"} or room.endswith("/screens"):
                    yield f"{where}: SQL in {room}; ask a query of the village or the shape"
                elif shape is not None and owner not in {shape, "village"}:
                    yield f"{where}: {shape} names the table {match.group(2)}, which is not its own"
                elif room == "village" and owner not in {"village", "local", "journal", "sqlite"}:
                    yield f"{where}: the village names the table {match.group(2)} of a shape"
            for match in WRITES.finditer(words):
                where = f"kiosk/{name}:{line}"
                table_name = match.group(1)
                if shape is not None and path.name != "tables.cpp":
                    yield f"{where}: only tables.cpp writes {table_name}"
                if shape is not None and not table_name.startswith(shape + "_"):
                    yield f"{where}: {shape} writes {table_name}, which is not its own"


MIGRATION = re.compile(r"^(\d{4})_([a-z]+)_\w+\.sql$")


def wrong_migrations():
    numbers = {}
    for path in sorted((ROOT / "db/schema").glob("*.sql")):
        match = MIGRATION.match(path.name)
        if not match:
            yield f"db/schema/{path.name}: not NNNN_<shape>_<what>.sql"
            continue
        number, owner = match.groups()
        if number in numbers:
            yield f"db/schema/{path.name}: the number of {numbers[number]} again"
        numbers[number] = path.name
        text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for created in re.finditer(r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)([^;]*);", text):
            name, options = created.groups()
            owners = {"store": {"journal", "local", "store"}, "village": {"village", "local"}}.get(owner, {owner})
            if name.split("_")[0] not in owners:
                yield f"db/schema/{path.name}: the table {name} is not named after {owner}"
            if "STRICT" not in options:
                yield f"db/schema/{path.name}: the table {name} is not STRICT"


def main():
    text = (KIOSK / "MAP.md").read_text(encoding="utf-8")
    allowed = {row[0]: {name.strip() for name in row[1].split(",")} - {"-"} for row in table(text, ["room", "may use"])}
    only_in = {row[0]: {name.strip() for name in row[1].split(",")} for row in table(text, ["what", "included only in"])}
    if len(allowed) < 14 or len(only_in) < 5:
        print("kiosk/MAP.md: its tables cannot be read")
        return 1
    wrong = [*wrong_includes(allowed, only_in), *wrong_tables(), *wrong_migrations()]
    for line in wrong:
        print(line)
    print(f"{len(wrong)} wrong" if wrong else "the house is as kiosk/MAP.md says")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes the migrations of db/schema into one C++ file: embed_schema.py OUTPUT.cpp FILE.sql...

Rule: a file is named NNNN_<shape>_<what>.sql and every number is used once; the program applies them in this
order. A double number stops the build, for two programs would then disagree about what a number means.
"""
import pathlib
import re
import sys


def main(output, files):
    found = {}
    for file in map(pathlib.Path, files):
        match = re.fullmatch(r"(\d{4})_[a-z0-9_]+\.sql", file.name)
        if not match:
            sys.exit(f"{file}: a migration is named NNNN_<shape>_<what>.sql")
        number = int(match[1])
        if number == 0 or number in found:
            sys.exit(f"{file}: number {number:04d} is taken by {found.get(number, 'nobody, but numbers begin at 1')}")
        found[number] = file
    lines = ['// Made by deploy/cmake/embed_schema.py from db/schema: change those files.',
             '#include "store/schema_files.h"', '', '#include <array>', '', 'namespace store {', 'namespace {', '',
             f'constexpr std::array<SchemaFile, {len(found)}> files{{{{' if found else
             'constexpr std::array<SchemaFile, 0> files{};']
    for number in sorted(found):
        sql = found[number].read_text(encoding="utf-8")
        if ')schema"' in sql:
            sys.exit(f'{found[number]}: may not contain )schema"')
        lines.append(f'    {{{number}, "{found[number].name}", R"schema({sql})schema"}},')
    if found:
        lines.append('}};')
    lines += ['', '}  // namespace', '', 'std::span<const SchemaFile> schema_files() { return files; }', '',
              '}  // namespace store', '']
    pathlib.Path(output).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

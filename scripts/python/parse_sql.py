"""Parses SQL with sqlfluff: one JSON text per line in, one JSON line out: null when it parses, else what does not.

Usage: parse_sql.py DIALECT < texts.jsonl
"""

import json
import sys

from sqlfluff.core import FluffConfig
from sqlfluff.core.parser import Lexer, Parser


def main() -> None:
    config = FluffConfig(overrides={"dialect": sys.argv[1]})
    lexer, parser = Lexer(config=config), Parser(config=config)
    for line in sys.stdin:
        print(json.dumps(judge(lexer, parser, json.loads(line))), flush=True)


def judge(lexer: Lexer, parser: Parser, text: str) -> str | None:
    segments, violations = lexer.lex(text)
    if violations:
        return str(violations[0])
    try:
        tree = parser.parse(segments)
    except Exception as error:  # sqlfluff has no common class for what its parser raises
        return f"{type(error).__name__}: {error}"
    if tree is None:
        return "nothing to parse"
    for part in tree.recursive_crawl("unparsable"):
        return f"from: {part.raw[:120]}"
    return None


main()

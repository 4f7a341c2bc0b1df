import type { FalseRefusal } from '../../testing/parser-judge.ts'

/** What dt-sql-parser 4.5.1 (MySQL) does not know of MySQL. */
export const falseRefusals: readonly FalseRefusal[] = [
  {
    why: 'A moment is cast with fractional seconds.',
    source: 'MySQL 8.4 manual, "Cast functions and operators": DATETIME[(M)], TIME[(M)]',
    simpler: (text) => text.replaceAll(/ AS (DATETIME|TIME)\(\d\)/g, ' AS $1'),
  },
  {
    why: 'A number is cast to FLOAT (8.0.17).',
    source: 'MySQL 8.4 manual, "Cast functions and operators": FLOAT[(p)]',
    simpler: (text) => text.replaceAll(' AS FLOAT)', ' AS DECIMAL)'),
  },
]

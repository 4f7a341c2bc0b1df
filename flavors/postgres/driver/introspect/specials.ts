import { sql, verbatim } from '../../../sql.ts'
import type { Sql } from '../../../sql.ts'
import { displayTable, identifier, literal, qualified, spelled } from '../../dialect/names.ts'
import type { ConstraintRow, IndexRow, RelationRow } from './rows.ts'
import { statisticsTexts } from './statistics.ts'
import { nameOf, shown } from './subject.ts'
import type { Draft, Subject } from './subject.ts'
import { bare } from './views.ts'

/** Constraints and indexes that the model has no words for, by the server's own text, and what hangs on any constraint or index. */
export function specials({ table, index }: Subject): readonly Draft[] {
  const alter = sql`ALTER TABLE ${nameOf(table)}`
  const constraints = index.constraints(table.oid).filter((row) => !row.isInherited)
  const indexes = index.indexes(table.oid)
  const isOwnDraft = (row: ConstraintRow | IndexRow) => row.isSpecial && !('kind' in row && row.kind === 'p')
  return [
    ...constraints.filter(isOwnDraft).map((row): Draft => ({
      kind: 'constraint',
      name: `constraint ${spelled(row.name)} of ${shown(table)}`,
      detach: [sql`${alter} DROP CONSTRAINT ${identifier(row.name)}`],
      attach: [
        sql`${alter} ADD CONSTRAINT ${identifier(row.name)} ${bare(row.definition)}`,
        ...constraintNotes(row, table).flatMap((note) => note.attach),
      ],
      columns: row.columns ?? [],
      owned: true,
      makes: { kind: 'constraint', name: row.name, form: constraintForm(row) },
    })),
    ...indexes.filter(isOwnDraft).map((row): Draft => ({
      kind: 'index',
      name: `index ${spelled(row.name)} of ${shown(table)}`,
      detach: [sql`DROP INDEX ${qualified(row.schema, row.name)}`],
      attach: [bare(row.definition), ...indexNotes(row, table).flatMap((note) => note.attach)],
      columns: row.columns,
      owned: true,
      makes: { kind: 'index', name: row.name, form: indexForm(row) },
    })),
    ...constraints.filter((row) => !isOwnDraft(row)).flatMap((row) => constraintNotes(row, table)),
    ...indexes.filter((row) => !isOwnDraft(row)).flatMap((row) => indexNotes(row, table)),
    ...(table.replicaIdentity === 'f' || table.replicaIdentity === 'n'
      ? [
          {
            kind: 'replica identity',
            name: `replica identity of ${shown(table)}`,
            attach: [sql`${alter} REPLICA IDENTITY ${table.replicaIdentity === 'f' ? sql`FULL` : sql`NOTHING`}`],
          },
        ]
      : []),
  ]
}

/** What of a constraint the model does not say, in the words of its definition. */
function constraintForm({ kind, definition }: ConstraintRow): string {
  if (kind === 'x') return 'EXCLUDE'
  const words = ['NO INHERIT', 'NOT VALID', 'NOT ENFORCED', 'MATCH FULL', 'NULLS NOT DISTINCT', 'INITIALLY DEFERRED', 'DEFERRABLE', 'INCLUDE', 'WITHOUT OVERLAPS', 'PERIOD', 'WITH ']
  // Outside of literals and quoted names, and behind the columns: a check may hold any word.
  const plain = definition.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')
  const found = words.filter((word) => plain.includes(word) && !(word === 'DEFERRABLE' && plain.includes('INITIALLY DEFERRED')))
  return found.length === 0 ? 'a form of its own' : found.map((word) => (word === 'WITH ' ? 'storage options' : word)).join(', ')
}

function indexForm({ definition }: IndexRow): string {
  const plain = definition.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')
  if (plain.includes('NULLS NOT DISTINCT')) return 'NULLS NOT DISTINCT'
  if (plain.includes(' COLLATE ')) return 'collation'
  return / WITH \(/.test(plain) ? 'storage options' : 'operator class'
}

type Base = NonNullable<Draft['needs']>

const commentOn = (on: Sql, text: string | null, base: Base & { readonly shown: string }, columns: readonly number[]): readonly Draft[] =>
  text === null
    ? []
    : [
        {
          kind: 'comment',
          name: `comment on ${base.shown}`,
          attach: [sql`COMMENT ON ${on} IS ${literal(text)}`],
          columns,
          needs: { kind: base.kind, name: base.name },
        },
      ]

/** What a constraint or an index is chosen for. */
function roles(row: ConstraintRow | IndexRow, table: RelationRow, columns: readonly number[]): readonly Draft[] {
  const alter = sql`ALTER TABLE ${nameOf(table)}`
  const needs: Base = { kind: 'index', name: row.name }
  return [
    ...(row.isClustered
      ? [
          {
            kind: 'cluster',
            name: `clustered index of ${shown(table)}`,
            attach: [sql`${alter} CLUSTER ON ${identifier(row.name)}`],
            columns,
            needs,
          },
        ]
      : []),
    ...(row.isReplicaIdentity
      ? [
          {
            kind: 'replica identity',
            name: `replica identity of ${shown(table)}`,
            attach: [sql`${alter} REPLICA IDENTITY USING INDEX ${identifier(row.name)}`],
            columns,
            needs,
          },
        ]
      : []),
  ]
}

const constraintNotes = (row: ConstraintRow, table: RelationRow): readonly Draft[] => [
  ...commentOn(
    sql`CONSTRAINT ${identifier(row.name)} ON ${nameOf(table)}`,
    row.comment,
    { kind: 'constraint', name: row.name, shown: `constraint ${spelled(row.name)} of ${shown(table)}` },
    row.columns ?? [],
  ),
  ...roles(row, table, row.columns ?? []),
]

function indexNotes(row: IndexRow, table: RelationRow): readonly Draft[] {
  const name = qualified(row.schema, row.name)
  const targets = row.statistics.flatMap((target, i) =>
    target === null ? [] : [sql`ALTER INDEX ${name} ALTER COLUMN ${verbatim(String(i + 1))} SET STATISTICS ${verbatim(String(target))}`],
  )
  return [
    ...commentOn(sql`INDEX ${name}`, row.comment, { kind: 'index', name: row.name, shown: `index ${spelled(row.name)}` }, row.columns),
    ...(targets.length === 0
      ? []
      : [
          {
            kind: 'storage',
            name: `statistics of index ${spelled(row.name)}`,
            attach: targets,
            columns: row.columns,
            needs: { kind: 'index' as const, name: row.name },
          },
        ]),
    ...roles(row, table, row.columns),
  ]
}

/** Statistics objects: their names belong to the schema, so the old ones go. */
export function statistics({ table, index }: Subject): readonly Draft[] {
  return index.extras(table.oid).flatMap((extra): readonly Draft[] => {
    if (extra.kind !== 'statistics') return []
    const detach = [sql`DROP STATISTICS ${qualified(extra.schema, extra.name)}`]
    return [
      {
        kind: 'statistics',
        name: `statistics ${displayTable(extra)}`,
        detach,
        attach: statisticsTexts(extra),
        columns: extra.columns ?? [],
        owned: true,
      },
    ]
  })
}

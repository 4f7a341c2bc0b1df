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
    })),
    ...indexes.filter(isOwnDraft).map((row): Draft => ({
      kind: 'index',
      name: `index ${spelled(row.name)} of ${shown(table)}`,
      detach: [sql`DROP INDEX ${qualified(row.schema, row.name)}`],
      attach: [bare(row.definition), ...indexNotes(row, table).flatMap((note) => note.attach)],
      columns: row.columns,
      owned: true,
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

const commentOn = (name: string, on: Sql, text: string | null, columns: readonly number[]): readonly Draft[] =>
  text === null ? [] : [{ kind: 'comment', name: `comment on ${name}`, attach: [sql`COMMENT ON ${on} IS ${literal(text)}`], columns }]

/** What a constraint or an index is chosen for. */
function roles(row: ConstraintRow | IndexRow, table: RelationRow, columns: readonly number[]): readonly Draft[] {
  const alter = sql`ALTER TABLE ${nameOf(table)}`
  return [
    ...(row.isClustered
      ? [
          {
            kind: 'cluster',
            name: `clustered index of ${shown(table)}`,
            attach: [sql`${alter} CLUSTER ON ${identifier(row.name)}`],
            columns,
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
          },
        ]
      : []),
  ]
}

const constraintNotes = (row: ConstraintRow, table: RelationRow): readonly Draft[] => [
  ...commentOn(
    `constraint ${spelled(row.name)} of ${shown(table)}`,
    sql`CONSTRAINT ${identifier(row.name)} ON ${nameOf(table)}`,
    row.comment,
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
    ...commentOn(`index ${spelled(row.name)}`, sql`INDEX ${name}`, row.comment, row.columns),
    ...(targets.length === 0
      ? []
      : [{ kind: 'storage', name: `statistics of index ${spelled(row.name)}`, attach: targets, columns: row.columns }]),
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

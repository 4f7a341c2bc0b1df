import type { Dependent } from '../../../flavor.ts'
import { join, sql, verbatim } from '../../../sql.ts'
import type { Sql } from '../../../sql.ts'
import { convention, displayTable, identifier, literal, qualified, spelled } from '../../dialect/names.ts'
import { sequenceName } from '../../dialect/table-sql.ts'
import { grantTexts } from './grants.ts'
import { obstacles } from './obstacles.ts'
import type { CodeRow, ColumnRow, RelationRow } from './rows.ts'
import { isSerial as isSerialColumn } from './shape.ts'
import { specials, statistics } from './specials.ts'
import { nameOf, shown } from './subject.ts'
import type { Draft, Subject } from './subject.ts'
import { accessTexts, bare, ruleTexts, triggerTexts, viewTexts, viewsOver, withOptions } from './views.ts'

/** Everything that hangs on a table, in an order in which it can be put back; taken off in the reverse order. */
export function dependentsOf(subject: Subject): readonly Dependent[] {
  const { now, table } = subject
  const drafts: readonly Draft[] = [
    ...obstacles(subject),
    ...settings(subject),
    ...access(subject),
    ...counters(subject),
    ...specials(subject),
    ...statistics(subject),
    ...inbound(subject),
    ...code(subject),
    ...views(subject),
    ...published(subject),
  ]
  return drafts.map(({ columns, detach, ...draft }) => ({
    ...draft,
    table: now.name,
    detach: detach ?? [],
    columns: [...new Set((columns ?? []).filter((number) => number > 0).map((number) => now.index.columnName(table.oid, number)))].filter(
      (name) => name !== '',
    ),
  }))
}

/** Storage of the table and its columns. */
function settings({ table, index }: Subject): readonly Draft[] {
  const alter = sql`ALTER TABLE ${nameOf(table)}`
  const whole: Sql[] = [
    ...(table.persistence === 'u' ? [sql`${alter} SET UNLOGGED`] : []),
    ...(table.tablespace === null ? [] : [sql`${alter} SET TABLESPACE ${identifier(table.tablespace)}`]),
    ...(table.options === null ? [] : [sql`${alter} SET (${withOptions(table.options)})`]),
    ...(table.toastOptions === null ? [] : [sql`${alter} SET (${withOptions(table.toastOptions, 'toast.')})`]),
  ]
  const found: Draft[] = whole.length === 0 ? [] : [{ kind: 'storage', name: `storage options of ${shown(table)}`, attach: whole }]
  for (const column of index.columns(table.oid)) {
    const attach = columnSettings(column).map((setting) => sql`${alter} ALTER COLUMN ${identifier(column.name)} ${setting}`)
    if (attach.length > 0)
      found.push({ kind: 'storage', name: `storage of ${shown(table)}.${spelled(column.name)}`, attach, columns: [column.number] })
  }
  return found
}

const columnSettings = (column: ColumnRow): readonly Sql[] => [
  ...(column.storage === null ? [] : [sql`SET STORAGE ${verbatim(column.storage)}`]),
  ...(column.compression === null ? [] : [sql`SET COMPRESSION ${verbatim(column.compression)}`]),
  ...(column.statistics === null ? [] : [sql`SET STATISTICS ${verbatim(String(column.statistics))}`]),
  ...(column.options === null ? [] : [sql`SET (${withOptions(column.options)})`]),
]

/** Owner before grants: a grant is the owner's. */
function access({ table, index }: Subject): readonly Draft[] {
  const name = nameOf(table)
  const granted = accessTexts(table, name, index)
  const columns = index
    .columns(table.oid)
    .filter((column) => column.grants !== null)
    .map((column) => column.number)
  return [
    ...(table.isOwn
      ? []
      : [{ kind: 'owner', name: `owner of ${shown(table)}`, attach: [sql`ALTER TABLE ${name} OWNER TO ${identifier(table.owner)}`] }]),
    ...(granted.length === 0 ? [] : [{ kind: 'grant', name: `grants on ${shown(table)}`, attach: granted, columns }]),
  ]
}

/** Identity sequences by their conventional name while the table is rebuilt; owned ones stay, and change hands. */
function counters({ table, index, now }: Subject): readonly Draft[] {
  return index.sequences(table.oid).flatMap((sequence): readonly Draft[] => {
    const column = index.columnName(table.oid, sequence.column)
    const name = qualified(sequence.schema, sequence.name)
    const columns = [sequence.column]
    const nowName = now.index.columnName(table.oid, sequence.column)
    const counter = { column: nowName, by: 'identity', type: sequence.type, isShared: false } as const
    if (sequence.tie === 'a') {
      const row = index.columns(table.oid).find((one) => one.number === sequence.column)
      const isSerial = row !== undefined && isSerialColumn(row, index)
      const owned = sql`ALTER SEQUENCE ${name} OWNED BY ${nameOf(table)}.${identifier(column)}`
      return [
        {
          kind: 'sequence',
          name: `sequence ${displayTable(sequence)}`,
          detach: [sql`ALTER SEQUENCE ${name} OWNED BY NONE`],
          attach: [owned],
          columns,
          owned: true,
          counter: { column: nowName, by: isSerial ? 'serial' : 'tied', type: sequence.type, isShared: sequence.isShared },
        },
      ]
    }
    const needs = { kind: 'identity', name: column } as const
    const usual = convention.sequence(table.name, column)
    const known = sequenceName(table, column)
    const found: Draft[] = []
    if (sequence.name !== usual) {
      const away = sql`ALTER SEQUENCE ${name} RENAME TO ${identifier(usual)}`
      const back = sql`ALTER SEQUENCE ${known} RENAME TO ${identifier(sequence.name)}`
      // A name that followed the convention before the table was renamed follows it after, too.
      const before = convention.sequence(now.name.name, now.index.columnName(table.oid, sequence.column))
      const ours = sql`ALTER SEQUENCE IF EXISTS ${known} RENAME TO ${identifier(sequence.name)}`
      found.push({
        kind: 'sequence',
        name: `sequence ${displayTable(sequence)}`,
        detach: [away],
        attach: sequence.name === before ? [] : [ours],
        restore: [back],
        columns,
        owned: true,
        needs,
        counter,
      })
    }
    const kept = qualified(sequence.schema, keptName(sequence.name, table, column, now, sequence.column))
    const relation = index.relation.get(sequence.oid)
    const alter = sql`ALTER TABLE ${nameOf(table)} ALTER COLUMN ${identifier(column)} ${verbatim(sequence.options)}`
    const grants = relation?.grants ?? null
    const attach = [
      ...(sequence.options === '' ? [] : [alter]),
      ...(grants === null
        ? []
        : grantTexts({ on: sql`SEQUENCE ${kept}`, column: sql``, owner: relation?.owner ?? table.owner }, grants, 'sequence')),
      ...(relation?.comment === null || relation === undefined ? [] : [sql`COMMENT ON SEQUENCE ${kept} IS ${literal(relation.comment)}`]),
    ]
    if (attach.length > 0) found.push({ kind: 'sequence', name: `options of sequence ${displayTable(sequence)}`, attach, columns, needs, counter })
    return found
  })
}

/** Name that an identity sequence has when all is done. */
function keptName(name: string, table: RelationRow, column: string, now: Subject['now'], number: number): string {
  const before = convention.sequence(now.name.name, now.index.columnName(table.oid, number))
  return name === before ? convention.sequence(table.name, column) : name
}

/** Foreign keys of other tables. */
function inbound({ table, index, now }: Subject): readonly Draft[] {
  return index.inbound(table.oid).flatMap((row): readonly Draft[] => {
    const child = index.relation.get(row.relation)
    const before = now.index.relation.get(row.relation)
    if (child === undefined || before === undefined) return []
    const alter = sql`ALTER TABLE ${nameOf(child)}`
    const add = sql`${alter} ADD CONSTRAINT ${identifier(row.name)} ${bare(row.definition)}`
    const comment =
      row.comment === null ? [] : [sql`COMMENT ON CONSTRAINT ${identifier(row.name)} ON ${nameOf(child)} IS ${literal(row.comment)}`]
    return [
      {
        kind: 'inbound reference',
        name: `foreign key ${spelled(row.name)} of ${shown(before)}`,
        detach: [sql`${alter} DROP CONSTRAINT ${identifier(row.name)}`],
        attach: [add, ...comment],
        columns: row.parentColumns ?? [],
        child: { schema: before.schema, name: before.name },
      },
    ]
  })
}

const usedColumns = (row: Pick<CodeRow, 'uses'>, relation: number): readonly number[] =>
  row.uses.flatMap(([used, column]) => (used === relation ? [column] : []))

/** Rules, triggers, row security and policies of the table; rules and policies of other tables that read it. */
function code({ table, index }: Subject): readonly Draft[] {
  const name = nameOf(table)
  const own = index.code(table.oid).filter((row) => !row.isInherited)
  const security = [
    ...(table.rowSecurity ? [sql`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(table.forceRowSecurity ? [sql`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
  ]
  return [
    ...index.rules(table.oid).map((rule) => ({
      kind: 'rule',
      name: `rule ${spelled(rule.name)} on ${shown(table)}`,
      attach: ruleTexts(rule, name),
      columns: usedColumns(rule, table.oid),
    })),
    ...own
      .filter((row) => row.kind === 'trigger')
      .map((row) => ({
        kind: 'trigger',
        name: `trigger ${spelled(row.name)} on ${shown(table)}`,
        attach: triggerTexts(row, name),
        columns: usedColumns(row, table.oid),
      })),
    ...own
      .filter((row) => row.kind === 'policy')
      .map((row) => ({
        kind: 'policy',
        name: `policy ${spelled(row.name)} on ${shown(table)}`,
        attach: policyTexts(row, name),
        columns: usedColumns(row, table.oid),
      })),
    ...(security.length === 0 ? [] : [{ kind: 'row security', name: `row security of ${shown(table)}`, attach: security }]),
  ]
}

const policyTexts = (policy: CodeRow, on: Sql): readonly Sql[] => [
  bare(policy.definition),
  ...(policy.comment === null ? [] : [sql`COMMENT ON POLICY ${identifier(policy.name)} ON ${on} IS ${literal(policy.comment)}`]),
]

/** Views over the table, and the rules and policies of other tables that mention it or one of those views. */
function views({ table, index, depth }: Subject): readonly Draft[] {
  const over = viewsOver(table.oid, index, depth)
  const known = new Map<number, readonly number[]>([[table.oid, []]])
  const found: Draft[] = []
  for (const view of over) {
    const rule = index.rules(view.oid).find((one) => one.name === '_RETURN')
    const columns = [...new Set((rule?.uses ?? []).flatMap(([used, column]) => (used === table.oid ? [column] : (known.get(used) ?? []))))]
    known.set(view.oid, columns)
    const { attach, detach } = viewTexts(view, index)
    const user = index.extras(view.oid).find((extra) => extra.kind === 'other')
    const refuse = user === undefined ? {} : { refuse: `${user.name} uses it, which would be lost.` }
    found.push({
      kind: view.kind === 'm' ? 'materialized view' : 'view',
      name: `${view.kind === 'm' ? 'materialized view' : 'view'} ${shown(view)}`,
      attach,
      detach,
      columns,
      ...refuse,
    })
  }
  const strangers = new Map<string, Draft>()
  for (const relation of known.keys()) {
    for (const row of index.usedByCode(relation)) {
      const on = index.relation.get(row.relation)
      if (row.kind !== 'policy' || on === undefined || known.has(on.oid)) continue
      const target = nameOf(on)
      strangers.set(`policy ${on.oid} ${row.name}`, {
        kind: 'policy',
        name: `policy ${spelled(row.name)} on ${shown(on)}`,
        detach: [sql`DROP POLICY ${identifier(row.name)} ON ${target}`],
        attach: policyTexts(row, target),
        columns: usedColumns(row, table.oid),
      })
    }
    for (const rule of index.usedByRules(relation)) {
      const on = index.relation.get(rule.relation)
      if (rule.name === '_RETURN' || on === undefined || known.has(on.oid)) continue
      const target = nameOf(on)
      strangers.set(`rule ${on.oid} ${rule.name}`, {
        kind: 'rule',
        name: `rule ${spelled(rule.name)} on ${shown(on)}`,
        detach: [sql`DROP RULE ${identifier(rule.name)} ON ${target}`],
        attach: ruleTexts(rule, target),
        columns: usedColumns(rule, table.oid),
      })
    }
  }
  return [...found, ...strangers.values()]
}

/** Membership in publications, security labels. */
function published({ table, index }: Subject): readonly Draft[] {
  const name = nameOf(table)
  return index.extras(table.oid).flatMap((extra): readonly Draft[] => {
    if (extra.kind === 'publication') {
      const drop = sql`ALTER PUBLICATION ${identifier(extra.name)} DROP TABLE ONLY ${name}`
      return [
        {
          kind: 'publication',
          name: `membership of ${shown(table)} in publication ${spelled(extra.name)}`,
          detach: [drop],
          attach: [bare(extra.definition)],
          owned: true,
        },
      ]
    }
    if (extra.kind !== 'label') return []
    const [number] = extra.columns ?? []
    const on = number === undefined ? sql`TABLE ${name}` : sql`COLUMN ${join([name, identifier(index.columnName(table.oid, number))], '.')}`
    return [
      {
        kind: 'label',
        name: `security label of ${shown(table)}`,
        attach: [sql`SECURITY LABEL FOR ${identifier(extra.name)} ON ${on} IS ${literal(extra.definition)}`],
        columns: extra.columns ?? [],
      },
    ]
  })
}

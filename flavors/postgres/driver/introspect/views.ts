import { join, sql, verbatim } from '../../../sql.ts'
import type { Sql } from '../../../sql.ts'
import { identifier, literal, qualified } from '../../dialect/names.ts'
import type { CatalogIndex } from './catalog-index.ts'
import { grantTexts, resetTexts } from './grants.ts'
import type { CodeRow, RelationRow, RuleRow } from './rows.ts'
import { statisticsTexts } from './statistics.ts'

/** Ends a text of the server that brings its own semicolon. */
export const bare = (text: string): Sql => verbatim(text.trim().replace(/;$/, '').trim())

const states: Readonly<Record<string, Sql>> = { D: sql`DISABLE`, R: sql`ENABLE REPLICA`, A: sql`ENABLE ALWAYS` }

/** A trigger with its state and comment. */
export function triggerTexts(trigger: CodeRow, on: Sql): readonly Sql[] {
  const state = states[trigger.enabled]
  return [
    bare(trigger.definition),
    ...(state === undefined ? [] : [sql`ALTER TABLE ${on} ${state} TRIGGER ${identifier(trigger.name)}`]),
    ...(trigger.comment === null ? [] : [sql`COMMENT ON TRIGGER ${identifier(trigger.name)} ON ${on} IS ${literal(trigger.comment)}`]),
  ]
}

export function ruleTexts(rule: RuleRow, on: Sql): readonly Sql[] {
  const state = states[rule.enabled]
  return [
    bare(rule.definition),
    ...(state === undefined ? [] : [sql`ALTER TABLE ${on} ${state} RULE ${identifier(rule.name)}`]),
    ...(rule.comment === null ? [] : [sql`COMMENT ON RULE ${identifier(rule.name)} ON ${on} IS ${literal(rule.comment)}`]),
  ]
}

/** `name=value` settings as a WITH list; values quoted. */
export function withOptions(options: readonly string[], prefix = ''): Sql {
  return join(
    options.map((option) => {
      const at = option.indexOf('=')
      return sql`${verbatim(prefix)}${identifier(option.slice(0, at))}=${literal(option.slice(at + 1))}`
    }),
  )
}

/** Everything that makes a view again with what hangs on it. */
export function viewTexts(view: RelationRow, index: CatalogIndex): { readonly attach: readonly Sql[]; readonly detach: readonly Sql[] } {
  const name = qualified(view.schema, view.name)
  const isMaterialized = view.kind === 'm'
  const what = isMaterialized ? sql`MATERIALIZED VIEW` : sql`VIEW`
  const rules = index.rules(view.oid)
  const query = bare(rules.find((rule) => rule.name === '_RETURN')?.definition ?? '')
  const columns = index.columns(view.oid)
  const options = view.options === null ? sql`` : sql` WITH (${withOptions(view.options)})`
  const method = view.accessMethod === null ? sql`` : sql` USING ${identifier(view.accessMethod)}`
  const space = view.tablespace === null ? sql`` : sql` TABLESPACE ${identifier(view.tablespace)}`
  const data = isMaterialized ? (view.isPopulated ? sql` WITH DATA` : sql` WITH NO DATA`) : sql``
  const attach: Sql[] = [
    sql`CREATE ${what} ${name}${method}${options}${space} AS\n ${query}${data}`,
    ...(view.isOwn ? [] : [sql`ALTER ${what} ${name} OWNER TO ${identifier(view.owner)}`]),
    ...accessTexts(view, name, index),
    ...(view.comment === null ? [] : [sql`COMMENT ON ${what} ${name} IS ${literal(view.comment)}`]),
    ...columns.flatMap((column) =>
      column.comment === null ? [] : [sql`COMMENT ON COLUMN ${name}.${identifier(column.name)} IS ${literal(column.comment)}`],
    ),
    ...columns.flatMap((column) =>
      column.default === null || isMaterialized
        ? []
        : [sql`ALTER VIEW ${name} ALTER COLUMN ${identifier(column.name)} SET DEFAULT ${verbatim(column.default)}`],
    ),
    ...columns.flatMap((column) =>
      column.statistics === null || !isMaterialized
        ? []
        : [
            sql`ALTER MATERIALIZED VIEW ${name} ALTER COLUMN ${identifier(column.name)} SET STATISTICS ${verbatim(String(column.statistics))}`,
          ],
    ),
    ...index
      .indexes(view.oid)
      .flatMap((one) => [
        bare(one.definition),
        ...(one.comment === null ? [] : [sql`COMMENT ON INDEX ${qualified(one.schema, one.name)} IS ${literal(one.comment)}`]),
        ...(one.isClustered ? [sql`ALTER MATERIALIZED VIEW ${name} CLUSTER ON ${identifier(one.name)}`] : []),
      ]),
    ...index.extras(view.oid).flatMap((extra) => (extra.kind === 'statistics' ? statisticsTexts(extra) : [])),
    ...rules.flatMap((rule) => (rule.name === '_RETURN' ? [] : ruleTexts(rule, name))),
    ...index.code(view.oid).flatMap((code) => (code.kind === 'trigger' ? triggerTexts(code, name) : [])),
  ]
  return { attach, detach: [sql`DROP ${what} ${name}`] }
}

/** Grants of a relation and its columns, behind a reset of what default privileges gave. */
export function accessTexts(relation: RelationRow, name: Sql, index: CatalogIndex): readonly Sql[] {
  const on = sql`TABLE ${name}`
  const target = { on, column: sql``, owner: relation.owner }
  return [
    ...resetTexts(
      on,
      index.defaultGrantees(relation.schema).filter((grantee) => grantee !== relation.owner),
    ),
    ...(relation.grants === null ? [] : grantTexts(target, relation.grants, 'table')),
    ...index
      .columns(relation.oid)
      .flatMap((column) =>
        column.grants === null ? [] : grantTexts({ ...target, column: sql` (${identifier(column.name)})` }, column.grants, 'column'),
      ),
  ]
}

/** Views that read from one of `roots`, directly or through others, in an order in which they can be made: the same order for every root. */
export function viewsOver(root: number, index: CatalogIndex, depth: (view: number) => number): readonly RelationRow[] {
  const found = new Set<number>()
  const queue = [root]
  for (const relation of queue) {
    for (const rule of index.usedByRules(relation)) {
      if (rule.name !== '_RETURN' || rule.relation === relation || found.has(rule.relation)) continue
      found.add(rule.relation)
      queue.push(rule.relation)
    }
  }
  const views = [...found].flatMap((oid) => index.relation.get(oid) ?? [])
  const key = (view: RelationRow) => `${view.schema}\u0000${view.name}`
  return views.toSorted((a, b) => depth(a.oid) - depth(b.oid) || (key(a) < key(b) ? -1 : 1))
}

// A table that a partial read leaves out is unknown here, and no view.
const isView = (row: RelationRow | undefined): boolean => row?.kind === 'v' || row?.kind === 'm'

/** How many views stand below a view, at most, each on the next. */
export function viewDepth(index: CatalogIndex): (view: number) => number {
  const known = new Map<number, number>()
  const depth = (view: number): number => {
    const before = known.get(view)
    if (before !== undefined) return before
    known.set(view, 0)
    const rule = index.rules(view).find((one) => one.name === '_RETURN')
    const below = (rule?.uses ?? [])
      .map(([relation]) => relation)
      .filter((relation) => relation !== view && isView(index.relation.get(relation)))
    const own = 1 + Math.max(0, ...below.map(depth))
    known.set(view, own)
    return own
  }
  return depth
}

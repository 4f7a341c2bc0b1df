import { previewCommand } from '../app/commands/preview.ts'
import { emptyField, emptyTable } from '../app/model/build.ts'
import type { DataType } from '../app/model/data-type.ts'
import { countedIds } from '../app/model/id.ts'
import type { Model, Table } from '../app/model/model.ts'
import { lookupOf, shapeOf } from '../app/model/resolve.ts'
import type { TableShape } from '../app/model/shape.ts'
import type { Dialect } from '../flavors/flavor.ts'
import { flavors } from '../flavors/registry.ts'

/**
 * Text of 10,000 tables of 20 fields (first argument: another number) in every flavor, beside plain string building of as many characters from the same
 * tables in the same run; and one preview of one table among them all, as after a key press. `node bench/ddl.ts 10000 postgres` measures one flavor.
 * The limit is for SQL: code of a whole model (Django) weighs all names and links against each other first, and its ratio is told only.
 */
const count = Number(process.argv[2] ?? 10_000)
const only = process.argv[3]
const limit = 2.5
const rounds = 15

const types: readonly DataType[] = [
  { kind: 'int64' }, { kind: 'varchar', length: 120 }, { kind: 'decimal', precision: 18, scale: 4 }, { kind: 'timestamptz', precision: 6 }, { kind: 'text' },
  { kind: 'bool' }, { kind: 'date' }, { kind: 'int32' }, { kind: 'uuid' }, { kind: 'varchar', length: 40 },
]
const defaults: readonly (string | null)[] = [null, null, '0', null, "'none'", null, 'CURRENT_DATE', null, null, null]

function tableNumber(at: number, parent: Table | null, newId: () => string): Table {
  const fields = Array.from({ length: 20 }, (_field, place) => ({
    ...emptyField(newId(), place === 0 ? 'id' : `field_${place}`, types[place % types.length] ?? { kind: 'text' }),
    nullable: place > 3,
    default: place === 0 ? null : (defaults[place % defaults.length] ?? null),
    identity: place === 0 ? ('default' as const) : null,
  }))
  const table = emptyTable(newId(), `table_${at}`)
  const [id, , , , , , , , , , child] = fields
  if (id === undefined || child === undefined) throw new Error('too few fields')
  const reference = parent === null ? [] : [{ id: newId(), name: `table_${at}_parent`, fields: [child.id], target: { kind: 'id' as const, table: parent.id, fields: [] }, onUpdate: 'no action' as const, onDelete: 'cascade' as const, deferrable: 'no' as const }]
  return { ...table, fields, keys: [{ id: newId(), kind: 'primary', name: `table_${at}_pk`, fields: [id.id] }], references: reference }
}

function makeModel(): Model {
  const newId = countedIds('b')
  const tables: Table[] = []
  for (let at = 0; at < count; at++) tables.push(tableNumber(at, tables.at(-1) ?? null, newId))
  return { name: 'bench', tables }
}

/** What the dialect makes of the tables, as one text. */
function ddlOf(dialect: Dialect, shapes: readonly TableShape[]): string {
  const parts: string[] = []
  for (const shape of shapes) for (const { text } of dialect.statements({ kind: 'createTable', shape, references: true })) parts.push(text)
  return parts.join(';\n')
}

const codeOf = (dialect: Dialect, shapes: readonly TableShape[]): string => dialect.document?.({ tables: shapes, names: shapes, related: shapes }).files.map(({ text }) => text).join('') ?? ''

/** A type's words from its own parameters. */
function plainType(type: DataType): string {
  if ('length' in type) return `${type.kind}(${type.length})`
  if (type.kind === 'decimal') return `decimal(${type.precision},${type.scale})`
  return 'precision' in type ? `${type.kind}(${type.precision})` : type.kind
}

/** As many characters from the same names by nothing but templates. The words of a field are as long as the dialect's. */
function plainText(shapes: readonly TableShape[], pad: string): string {
  const parts: string[] = []
  for (const { schema, name, columns, primaryKey, references } of shapes) {
    const lines: string[] = []
    for (const column of columns) lines.push(`  "${column.name}" ${plainType(column.type)}${column.default === null ? '' : ` DEFAULT ${column.default}`}${column.nullable ? '' : ' NOT NULL'}${pad}`)
    if (primaryKey !== null) lines.push(`  CONSTRAINT "${primaryKey.name}" PRIMARY KEY (${primaryKey.columns.map((one) => `"${one}"`).join(', ')})`)
    for (const one of references) lines.push(`  CONSTRAINT "${one.name}" FOREIGN KEY (${one.columns.map((key) => `"${key}"`).join(', ')}) REFERENCES "${one.parent.name}" (${one.parentColumns.map((key) => `"${key}"`).join(', ')}) ON DELETE CASCADE`)
    parts.push(`CREATE TABLE "${schema}"."${name}" (\n${lines.join(',\n')}\n)`)
  }
  return parts.join(';\n')
}

const timeMs = (run: () => unknown): number => {
  const started = performance.now()
  run()
  return performance.now() - started
}

// Other work on the machine only ever adds time: the quickest of many is the truest.
const quickest = (times: readonly number[]): number => Math.min(...times)

/** Characters of a text, every one of them written: a joined text may still be a tree of pieces. */
const flat = (text: string): number => Buffer.byteLength(text)

function measure(dialect: Dialect, model: Model): number {
  const isSql = dialect.document === null
  const lookup = lookupOf(model)
  const shapes = model.tables.map((table) => shapeOf(table, lookup))
  const make = () => flat(dialect.document === null ? ddlOf(dialect, shapes) : codeOf(dialect, shapes))
  const length = make()
  const missing = Math.max(0, length - flat(plainText(shapes, '')))
  const pad = 'x'.repeat(Math.round(missing / (count * 20)))
  const plain: number[] = []
  const own: number[] = []
  for (let round = 0; round < rounds; round++) {
    plain.push(timeMs(() => flat(plainText(shapes, pad))))
    own.push(timeMs(make))
  }
  const middle = model.tables[Math.floor(count / 2)]
  if (middle === undefined) throw new Error('no tables')
  const edits = Array.from({ length: rounds }, (_round, at) => {
    const edited: Table = { ...middle, fields: middle.fields.map((field, place) => (place === 3 ? { ...field, name: `edited_${at}` } : field)) }
    const look = (id: string) => (id === edited.id ? edited : lookup(id))
    return timeMs(() => previewCommand({ command: 'create', model, tableIds: [edited.id], dialect, lookup: look }).text)
  })
  const ratio = quickest(own) / quickest(plain)
  console.log(`${dialect.name}: ${(length / 1e6).toFixed(1)} MB in ${quickest(own).toFixed(0)} ms, plain building ${quickest(plain).toFixed(0)} ms: ratio ${ratio.toFixed(2)}${ratio > limit && isSql ? ' OVER the limit' : ''}; one edited table of ${count} in ${quickest(edits).toFixed(2)} ms`)
  return isSql ? ratio : 0
}

const model = makeModel()
const chosen = flavors.filter(({ dialect }) => only === undefined || dialect.name === only)
const worst = Math.max(...chosen.map(({ dialect }) => measure(dialect, model)))
console.log(`ratio ${worst.toFixed(2)}`)
if (worst > limit) process.exitCode = 1

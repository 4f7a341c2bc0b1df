/** A random number from 0 up to `below`, the same for the same seed. */
export type Dice = (below: number) => number

/** Numbers of a seed. Source of the algorithm: mulberry32, public domain. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const pick = <T>(dice: Dice, list: readonly T[]): T => list[dice(list.length)] as T

const declared = [
  'nvarchar(20)', 'INTEGER', '`datetime`', 'real', 'numeric(10,2)', 'DECIMAL(10,5)', '', '"quoted type"', 'UNSIGNED BIG INT', 'Int', 'VARCHAR ( 30 )', 'text', 'TEXT', 'BLOB', 'blob', 'DATETIME', 'timestamp', 'NATIVE CHARACTER(70)',
  'double precision', 'FLOAT', 'BOOLEAN', 'DATE', 'DECIMAL_TEXT(10,2)', 'STRING', 'JSON', 'UUID', 'numeric', 'money', 'bit(3)', 'CLOB', 'mediumint', 'tinyint(1)', 'VARCHAR(255) ', 'FLOATING POINT', '[odd]', 'char(3)', 'XML', 'bigint   unsigned', 'time', 'interval',
]
const strict = ['INT', 'integer', 'REAL', 'Text', 'BLOB', 'any', 'ANY']
const defaults = ['"base"', "'it''s'", '0', '-1.5', '+7', '0x1F', 'CURRENT_TIMESTAMP', 'current_date', "(datetime('now', '-1 day'))", 'NULL', 'true', "x'00FF'", '( 1 + 2 )', '1e3', "('a' || \"b\")".replace('"b"', "'b'"), '""', 'base']
const columnNames = ['a', 'B', 'c d', 'ü', 'order', 'rowid', 'oid', 'x"y', 'Name', 'n1', '_', 'select', "it's"]
const tableNames = ['t', 'Page', 'odd name', 'größe', 'group', 'q"q']
const values = ['NULL', '1', '-7', '9007199254740993', '1.5', '-0.0', '1e300', '9e999', "''", "'abc'", "'ABC '", "'12'", "'007'", "'1.10'", "' 5 '", "x''", "x'00ff'", "x'31'", "'ünï'", '0.1 + 0.2', "'2020-01-01'", "char(0) || 'a'", "'1e3'", "'Inf'"]
const comments = ['', '', '', ' /* odd, (comment) */', ' -- why, not\n ']

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export interface OddTable {
  readonly name: string
  readonly columns: readonly string[]
  /** Columns that no key, index, check or foreign key names. */
  readonly free: readonly string[]
  readonly statements: readonly string[]
  readonly rows: readonly string[]
  /** A name under which the row's number can be read; null where the table has none, or all are taken. */
  readonly rowid: string | null
}

/** A table as nobody would make it: odd declared types, defaults, keys, collations and comments, and values of every storage class in every column. */
export function oddTable(dice: Dice): OddTable {
  const name = pick(dice, tableNames)
  const isStrict = dice(5) === 0
  const count = 2 + dice(5)
  const columns = columnNames.map((one) => ({ one, at: dice(1000) })).toSorted((a, b) => a.at - b.at).slice(0, count).map(({ one }) => one)
  const key = pick(dice, ['none', 'none', 'rowid', 'counted', 'descending', 'inline', 'inline', 'table', 'collated', 'conflict'] as const)
  const [first = '', second = ''] = columns
  const used = new Set(key === 'none' ? [] : key === 'table' ? [first, second] : [first])
  const parts = columns.map((column, at) => columnText(dice, column, { isStrict, key: at === 0 ? key : 'none', used }))
  const tail: string[] = []
  if (key === 'table') tail.push(`PRIMARY KEY (${quoted(second)} DESC, ${quoted(first)})${dice(2) === 0 ? ' ON CONFLICT IGNORE' : ''}`)
  if (key === 'collated') tail.push(`CONSTRAINT "the key" PRIMARY KEY (${quoted(first)} COLLATE NOCASE)`)
  const last = columns.at(-1) ?? ''
  if (dice(3) === 0) {
    tail.push(`${dice(2) === 0 ? 'CONSTRAINT "Odd Check" ' : ''}CHECK (${quoted(last)} IS NOT 'never' /* , */)`)
    used.add(last)
  }
  if (dice(4) === 0 && count > 2) {
    tail.push(`UNIQUE (${quoted(second)} COLLATE RTRIM, ${quoted(last)}) ON CONFLICT REPLACE`)
    used.add(second)
    used.add(last)
  }
  if (dice(5) === 0) {
    tail.push(`foreign key(${quoted(last)}) references parent  ON DELETE SET NULL NOT DEFERRABLE`)
    used.add(last)
  }
  const isKeyed = key !== 'none' && key !== 'counted'
  const isWithout = isKeyed && dice(5) === 0
  const options = [...(isStrict ? ['strict'] : []), ...(isWithout ? ['WITHOUT  ROWID'] : [])]
  const separator = dice(2) === 0 ? ', ' : ',\n\t'
  const body = [...parts, ...tail].join(separator)
  const create = `CREATE TABLE ${quoted(name)}${dice(2) === 0 ? ' ' : ''}(${separator === ', ' ? '' : '\n\t'}${body}${pick(dice, comments)}${separator === ', ' ? '' : '\n'})${options.length === 0 ? '' : ` ${options.join(', ')}`}`
  const indexes = indexTexts(dice, name, columns, used)
  const taken = new Set(columns.map((one) => one.toLowerCase()))
  const rowid = isWithout ? null : (['rowid', '_rowid_', 'oid'].find((one) => !taken.has(one)) ?? null)
  return { name, columns, free: columns.filter((one) => !used.has(one)), rowid, statements: ['CREATE TABLE parent (id INTEGER PRIMARY KEY)', create, ...indexes], rows: rowTexts(dice, { name, columns, rowid }) }
}

interface Place {
  readonly isStrict: boolean
  readonly key: string
  readonly used: Set<string>
}

function columnText(dice: Dice, column: string, { isStrict, key, used }: Place): string {
  const words: string[] = []
  const isRowid = key === 'rowid' || key === 'counted' || key === 'descending'
  const type = isRowid ? pick(dice, ['INTEGER', 'integer']) : isStrict ? pick(dice, strict) : pick(dice, declared)
  if (key === 'rowid') words.push('PRIMARY KEY')
  if (key === 'counted') words.push('PRIMARY KEY AUTOINCREMENT')
  if (key === 'descending') words.push('PRIMARY KEY DESC')
  if (key === 'inline') words.push('primary key')
  if (key === 'conflict') words.push('CONSTRAINT pk PRIMARY KEY ON CONFLICT REPLACE')
  if (dice(4) === 0) words.push(`COLLATE ${pick(dice, ['NOCASE', 'rtrim', 'BINARY'])}`)
  if (dice(3) === 0 && !isRowid && !isStrict) words.push(`DEFAULT ${pick(dice, defaults)}`)
  if (dice(6) === 0 && key === 'none') words.push(`NOT NULL${dice(2) === 0 ? ' ON CONFLICT IGNORE' : ''}`)
  if (dice(8) === 0 && key === 'none') words.push('NULL')
  if (dice(8) === 0) {
    words.push(`${dice(2) === 0 ? 'constraint own ' : ''}check(length(${quoted(column)}) < 1000)`)
    used.add(column)
  }
  return `${quoted(column)}${type === '' ? '' : ` ${type}`}${words.length === 0 ? '' : ` ${words.join(dice(3) === 0 ? '  ' : ' ')}`}${pick(dice, comments)}`
}

function indexTexts(dice: Dice, name: string, columns: readonly string[], used: Set<string>): readonly string[] {
  return Array.from({ length: dice(3) }, (_, at) => {
    const column = pick(dice, columns)
    used.add(column)
    const part = pick(dice, [quoted(column), `${quoted(column)} COLLATE NOCASE DESC`, `${quoted(column)} desc`, `typeof(${quoted(column)})`])
    return `CREATE INDEX  "ix ${at}" on ${quoted(name)}(${part})${dice(3) === 0 ? ` WHERE ${quoted(column)} is not null /* some */` : ''}`
  })
}

/** Rows with gaps between their numbers; one that the table refuses is left out. */
function rowTexts(dice: Dice, { name, columns, rowid }: Pick<OddTable, 'name' | 'columns' | 'rowid'>): readonly string[] {
  let number = 0
  return Array.from({ length: dice(12) }, () => {
    number += 1 + dice(9)
    const names = [...(rowid === null ? [] : [rowid]), ...columns.map(quoted)]
    const cells = [...(rowid === null ? [] : [String(number)]), ...columns.map(() => pick(dice, values))]
    return `INSERT OR IGNORE INTO ${quoted(name)} (${names.join(', ')}) VALUES (${cells.join(', ')})`
  })
}

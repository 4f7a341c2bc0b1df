import type { ColumnShape } from '../../../app/model/shape.ts'
import { readDefault, type DefaultValue } from '../../default-value.ts'
import { isUsable, rawSql } from './expression.ts'
import type { FieldType } from './field-type.ts'
import type { Pen } from './pen.ts'
import { atom, call, keyword, text, type Py } from './python.ts'

export interface DefaultCode {
  readonly args: readonly Py[]
  /** What stands in a comment above the field because no argument says it; '' for nothing. */
  readonly comment: string
}

const nothing: DefaultCode = { args: [], comment: '' }

/** A column's default: `db_default` from Django 5.0, below it `default` for what Python can say, else a comment. */
export function defaultCode(column: ColumnShape, type: FieldType, pen: Pen): DefaultCode {
  if (column.default === null || column.identity !== null || column.generated !== null) return nothing
  const path = { property: 'default', column: column.name }
  if (!isUsable(column.default)) {
    pen.say('EXPRESSION_REFUSED', 'error', path, `The default ${JSON.stringify(column.default.slice(0, 80))} is not one whole expression: close its quotes and parentheses.`)
    return { args: [], comment: `Default in the database: ${column.default}` }
  }
  const value = readDefault(column.default)
  if (value.kind === 'null') return nothing
  const literal = literalOf(value, type, pen)
  if (pen.target.version >= 50) return { args: [keyword('db_default', literal ?? callOf(value, type, pen) ?? rawSql(column.default, pen, false))], comment: '' }
  const python = literal ?? pythonCall(value, type, pen)
  if (python !== null) {
    pen.say('DEFAULT_IN_PYTHON', 'info', path, `Before 5.0 Django has no db_default: the default ${column.default} is given by Python, the database has none from a migration.`)
    return { args: [keyword('default', python)], comment: '' }
  }
  pen.say('DEFAULT_UNSUPPORTED', 'warning', path, `Before 5.0 Django has no db_default: the default ${column.default} stands in a comment. Choose Django 5.0, or give the value in code.`)
  return { args: [], comment: `Default in the database: ${column.default}` }
}

/** A literal as the field takes it; null where it is none, or none that fits. */
export function literalOf(value: DefaultValue, type: FieldType, pen: Pen): Py | null {
  switch (value.kind) {
    case 'bool':
      return type.family === 'bool' ? atom(value.value ? 'True' : 'False') : null
    case 'number':
      return numberOf(value.text, type, pen)
    case 'text':
      return textOf(value.value, type, pen)
    case 'binary':
      return type.head === 'models.BinaryField' ? atom(`b"${value.hex.replaceAll(/../g, String.raw`\x$&`)}"`) : null
    default:
      return null
  }
}

function numberOf(written: string, type: FieldType, pen: Pen): Py | null {
  if (type.family === 'bool') return written === '1' ? atom('True') : written === '0' ? atom('False') : null
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(written) ?? []
  if (whole === '' && fraction === '') return null
  const integer = BigInt(sign + (whole === '' ? '0' : whole))
  const isWhole = /^0*$/.test(fraction)
  if (type.family === 'integer') return isWhole && type.range !== undefined && integer >= type.range[0] && integer <= type.range[1] ? atom(String(integer)) : null
  if (type.family === 'decimal') {
    const [most, places] = type.digits ?? [0, 0]
    const digits = whole.replace(/^0+/, '')
    if (digits.length > most || fraction.length > places) return null
    if (fraction === '') return atom(String(integer))
    pen.use('decimal:Decimal')
    return call('Decimal', text(`${sign}${digits === '' ? '0' : digits}.${fraction}`))
  }
  const number = Number(written)
  return type.family === 'float' && Number.isFinite(number) && whole.length + fraction.length <= 17 ? atom(pythonFloat(number)) : null
}

const pythonFloat = (number: number): string => {
  const shown = Object.is(number, -0) ? '-0.0' : String(number)
  return /^-?\d+$/.test(shown) ? `${shown}.0` : shown
}

function textOf(value: string, type: FieldType, pen: Pen): Py | null {
  // What the database would take for a NUL ends the text elsewhere.
  if (type.family === 'text') return value.includes('\0') ? null : text(value)
  if (type.family === 'date') {
    const date = isoDate(value)
    if (date === null) return null
    pen.use('datetime')
    return call('datetime.date', ...date.map((part) => atom(String(part))))
  }
  if (type.family === 'uuid' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) {
    pen.use('uuid:UUID')
    return call('UUID', text(value.toLowerCase()))
  }
  return null
}

/** Year, month and day of a date that there is; null for anything else. */
function isoDate(value: string): readonly number[] | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []
  const date = new Date(`${value}T00:00:00Z`)
  return year === '' || year === '0000' || Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) ? null : [year, month, day].map(Number)
}

const isMoment = ({ kind }: DefaultValue) => kind === 'now' || kind === 'localNow' || kind === 'utcNow'

/** Functions that Django knows; the others stay SQL. */
function callOf(value: DefaultValue, type: FieldType, pen: Pen): Py | null {
  if (isMoment(value) && type.head === 'models.DateTimeField') {
    pen.use('django.db.models.functions:Now')
    return call('Now')
  }
  if (value.kind === 'uuid' && type.family === 'uuid' && pen.target.version >= 61) {
    pen.use('django.db.models.functions:UUID4')
    return call('UUID4')
  }
  return null
}

/** The same in Python, for versions without `db_default`. */
function pythonCall(value: DefaultValue, type: FieldType, pen: Pen): Py | null {
  if (isMoment(value) && type.head === 'models.DateTimeField') {
    pen.use('django.utils.timezone:now')
    return atom('now')
  }
  if (value.kind === 'uuid' && type.family === 'uuid') {
    pen.use('uuid:uuid4')
    return atom('uuid4')
  }
  return null
}

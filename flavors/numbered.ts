import type { DataType } from '../app/model/data-type.ts'
import type { Finding } from '../app/model/finding.ts'
import { sequenceOf, usesSequence } from '../app/model/sequence-default.ts'
import type { ColumnShape, TableShape } from '../app/model/shape.ts'
import type { Dialect } from './flavor.ts'

const whole: ReadonlySet<DataType['kind']> = new Set(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'])

/** A sequence of another database that numbers the rows though it is not the field's own. */
const foreign = ({ identity, generated, default: value, type }: ColumnShape) => (identity === null && generated === null && whole.has(type.kind) ? sequenceOf(value) : null)

const isNumbered = (column: ColumnShape): boolean => column.identity === 'serial' || foreign(column) !== null

/** A table whose rows are numbered by sequences, as a flavor reads it in which a counter is a part of its field. */
function withCounters(shape: TableShape): TableShape {
  if (!shape.columns.some(isNumbered)) return shape
  return { ...shape, columns: shape.columns.map((column): ColumnShape => (isNumbered(column) ? { ...column, identity: 'default', default: null } : column)) }
}

function findingsOf(shape: TableShape, { name, label, can }: Dialect): readonly Finding[] {
  return shape.columns.flatMap((column): readonly Finding[] => {
    if (column.identity !== null || column.default === null || column.generated !== null) return []
    const path = { property: 'default', column: column.name }
    const sequence = foreign(column)
    if (sequence !== null) {
      if (can.identity === 'none') return []
      const title = sequence.schema === '' ? sequence.name : `${sequence.schema}.${sequence.name}`
      const message = `The numbers of this field come from the sequence ${title}, which is not its own. ${label} gives the field a counter of its own: its numbers are shared with nothing else, and begin at 1.`
      return [{ code: 'NUMBERS_OWN', severity: 'warning', path, message, flavor: name }]
    }
    if (!usesSequence(column.default)) return []
    const message = `The default ${JSON.stringify(column.default.slice(0, 80))} draws from a sequence of PostgreSQL: ${label} gets no such default from here. Take it off, or make the field an identity.`
    return [{ code: 'SEQUENCE_UNSUPPORTED', severity: 'error', path, message, flavor: name }]
  })
}

/**
 * A dialect of a flavor in which a counter is a part of its field: fields that are numbered by a sequence (PostgreSQL's serial, or a default that draws
 * from one) become identities, and what cannot is a finding.
 */
export function numbered(dialect: Dialect): Dialect {
  const { document } = dialect
  return {
    ...dialect,
    normalize: (shape) => dialect.normalize(withCounters(shape)),
    check: (shape) => [...dialect.check(withCounters(shape)), ...findingsOf(shape, dialect)],
    names: (shape) => dialect.names(withCounters(shape)),
    document:
      document === null ? null : (request) => document({ ...request, tables: request.tables.map(withCounters), related: request.related.map(withCounters) }),
  }
}

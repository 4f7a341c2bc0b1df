import type { DataType } from './data-type.ts'
import type { Finding, Severity } from './finding.ts'
import type { Field, Table } from './model.ts'
import { displayName } from './names.ts'
import { isKnownType, parseType } from './parse-type.ts'
import { renderType } from './render-type.ts'
import { sequenceOf } from './sequence-default.ts'

/** Adds the findings of one field by itself: its type, and what excludes what. */
export function checkField(table: Table, field: Field, findings: Finding[]): void {
  const title = `${displayName(table)}.${field.name}`
  const add = (code: string, property: string, message: string, severity: Severity = 'error'): void =>
    void findings.push({ code, severity, path: { table: table.id, field: field.id, property }, message })
  const problem = typeProblem(field.type)
  if (problem !== null) add(problem.code, 'type', `${title}: ${problem.message}`, problem.severity)
  if (field.generated !== null && field.generated.expression.trim() === '')
    add('GENERATED_EMPTY', 'generated', `${title} is generated from an empty expression; write one.`)
  if (field.generated !== null && field.default !== null)
    add('GENERATED_WITH_DEFAULT', 'default', `${title} is generated and cannot have a default as well; remove one.`)
  if (field.generated !== null && field.identity !== null)
    add('GENERATED_WITH_IDENTITY', 'identity', `${title} is generated and cannot be an identity as well; remove one.`)
  if (field.identity === 'serial' && field.default !== null && sequenceOf(field.default) === null)
    add('IDENTITY_WITH_DEFAULT', 'default', `${title} is serial: its default is the next number of its sequence, nextval('schema.sequence'), or nothing. Remove one.`)
  if (field.identity !== null && field.identity !== 'serial' && field.default !== null)
    add('IDENTITY_WITH_DEFAULT', 'default', `${title} is an identity and cannot have a default as well; remove one.`)
  if (field.identity !== null && field.identity !== 'serial' && field.nullable)
    add('IDENTITY_NULLABLE', 'nullable', `${title} is an identity and can never be NULL; make it NOT NULL.`, 'warning')
  if (field.identity !== null && !countable.has(field.type.kind))
    add('IDENTITY_TYPE', 'identity', `${title} is an identity of type ${renderType(field.type)}; it must be an integer.`)
  if (field.default !== null && field.default.trim() === '')
    add('DEFAULT_EMPTY', 'default', `${title} has a default without an expression; write one ('' is the empty text) or remove it.`)
}

const countable = new Set<DataType['kind']>(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'decimal', 'native'])

interface TypeProblem {
  readonly code: string
  readonly severity: Severity
  readonly message: string
}

/** The first thing wrong with a type, nested parts included; null when nothing is. */
export function typeProblem(type: DataType): TypeProblem | null {
  switch (type.kind) {
    case 'native':
      return type.flavor === null ? unknownType(type.text) : null
    case 'array':
      return typeProblem(type.element)
    case 'map':
      return typeProblem(type.key) ?? typeProblem(type.value)
    case 'struct':
      return structProblem(type.members)
    case 'enum':
      return enumProblem(type.values)
    case 'decimal':
      return decimalProblem(type.precision, type.scale)
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'bit':
      return type.length === 0 ? error('TYPE_LENGTH', `the length of ${renderType(type)} must be 1 or more.`) : null
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return (type.precision ?? 0) > 9 ? error('TYPE_LENGTH', `${renderType(type)} asks for more than 9 fractional digits.`) : null
    default:
      return null
  }
}

const error = (code: string, message: string): TypeProblem => ({ code, severity: 'error', message })

function unknownType(text: string): TypeProblem {
  if (text === '') return error('TYPE_EMPTY', 'there is no data type; give one, for instance int32, varchar(50) or timestamp.')
  const bare = /^([^(]+)\(.*\)$/su.exec(text)?.[1]
  if (bare !== undefined && isKnownType(parseType(bare)))
    return error('TYPE_LENGTH_NOT_ALLOWED', `${bare.trim()} does not take the parameters of ${text}.`)
  return error(
    'TYPE_UNKNOWN',
    `the data type ${text.slice(0, 80)} is not known; correct it, or write native('flavor', 'type') to pass it on as it is.`,
  )
}

function structProblem(members: readonly { readonly name: string; readonly type: DataType }[]): TypeProblem | null {
  if (members.length === 0) return error('TYPE_EMPTY', 'a struct needs one member or more.')
  const names = new Set(members.map((member) => member.name))
  if (names.size < members.length) return error('TYPE_MEMBER_DUPLICATE', 'a struct has two members of one name.')
  return members.map((member) => typeProblem(member.type)).find((problem) => problem !== null) ?? null
}

function enumProblem(values: readonly string[]): TypeProblem | null {
  if (values.length === 0) return error('TYPE_EMPTY', "an enum needs one value or more: enum('a','b').")
  return new Set(values).size < values.length ? error('TYPE_MEMBER_DUPLICATE', 'an enum has one value twice.') : null
}

function decimalProblem(precision: number | null, scale: number | null): TypeProblem | null {
  if (precision === 0) return error('TYPE_LENGTH', 'the precision of a decimal must be 1 or more.')
  if (precision === null || scale === null || (scale >= 0 && scale <= precision)) return null
  return {
    code: 'TYPE_LENGTH',
    severity: 'warning',
    message: `decimal(${precision},${scale}) has a scale outside 0 to ${precision}; few databases take it.`,
  }
}

import { assertNever } from '../../../app/errors.ts'
import type { DataType, TimeKind } from '../../../app/model/data-type.ts'
import { carrierOf } from '../../carrier.ts'
import type { NativeType } from '../../flavor.ts'
import { postgresField } from './postgres-fields.ts'
import { call, keyword, list, text, type Py } from './python.ts'
import { readField } from './read-field.ts'
import type { Target } from './target.ts'

export type Loss = NativeType['losses'][number]

/** A field class with the arguments that its type needs. */
export interface FieldType {
  /** As it is called: `models.CharField`, `ArrayField`. */
  readonly head: string
  readonly args: readonly Py[]
  /** What it needs imported, `module:name`; `django.db:models` is there anyway. */
  readonly imports: readonly string[]
  readonly losses: readonly Loss[]
  /** What a literal may be compared with it. */
  readonly family: 'integer' | 'decimal' | 'float' | 'text' | 'bool' | 'date' | 'uuid' | 'other'
  /** Least and greatest value of an integer, as Django looks at them. */
  readonly range?: readonly [bigint, bigint]
  /** Digits before and behind the point of a decimal. */
  readonly digits?: readonly [number, number]
  /** Values of an enum. */
  readonly choices?: readonly string[]
}

type More = Partial<Omit<FieldType, 'head' | 'args'>>

const field = (name: string, args: readonly Py[] = [], more: More = {}): FieldType => ({ head: `models.${name}`, args, imports: [], losses: [], family: 'other', ...more })
const loss = (code: string, severity: Loss['severity'], message: string): Loss => ({ code, severity, message, flavor: 'django' })
const widened = (message: string): readonly Loss[] => [loss('TYPE_WIDENED', 'info', message)]
const withLosses = (type: FieldType, losses: readonly Loss[]): FieldType => (losses.length === 0 ? type : { ...type, losses: [...type.losses, ...losses] })

const power = (bits: number): bigint => 2n ** BigInt(bits)
const signed = (name: string, bits: number, losses: readonly Loss[] = []) => field(name, [], { family: 'integer', range: [-power(bits - 1), power(bits - 1) - 1n], losses })
const positive = (name: string, bits: number, most: string) =>
  field(name, [], { family: 'integer', range: [0n, power(bits - 1) - 1n], losses: widened(`${name} also takes values up to ${power(bits - 1) - 1n}, beyond ${most}. A check of the field would keep the limit.`) })

/** Fields of the types without parameters that are the same in every target. Source: Django documentation, "Model field reference". */
const simple: Readonly<Record<string, FieldType>> = {
  bool: field('BooleanField', [], { family: 'bool' }),
  int8: signed('SmallIntegerField', 16, widened('Django has no 8 bit integer: SmallIntegerField also takes values beyond -128 and 127. A check of the field would keep the limits.')),
  int16: signed('SmallIntegerField', 16),
  int32: signed('IntegerField', 32),
  int64: signed('BigIntegerField', 64),
  uint8: positive('PositiveSmallIntegerField', 16, '255'),
  uint16: positive('PositiveIntegerField', 32, '65535'),
  uint32: positive('PositiveBigIntegerField', 64, '4294967295'),
  float32: field('FloatField', [], { family: 'float', losses: widened('Django has no single precision: FloatField is a double.') }),
  float64: field('FloatField', [], { family: 'float' }),
  text: field('TextField', [], { family: 'text' }),
  blob: field('BinaryField'),
  date: field('DateField', [], { family: 'date' }),
  uuid: field('UUIDField', [], { family: 'uuid' }),
  json: field('JSONField'),
  xml: field('TextField', [], { losses: [loss('TYPE_WIDENED', 'warning', 'Django has no XML field: TextField takes any text.')] }),
}

const decimalLimits: Readonly<Record<Target['database'], readonly [number, number]>> = { postgres: [1000, 1000], sqlite: [1000, 1000], mysql: [65, 30], mssql: [38, 38] }

function decimal(precision: number | null, scale: number | null, target: Target): FieldType {
  const make = (digits: number, places: number, losses: readonly Loss[] = []) =>
    field('DecimalField', [keyword('max_digits', String(digits)), keyword('decimal_places', String(places))], { family: 'decimal', digits: [digits - places, places], losses })
  if (precision === null) {
    if (target.version >= 61 && (target.database === 'postgres' || target.database === 'sqlite')) return field('DecimalField', [], { family: 'decimal', digits: [500, 500] })
    const [digits, places] = target.database === 'mssql' ? [38, 18] : [65, 30]
    return make(digits, places, [loss('TYPE_NARROWED', 'warning', `DecimalField needs its digits${target.version < 61 ? ' before Django 6.1' : ''}: ${digits} with ${places} behind the point are written. Give the type its precision and scale.`)])
  }
  const [mostDigits, mostPlaces] = decimalLimits[target.database]
  const places = Math.min(Math.max(scale ?? 0, 0), mostPlaces)
  const digits = Math.min(Math.max(precision, places, 1), mostDigits)
  if (digits === precision && places === (scale ?? 0)) return make(digits, places)
  return make(digits, Math.min(places, digits), [loss('TYPE_UNSUPPORTED', 'error', `DecimalField takes 1 to ${mostDigits} digits and no more of them behind the point, not ${precision} and ${scale ?? 0}. Change precision and scale.`)])
}

const lengthLimits: Readonly<Record<Target['database'], number>> = { postgres: 10_485_760, sqlite: 1_000_000_000, mysql: 16_383, mssql: 4000 }

function chars(length: number, losses: readonly Loss[] = []): FieldType {
  const shown = Math.max(length, 1)
  const all = shown === length ? losses : [...losses, loss('TYPE_UNSUPPORTED', 'error', 'CharField needs a length of at least 1.')]
  return field('CharField', [keyword('max_length', String(shown))], { family: 'text', losses: all })
}

function varchar(length: number | null, target: Target): FieldType {
  if (length === null) {
    const isUnlimited = target.database === 'postgres' || (target.database === 'sqlite' && target.version >= 52)
    return isUnlimited ? field('CharField', [], { family: 'text' }) : withLosses(field('TextField', [], { family: 'text' }), widened('CharField needs a length here: TextField is written. Give the type its length.'))
  }
  if (length <= lengthLimits[target.database]) return chars(length)
  return field('TextField', [], { family: 'text', losses: [loss('TYPE_WIDENED', 'warning', `CharField takes at most ${lengthLimits[target.database]} characters here: TextField without a limit is written.`)] })
}

function binary(type: Extract<DataType, { readonly length: number | null }>): FieldType {
  const { kind, length } = type
  const bytes = kind === 'bit' ? Math.ceil((length ?? 1) / 8) : length
  const args = bytes === null ? [] : [keyword('max_length', String(Math.max(bytes, 1)))]
  if (kind === 'bit') return field('BinaryField', args, { losses: [loss('TYPE_WIDENED', 'warning', 'Django has no bits: BinaryField keeps whole bytes.')] })
  const limits = bytes === null ? [] : widened('Django looks at the length of a BinaryField in forms only: the column takes any.')
  return field('BinaryField', args, { losses: limits })
}

function time(type: Extract<DataType, { readonly kind: TimeKind }>, target: Target): FieldType {
  const name = type.kind === 'time' ? 'TimeField' : 'DateTimeField'
  const precise = type.precision === null || type.precision === 6 ? [] : widened(`${name} has six fractional digits, not ${type.precision}.`)
  if (type.kind === 'timestamp' && target.zones) {
    const made = target.database === 'postgres' || target.database === 'mssql' ? ' and makes a column with time zone' : ''
    return field(name, [], { losses: [...precise, loss('TYPE_TIME_ZONE', 'warning', `With USE_TZ Django takes the values of a DateTimeField for moments in UTC${made}: a local time changes its meaning. Use timestamptz, or set django.tz to no.`)] })
  }
  if (type.kind === 'timestamptz' && !target.zones) {
    return field(name, [], { losses: [...precise, loss('TYPE_TIME_ZONE', 'warning', 'Without USE_TZ Django reads and writes local times: the zone is not kept. Set django.tz to yes.')] })
  }
  return field(name, [], { losses: precise })
}

function enumeration(type: Extract<DataType, { kind: 'enum' }>): FieldType {
  const values = [...new Set(type.values)]
  const longest = Math.max(1, ...values.map((value) => Array.from(value).length))
  const pairs = values.map((value): Py => ({ kind: 'tuple', items: [text(value), text(value)] }))
  const losses = values.length === 0 ? [loss('TYPE_UNSUPPORTED', 'error', 'The enum has no values.')] : widened('Django has no enum type: a CharField with choices is written, and a check of its values.')
  return field('CharField', [keyword('max_length', String(longest)), ...(pairs.length === 0 ? [] : [keyword('choices', list(pairs))])], { family: 'text', losses, ...(values.length === 0 ? {} : { choices: values }) })
}

function array(type: Extract<DataType, { kind: 'array' }>, target: Target): FieldType {
  if (target.database !== 'postgres') return withLosses(field('JSONField'), [loss('TYPE_WIDENED', 'warning', 'Only PostgreSQL has arrays: JSONField takes any JSON.')])
  const element = fieldTypeOf(type.element, target)
  return {
    head: 'ArrayField',
    args: [call(element.head, ...element.args)],
    imports: [...element.imports, 'django.contrib.postgres.fields:ArrayField'],
    losses: element.losses,
    family: 'other',
  }
}

function native(type: Extract<DataType, { kind: 'native' }>, target: Target): FieldType {
  const own = type.flavor === 'django' ? readField(type.text, target.zones) : null
  if (own !== null && own.kind !== 'native') return fieldTypeOf(own, target)
  if (type.flavor === null || type.flavor === 'django') {
    return field('TextField', [], { losses: [loss('TYPE_UNKNOWN', 'error', `The type is not known: ${type.text}. A TextField is written. Choose a type of the list.`)] })
  }
  const known = type.flavor === 'postgres' && target.database === 'postgres' ? postgresField(type.text) : null
  if (known !== null) return { head: known.name, args: [], imports: [`${known.module}:${known.name}`], losses: [], family: 'other' }
  const carrier = carrierOf(type)
  const carried = fieldTypeOf(carrier.type, target)
  const lost = carrier.lost === '' ? 'every value comes through' : `what is lost: ${carrier.lost}`
  return { ...carried, losses: [loss('TYPE_FOREIGN', carrier.lost === '' ? 'info' : 'warning', `The type ${type.text} belongs to ${type.flavor}. Here ${carried.head} carries it; ${lost}.`), ...carried.losses] }
}

function geometry(target: Target): FieldType {
  if (!target.gis) return field('TextField', [], { losses: [loss('TYPE_NEEDS_EXTENSION', 'warning', 'A geometry needs GeoDjango: a TextField is written. Set django.gis to yes for a GeometryField.')] })
  return { head: 'gis_models.GeometryField', args: [keyword('srid', '0'), keyword('spatial_index', 'False')], imports: ['django.contrib.gis.db:models as gis_models'], losses: [], family: 'other' }
}

/** The field of a type. Never throws. */
export function fieldTypeOf(type: DataType, target: Target): FieldType {
  switch (type.kind) {
    case 'uint64':
      return decimal(20, 0, target)
    case 'decimal':
      return decimal(type.precision, type.scale, target)
    case 'char':
      return withLosses(varchar(type.length ?? 1, target), widened('Django has no fixed length: a CharField is not padded with blanks.'))
    case 'varchar':
      return varchar(type.length, target)
    case 'binary':
    case 'varbinary':
    case 'bit':
      return binary(type)
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return time(type, target)
    case 'interval':
      return field('DurationField', [], { losses: target.database === 'postgres' ? widened('Python has no months: they come as 30 days.') : widened('DurationField is kept as a number of microseconds.') })
    case 'inet':
      return field('GenericIPAddressField', [], { losses: widened('GenericIPAddressField takes no mask.') })
    case 'enum':
      return enumeration(type)
    case 'array':
      return array(type, target)
    case 'map':
    case 'struct':
      return field('JSONField', [], { losses: [loss('TYPE_WIDENED', 'warning', `Django has no ${type.kind}: JSONField takes any JSON.`)] })
    case 'geometry':
      return geometry(target)
    case 'native':
      return native(type, target)
    case 'bool':
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'float32':
    case 'float64':
    case 'text':
    case 'blob':
    case 'date':
    case 'uuid':
    case 'json':
    case 'xml':
      return simple[type.kind] ?? field('TextField')
    default:
      return assertNever(type)
  }
}

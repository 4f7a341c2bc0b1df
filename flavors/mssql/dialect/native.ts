/** A native type taken apart: its name with synonyms folded, and its numbers. */
export interface Native {
  /** `nvarchar`, `decimal`, `datetime2` ...; '' for an alias type, whose spelling alone is known. */
  readonly base: string
  /** Length in the type's own unit, digits, or fractional digits; every number that may be left out is filled in. */
  readonly size: number | 'max' | null
  readonly scale: number | null
  /** The one spelling of it in a DDL. */
  readonly text: string
}

const synonyms: Readonly<Record<string, string>> = {
  integer: 'int', dec: 'decimal', numeric: 'decimal', 'double precision': 'float', character: 'char', 'char varying': 'varchar', 'character varying': 'varchar',
  'national char': 'nchar', 'national character': 'nchar', 'national char varying': 'nvarchar', 'national character varying': 'nvarchar', 'national text': 'ntext',
  'binary varying': 'varbinary', timestamp: 'rowversion',
}
const plain = new Set(
  ('bit tinyint smallint int bigint real money smallmoney date datetime smalldatetime uniqueidentifier xml json geometry geography hierarchyid sql_variant ' +
    'rowversion text ntext image').split(' '),
)
/** Types with a length: what it is when left out, and the most that is not `max`. */
const sized: Readonly<Record<string, { readonly most: number; readonly max: boolean }>> = {
  char: { most: 8000, max: false }, varchar: { most: 8000, max: true }, nchar: { most: 4000, max: false }, nvarchar: { most: 4000, max: true },
  binary: { most: 8000, max: false }, varbinary: { most: 8000, max: true },
}
const timed = new Set(['time', 'datetime2', 'datetimeoffset'])

const make = (base: string, size: Native['size'] = null, scale: number | null = null): Native => {
  const numbers = size === null ? '' : `(${size}${scale === null ? '' : `,${scale}`})`
  return { base, size, scale, text: `${base}${numbers}` }
}

/** A part of a type's name in brackets. */
const part = String.raw`\[(?:[^\]\0]|\]\])+\]`
const alias = new RegExp(`^${part}\\.${part}$`)
const typedXml = new RegExp(`^xml ?\\( ?(?:(?:content|document) )?(?:${part}|[a-z_]\\w*)(?:\\.(?:${part}|[a-z_]\\w*))? ?\\)$`, 'i')

/** A native spelling taken apart; null when SQL Server has no such type. An alias type is known by its brackets: `[dbo].[Phone]`. */
export function parseNative(given: string): Native | null {
  const text = given.trim().replaceAll(/\s+/g, ' ')
  if (alias.test(text) && !/^\[sys\]\./i.test(text)) return { base: '', size: null, scale: null, text }
  if (typedXml.test(text)) return { base: 'xml', size: null, scale: null, text }
  const folded = text.toLowerCase().replace(/^(?:\[sys\]|sys)\./, '').replace(/^\[(\w+)\]/, '$1')
  const [, name = '', first, second] = /^([a-z][a-z0-9_]*(?: [a-z]+)*) ?(?:\( ?(max|\d+) ?(?:, ?(\d+) ?)?\))?$/.exec(folded) ?? []
  if (name === '') return null
  const base = Object.hasOwn(synonyms, name) ? (synonyms[name] ?? name) : name
  return first !== undefined && second === undefined && first !== 'max' && base === 'float' && name === 'float' ? floatOf(Number(first)) : known(base, first, second)
}

const floatOf = (bits: number): Native | null => (bits < 1 || bits > 53 ? null : bits <= 24 ? make('real') : make('float', 53))

function known(base: string, first: string | undefined, second: string | undefined): Native | null {
  const size = first === 'max' ? 'max' : first === undefined ? null : Number(first)
  if (base === 'decimal') {
    if (size === 'max') return null
    const [precision, scale] = [size ?? 18, second === undefined ? 0 : Number(second)]
    return precision >= 1 && precision <= 38 && scale <= precision ? make('decimal', precision, scale) : null
  }
  if (second !== undefined) return null
  if (base === 'float') return size === null ? make('float', 53) : null
  if (base === 'sysname') return size === null ? make('nvarchar', 128) : null
  if (plain.has(base)) return size === null ? make(base) : null
  if (timed.has(base)) return size === null || (size !== 'max' && size <= 7) ? make(base, size ?? 7) : null
  if (base === 'vector') return size !== null && size !== 'max' && size >= 1 && size <= 1998 ? make('vector', size) : null
  const rule = Object.hasOwn(sized, base) ? sized[base] : undefined
  if (rule === undefined) return null
  if (size === 'max') return rule.max ? make(base, 'max') : null
  return (size ?? 1) >= 1 && (size ?? 1) <= rule.most ? make(base, size ?? 1) : null
}

const texts = new Set(['char', 'varchar', 'text', 'nchar', 'nvarchar', 'ntext'])
/** Whether values are text: they have a collation. */
export const isText = ({ base }: Native): boolean => texts.has(base)
/** Whether values are texts of a code page, which holds some characters only. */
export const isCodePage = ({ base }: Native): boolean => base === 'char' || base === 'varchar' || base === 'text'
/** Whether the server gives a new value with each change: nothing can be stored there. */
export const isRowVersion = ({ base }: Native): boolean => base === 'rowversion'

import type { Id } from './model.ts'
import type { TableName } from './shape.ts'

/**
 * Ids of tables and fields that are read from a database, made from their names alone: two people who load the same database get the same ids, a model that is
 * loaded again is the same file, and a field that was renamed after it was loaded still tells which column it was.
 */
export const loadedTableId = ({ schema, name }: TableName, attempt = 0): Id => stableId(['table', schema, name], attempt)

/** `table`: the table's name in the database. */
export const loadedFieldId = ({ schema, name }: TableName, column: string, attempt = 0): Id =>
  stableId(['field', schema, name, column], attempt)

/** A maker of ids for what has no name of its own to go by (keys, checks, indexes): the same sequence for the same seed. */
export function loadedPartIds(seed: string): () => Id {
  let last = 0
  return () => stableId(['part', seed, String(++last)], 0)
}

const letters = 'abcdefghjkmnpqrstvwxyz'
const alphabet = `0123456789${letters}`

/** 12 lower-case characters, the first a letter, as `makeIds` gives them: about 58 bits of a hash. Clashes inside a model are the caller's to look for. */
function stableId(parts: readonly string[], attempt: number): Id {
  const text = JSON.stringify(attempt === 0 ? parts : [...parts, attempt])
  const [head, tail] = [hash(text, 0x81_1c_9d_c5), hash(text, 0x2f_0b_44_21)]
  return letters.charAt(head % letters.length) + digits(Math.floor(head / letters.length), 5) + digits(tail, 6)
}

/** The last `count` digits of a number in base 32. */
function digits(number: number, count: number): string {
  let text = ''
  for (let rest = number; text.length < count; rest = Math.floor(rest / alphabet.length)) text = alphabet.charAt(rest % alphabet.length) + text
  return text
}

/** FNV-1a, 32 bit, with a last mix so that texts which differ at their end differ everywhere. Source: isthe.com/chongo/tech/comp/fnv, MurmurHash3's finalizer. */
function hash(text: string, seed: number): number {
  let value = seed
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01_00_01_93)
  value = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2_b2_ae_35)
  return (value ^ (value >>> 16)) >>> 0
}

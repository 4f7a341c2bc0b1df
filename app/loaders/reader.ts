import { MetaMigrateError } from '../errors.ts'

/** Reads an unknown value as a T, or throws JSON_INVALID with the place (`tables[3].fields[0].name`) and what was expected. Unknown properties are refused: dropping them would lose them. */
export type Reader<T> = (value: unknown, place: string) => T

const refuse = (place: string, expected: string): MetaMigrateError =>
  new MetaMigrateError('JSON_INVALID', `${place === '' ? 'The document' : place}: expected ${expected}.`, { place, expected })

export const text: Reader<string> = (value, place) => {
  if (typeof value !== 'string') throw refuse(place, 'a text')
  return value
}

export const flag: Reader<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw refuse(place, 'true or false')
  return value
}

export const integer: Reader<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw refuse(place, 'a whole number')
  return value
}

/** One of these texts. */
export const oneOf =
  <const T extends string>(...words: readonly T[]): Reader<T> =>
  (value, place) => {
    const found = words.find((word) => word === value)
    if (found === undefined) throw refuse(place, `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`)
    return found
  }

export const orNull =
  <T>(reader: Reader<T>): Reader<T | null> =>
  (value, place) =>
    value === null ? null : reader(value, place)

export const list =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) throw refuse(place, 'a list')
    return value.map((item: unknown, at) => reader(item, `${place}[${at}]`))
  }

/** An object with any names, `__proto__` too. */
export const dictionary =
  <T>(reader: Reader<T>): Reader<Readonly<Record<string, T>>> =>
  (value, place) =>
    Object.fromEntries(Object.entries(plain(value, place)).map(([key, item]) => [key, reader(item, `${place}.${key}`)]))

type Readers<T> = { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> }

/** An object with these properties; those named in `optional` may be missing. */
export const object =
  <T extends object>(readers: Readers<T>, optional: readonly (keyof T)[] = []): Reader<T> =>
  (value, place) => {
    const source = new Map(Object.entries(plain(value, place)))
    const found: Partial<T> = {}
    for (const key of Object.keys(readers) as (keyof T & string)[]) {
      if (!source.has(key) && optional.includes(key)) continue
      found[key] = readers[key](source.get(key), place === '' ? key : `${place}.${key}`)
      source.delete(key)
    }
    const [unknown] = source.keys()
    if (unknown !== undefined) throw refuse(place, `no property ${JSON.stringify(unknown)}`)
    return found as T
  }

function plain(value: unknown, place: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(place, 'an object')
  return value
}

/** Where and how a value is not a `T`: `.tables[3].name: expected text`; null when it is one. Fast on success: no text is made then. */
export interface Check<T> {
  (value: unknown): string | null
  /** Types only: binds the check to what it proves. */
  readonly of?: T
}

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? ({} extends Pick<T, K> ? K : never) : never }[keyof T]

const expected = (what: string): string => `: expected ${what}`

/** A string of at most `max` UTF-16 units. */
export const text = (max = 1_000_000): Check<string> => (value) => (typeof value === 'string' && value.length <= max ? null : expected(`text of at most ${max} characters`))

export const filled = (max = 1_000): Check<string> => (value) => (typeof value === 'string' && value.length > 0 && value.length <= max ? null : expected(`text of 1 to ${max} characters`))

export const flag: Check<boolean> = (value) => (typeof value === 'boolean' ? null : expected('true or false'))

/** A whole number from 0 that a double holds exactly. */
export const count: Check<number> = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? null : expected('a whole number'))

export function oneOf<const T extends string | null>(...values: readonly T[]): Check<T> {
  const known: ReadonlySet<unknown> = new Set(values)
  return (value) => (known.has(value) ? null : expected(values.map(String).join(' or ')))
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value) => (value === null ? null : check(value))
}

export function list<T>(check: Check<T>, max = 1_000_000): Check<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return expected('a list')
    if (value.length > max) return expected(`at most ${max} items`)
    for (let i = 0; i < value.length; i++) {
      const problem = check(value[i])
      if (problem !== null) return `[${i}]${problem}`
    }
    return null
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object with any own keys, each value proved. */
export function record<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isRecord(value)) return expected('an object')
    for (const key of Object.keys(value)) {
      const problem = check(value[key])
      if (problem !== null) return `[${JSON.stringify(key)}]${problem}`
    }
    return null
  }
}

/** An object with just these members; `optional` ones may be absent. A member that nobody named is refused. */
export function object<T extends object>(checks: { readonly [K in keyof T]-?: Check<Exclude<T[K], undefined>> }, ...optional: readonly OptionalKeys<T>[]): Check<T> {
  const members = Object.entries(checks) as readonly (readonly [string, Check<unknown>])[]
  const mayLack = new Set<string>(optional as readonly string[])
  const names = new Set(members.map(([name]) => name))
  return (value) => {
    if (!isRecord(value)) return expected('an object')
    let seen = 0
    for (const [name, check] of members) {
      if (!Object.hasOwn(value, name)) {
        if (mayLack.has(name)) continue
        return `.${name}${expected('a value')}`
      }
      seen++
      const problem = check(value[name])
      if (problem !== null) return `.${name}${problem}`
    }
    const keys = Object.keys(value)
    if (keys.length === seen) return null
    return `.${keys.find((key) => !names.has(key)) ?? ''}: not known here`
  }
}

/** One of several objects, told apart by their member `kind`. */
export function byKind<T extends { readonly kind: string }>(kinds: { readonly [K in T['kind']]: Check<Extract<T, { readonly kind: K }>> }): Check<T> {
  const known = new Map(Object.entries(kinds)) as ReadonlyMap<unknown, Check<unknown>>
  return (value) => {
    if (!isRecord(value)) return expected('an object')
    const check = known.get(value['kind'])
    return check === undefined ? `.kind${expected([...known.keys()].join(' or '))}` : check(value)
  }
}

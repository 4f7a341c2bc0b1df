/** Versions to choose from, the fallback first: by year, as everyone names them. */
export const versionSetting = {
  name: 'version',
  label: 'Version',
  about: 'The oldest SQL Server that has to understand the text.',
  values: ['2019', '2016', '2017', '2022', '2025'],
  fallback: '2019',
} as const

/**
 * Version number of a year: major version times 1,000,000 plus the build, so that 15.0.4430 is 15004430. A year alone stands for its first build.
 * Azure SQL, whose product version stays at 12.0, counts as the newest.
 */
const numbers: Readonly<Record<string, number>> = { '2016': 13_000_000, '2017': 14_000_000, '2019': 15_000_000, '2022': 16_000_000, '2025': 17_000_000 }

/** First build of a year; 2019 for one that nobody knows. */
export const versionOf = (year: string): number => numbers[year] ?? 15_000_000

/** What the text depends on. Source: Microsoft Learn, "What's new" of SQL Server 2022 and 2025. */
export interface Features {
  /** `ISJSON(x, VALUE)` takes scalars too; before, only objects and arrays are JSON to it. Since 2022. */
  readonly jsonValues: boolean
  /** The type `json`. Since 2025. */
  readonly jsonType: boolean
}

const [v2016, v2022, v2025]: readonly [Features, Features, Features] = [
  { jsonValues: false, jsonType: false },
  { jsonValues: true, jsonType: false },
  { jsonValues: true, jsonType: true },
]

/** The same object for the same features: what is made once for a type is kept by it. */
export const featuresOf = (version: number): Features => (version >= 17_000_000 ? v2025 : version >= 16_000_000 ? v2022 : v2016)

/** `make` with its answers kept by the object (a type of the model), for each set of features. Only for pure functions. */
export function rememberByObject<K extends object, T>(make: (key: K, features: Features) => T): (key: K, features: Features) => T {
  const known = new WeakMap<Features, WeakMap<K, T>>()
  return (key, features) => {
    let own = known.get(features)
    if (own === undefined) known.set(features, (own = new WeakMap()))
    const found = own.get(key)
    if (found !== undefined) return found
    const value = make(key, features)
    own.set(key, value)
    return value
  }
}

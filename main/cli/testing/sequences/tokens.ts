import { isPrivate, type Look } from './database.ts'

/** Where a token (a row's `row-N.`, a value's `val-N.`) is found. */
export interface Home {
  /** In a table that a person sees. */
  readonly isLive: boolean
  /** `0:alpha`, `1:alpha__mm_0a1b2c3d`: database and table. */
  readonly tables: ReadonlySet<string>
}

export type Census = ReadonlyMap<string, Home>

/** Every token in the databases, with the tables that hold it: read from the rows themselves, whatever the columns are called. */
export function censusOf(looks: readonly Look[]): Census {
  const found = new Map<string, { isLive: boolean; readonly tables: Set<string> }>()
  looks.forEach(({ rows }, database) => {
    for (const [table, texts] of rows) {
      for (const text of texts) {
        for (const [token] of text.matchAll(/\b(?:row|val)-\d+\./g)) {
          const home = found.get(token) ?? { isLive: false, tables: new Set<string>() }
          if (!isPrivate(table)) home.isLive = true
          home.tables.add(`${database}:${table}`)
          found.set(token, home)
        }
      }
    }
  })
  return found
}

/** The values beside each row that a person sees, by the row's token: `row-1.` -> `val-1. val-9.` */
export function companions(looks: readonly Look[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { rows } of looks) {
    for (const [table, texts] of rows) {
      if (isPrivate(table)) continue
      for (const text of texts) {
        const row = /\brow-\d+\./.exec(text)?.[0]
        if (row !== undefined) found.set(row, [...text.matchAll(/\bval-\d+\./g)].map(([value]) => value).toSorted().join(' '))
      }
    }
  }
  return found
}

/** Tokens that were somewhere before and are nowhere now. */
export const vanished = (before: Census, after: Census): readonly string[] => [...before.keys()].filter((token) => !after.has(token))

/** Tokens that a person saw in a table before, and sees in none now. */
export const hidden = (before: Census, after: Census): readonly string[] => [...before].filter(([token, { isLive }]) => isLive && after.get(token)?.isLive !== true).map(([token]) => token)

export const isRow = (token: string): boolean => token.startsWith('row-')

import * as fc from 'fast-check'
import { hostileNames } from './any-type.ts'

/** Words that no flavor reserves: they can stand in an expression without quotes. */
const tableWords = ['person', 'invoice', 'visit', 'ward', 'sample_run', 'price_list', 'stock_item', 'audit_entry'] as const
const columnWords = ['code', 'label', 'amount', 'quantity', 'weight_kg', 'born_on', 'opened_at', 'note', 'score', 'is_open', 'ratio', 'payload'] as const

// Names that are legal where a length is: too long ones have tests of their own.
const wild = hostileNames.filter((name) => name.length < 60)

/** Whether an expression may name it without quotes, in every flavor. */
export const isPlainName = (name: string): boolean => /^[a-z][a-z0-9_]*$/.test(name) && !hostileNames.some((one) => one === name)

/** How often a name is hostile: never, or every other one. */
export const anyNaming = (hostile: number): fc.Arbitrary<'plain' | 'hostile'> =>
  fc.oneof({ weight: 100 - hostile, arbitrary: fc.constant('plain' as const) }, { weight: hostile, arbitrary: fc.constant('hostile' as const) })

/** What two names must not share to be two names to every flavor: case, accents, blanks around, and the sign that fits no quote. */
const folded = (name: string) => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase()

/** Names for things of a kind, one for each seed, all different to every flavor. */
export function namesOf(kind: 'table' | 'column', seeds: readonly number[], naming: 'plain' | 'hostile'): readonly string[] {
  const words = kind === 'table' ? tableWords : columnWords
  // Names that a table gives itself.
  const taken = new Set(['id', 'derived_value', 'parent_1', 'parent_2'])
  return seeds.map((seed) => {
    const base = naming === 'hostile' && seed % 2 === 1 ? (wild[seed % wild.length] ?? 'x') : (words[seed % words.length] ?? 'x')
    let name = base
    for (let n = 2; taken.has(folded(name)); n++) name = `${base}_${n}`
    taken.add(folded(name))
    return name
  })
}

import { foldName } from '../diff/names.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { Dependent } from '../flavor/driver.ts'
import type { TableShape } from '../model/shape.ts'
import { inboundReference } from './dependents.ts'
import { partNames } from './parts.ts'

/** An object that hangs on a table, as a plan names it: `trigger audit`, `check flat (NO INHERIT)`. */
export interface HangingPart {
  readonly kind: string
  readonly name: string
  readonly text: string
}

export interface Settled {
  /** As given, but what does not come back has nothing to attach; its way back on the old table stays. */
  readonly dependents: readonly Dependent[]
  readonly kept: readonly HangingPart[]
  /** Texts of those of `kept` that a person may ask to go. */
  readonly droppable: ReadonlySet<string>
  readonly gone: readonly (HangingPart & { readonly why: 'model' | 'asked' | 'replaced' | 'with' })[]
  readonly blocked: readonly (HangingPart & { readonly why: string })[]
}

export interface SettleInput {
  readonly dependents: readonly Dependent[]
  /** The table as it shall be, with what is kept of it. */
  readonly after: TableShape
  /** As the model says it, or said it once. */
  readonly base: TableShape | null
  /** Columns that go, by the names that dependents give them. */
  readonly dropped: ReadonlySet<string>
  /** Names of the table that dependents may end with. */
  readonly displays: readonly string[]
  readonly isAsked: (part: HangingPart) => boolean
  readonly dialect: Dialect
}

/** What comes back on the new table: where the part that it hangs on is there, and where no part of the model has its name. */
export function settleDependents(input: SettleInput): Settled {
  const { after, base, dialect } = input
  const fold = (name: string) => foldName(dialect.can, name)
  const own = partNames(after, dialect)
  const known = base === null ? new Set<string>() : partNames(base, dialect)
  const numbered = new Set(after.columns.filter(({ identity }) => identity === 'always' || identity === 'default').map(({ name }) => fold(name)))
  const made = new Set<string>()
  const settled = { dependents: [] as Dependent[], kept: [] as HangingPart[], droppable: new Set<string>(), gone: [] as Settled['gone'][number][], blocked: [] as Settled['blocked'][number][] }
  // What makes a part is settled before what hangs on one.
  const verdicts = new Map<Dependent, Settled['gone'][number]['why'] | 'kept' | 'blocked' | 'silent'>()
  const judge = (one: Dependent) => {
    const part = partOf(one, input.displays)
    if (one.makes !== undefined && own.has(fold(one.makes.name))) return 'replaced' as const
    if (one.makes !== undefined && known.has(fold(one.makes.name))) return 'model' as const
    if (one.needs !== undefined) {
      const there = one.needs.kind === 'identity' ? numbered.has(fold(one.needs.name)) : own.has(fold(one.needs.name)) || made.has(fold(one.needs.name))
      if (!there) return one.attach.length === 0 ? ('silent' as const) : ('with' as const)
    }
    const isPart = part !== null && isDroppable(one, input.displays)
    if (isPart && input.isAsked(part)) return 'asked' as const
    const isStuck = one.columns.some((column) => input.dropped.has(column))
    if (isStuck && isPart) return 'blocked' as const
    if (one.makes !== undefined) made.add(fold(one.makes.name))
    return 'kept' as const
  }
  for (const one of [...input.dependents.filter(({ makes }) => makes !== undefined), ...input.dependents.filter(({ makes }) => makes === undefined)])
    verdicts.set(one, judge(one))
  for (const one of input.dependents) {
    // Whether a sequence of a column goes on is seen when the columns are paired.
    if (isOwnSequence(one)) {
      settled.dependents.push(one)
      continue
    }
    const verdict = verdicts.get(one) ?? 'kept'
    const part = partOf(one, input.displays)
    settled.dependents.push(verdict === 'kept' || verdict === 'blocked' ? one : withoutAttach(one))
    if (part === null) continue
    if (verdict === 'kept') {
      settled.kept.push(part)
      if (isDroppable(one, input.displays)) settled.droppable.add(part.text)
    } else if (verdict === 'blocked') settled.blocked.push({ ...part, why: `needs ${one.columns.filter((column) => input.dropped.has(column)).join(', ')}, which the model drops` })
    else if (verdict !== 'silent') settled.gone.push({ ...part, why: verdict })
  }
  return settled
}

/** It is not put on the new table; on the way back the old one gets it as it was. */
const withoutAttach = (one: Dependent): Dependent => ({ ...one, columns: [], attach: [], restore: one.restore ?? one.attach })

const isOwnSequence = ({ counter }: Dependent): boolean => counter !== undefined && counter.by !== 'identity'

/** Kinds that a plan may leave out when it is asked to: they are the table's own, and nobody's right hangs on them. */
const droppable: ReadonlySet<string> = new Set(['constraint', 'index', 'comment', 'storage', 'statistics', 'trigger', 'rule', 'cluster', 'replica identity', 'sequence'])

export function isDroppable(one: Dependent, displays: readonly string[]): boolean {
  if (!droppable.has(one.kind) || one.attach.length === 0 || one.refuse !== undefined || isOwnSequence(one)) return false
  return one.makes !== undefined || one.needs !== undefined || one.kind === 'statistics' || (one.kind === 'trigger' && one.detach.length > 0) || isOn(one, displays)
}

const isOn = ({ name }: Dependent, displays: readonly string[]) => displays.some((display) => name.endsWith(` on ${display}`) || name.endsWith(` of ${display}`) || name.includes(` of ${display}.`))

/** Kinds that are another table's, or that nobody would call an object. */
const unnamed: ReadonlySet<string> = new Set([inboundReference, 'owner', 'clause'])

/** The object as a plan names it; null for what is not named: it is another table's, or it does not come back since it never went. */
export function partOf(one: Dependent, displays: readonly string[]): HangingPart | null {
  if (unnamed.has(one.kind) || one.attach.length === 0 || isOwnSequence(one)) return null
  const { makes } = one
  if (makes !== undefined) return { kind: makes.kind, name: makes.name, text: `${makes.kind} ${makes.name} (${makes.form})` }
  const ending = displays.flatMap((display) => [` on ${display}`, ` of ${display}`]).find((end) => one.name.endsWith(end))
  const text = ending === undefined ? one.name : one.name.slice(0, -ending.length)
  return { kind: one.kind, name: text.startsWith(`${one.kind} `) ? text.slice(one.kind.length + 1) : '', text }
}

import type { Finding, Severity } from '../../app/model/finding.ts'
import type { Id } from '../../app/model/model.ts'

type Index = ReadonlyMap<string, readonly Finding[]>
/** Findings by table: a table's list is made anew when it is checked, and only then. */
export type TableFindings = ReadonlyMap<Id, readonly Finding[]>

// By a table's list: an edit makes the index of one table anew, however many the model has.
const indexes = new WeakMap<readonly Finding[], Index>()

/** Where a finding is shown in a sheet. */
export interface Place {
  readonly table: Id
  readonly part: Id | null
}

const key = (part: string | null | undefined, property: string | undefined): string => `${part ?? ''} ${property ?? ''}`

function indexOf(findings: readonly Finding[]): Index {
  const old = indexes.get(findings)
  if (old) return old
  const index = new Map<string, Finding[]>()
  for (const finding of findings) {
    const { field, part, property } = finding.path
    const at = key(field ?? part, property)
    const list = index.get(at)
    if (list === undefined) index.set(at, [finding])
    else list.push(finding)
  }
  indexes.set(findings, index)
  return index
}

const rank: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1 }

function findingsAt(findings: TableFindings, place: Place, property: string): readonly Finding[] {
  const own = findings.get(place.table)
  return own === undefined ? [] : (indexOf(own).get(key(place.part, property)) ?? [])
}

/** The worst severity shown in a cell; null when there is none. */
export function worstAt(findings: TableFindings, place: Place, property: string): Severity | null {
  let worst: Severity | null = null
  for (const finding of findingsAt(findings, place, property))
    if (worst === null || rank[finding.severity] > rank[worst]) worst = finding.severity
  return worst
}

/** Whether a cell's problems are the shown flavor's alone: what is lost or surprises there, while the model itself is sound. */
export function isFlavorOnly(findings: TableFindings, place: Place, property: string): boolean {
  const here = findingsAt(findings, place, property)
  return here.length > 0 && here.every((finding) => finding.flavor !== undefined && finding.severity !== 'error')
}

/** What a cell says about its problems; null when it has none. */
export function messageAt(findings: TableFindings, place: Place, property: string): string | null {
  const here = findingsAt(findings, place, property)
  return here.length === 0 ? null : here.map((finding) => finding.message).join(' ')
}

import type { Finding, Severity } from '../../app/model/finding.ts'

/** Findings that say the same, as one line. */
export interface FindingGroup {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly count: number
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Findings by code and message with their number, the worst first. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const { code, severity, message } of findings) {
    const key = `${severity} ${code} ${message}`
    groups.set(key, { code, severity, message, count: (groups.get(key)?.count ?? 0) + 1 })
  }
  return [...groups.values()].toSorted((a, b) => rank[a.severity] - rank[b.severity])
}

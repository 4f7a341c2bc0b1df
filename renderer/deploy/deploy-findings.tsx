import type { Finding } from '../../app/model/finding.ts'
import { groupFindings, type FindingGroup } from '../parts/finding-groups.ts'
import { SeverityMark } from '../parts/finding-line.tsx'
import type { DeployState } from '../store/state.ts'

/** What the plan and its reply say; both may hold a finding. */
export function deployFindings({ reply }: DeployState): readonly Finding[] {
  const all = [...(reply?.plan?.findings ?? []), ...(reply?.findings ?? [])]
  // What only the database has is a list of its own.
  const told = reply?.plan?.unmanaged === undefined ? all : all.filter(({ code }) => code !== 'MM408' && code !== 'MM411')
  return [...new Map(told.map((finding) => [JSON.stringify(finding), finding])).values()]
}

/** Risks that nobody can accept and warnings; notes are folded. Losses stand in a list of their own. */
export function DeployFindings({ findings }: { readonly findings: readonly Finding[] }) {
  const groups = groupFindings(findings.filter(({ accept, wayOut }) => accept === undefined && wayOut === undefined))
  const notes = groups.filter(({ severity }) => severity === 'info')
  const risks = groups.filter(({ severity }) => severity !== 'info')
  if (groups.length === 0) return null
  return (
    <section aria-label="Findings" className="deploy-findings">
      {risks.length > 0 ? <h3 className="section-title">Findings</h3> : null}
      <Lines groups={risks} />
      {notes.length > 0 ? (
        <details>
          <summary>{notes.length === 1 ? '1 note' : `${notes.length} notes`}</summary>
          <Lines groups={notes} />
        </details>
      ) : null}
    </section>
  )
}

function Lines({ groups }: { readonly groups: readonly FindingGroup[] }) {
  if (groups.length === 0) return null
  return (
    <ul>
      {groups.map((finding) => (
        <li key={finding.code + finding.message} className="finding-line">
          <SeverityMark severity={finding.severity} />
          <span className="mono muted">{finding.code}</span>
          <span>
            {finding.message}
            {finding.count > 1 ? <b className="muted"> {finding.count} times</b> : null}
          </span>
        </li>
      ))}
    </ul>
  )
}

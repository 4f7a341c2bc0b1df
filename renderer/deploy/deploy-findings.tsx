import type { Finding } from '../../app/model/finding.ts'
import { groupFindings } from '../parts/finding-groups.ts'
import { SeverityMark } from '../parts/finding-line.tsx'
import { attempt, useAppHandle } from '../store/app.ts'
import type { DeployState } from '../store/state.ts'
import { changeDeploy } from './deploy.ts'

/** What the plan says of risks; those that can be accepted have a box. */
export function DeployFindings({ deploy }: { readonly deploy: DeployState }) {
  const all = unique([...(deploy.reply?.plan?.findings ?? []), ...(deploy.reply?.findings ?? [])])
  // What only the database has is a list of its own.
  const findings = deploy.reply?.plan?.unmanaged === undefined ? all : all.filter(({ code }) => code !== 'MM408' && code !== 'MM411')
  const groups = groupFindings(findings)
  const codes = new Set(
    findings.filter((finding) => finding.severity === 'error' && /^MM1\d\d$/.test(finding.code)).map((finding) => finding.code),
  )
  const accepted = deploy.options.accept
  if (findings.length === 0 && accepted.length === 0) return null
  return (
    <section aria-label="Findings" className="deploy-findings">
      <h3 className="section-title">Findings</h3>
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
      {[...new Set([...accepted, ...codes])].map((code) => (
        <Acceptance
          key={code}
          code={code}
          isAccepted={accepted.includes(code)}
          count={findings.filter((finding) => finding.code === code).length}
        />
      ))}
    </section>
  )
}

function Acceptance({ code, isAccepted, count }: { readonly code: string; readonly isAccepted: boolean; readonly count: number }) {
  const app = useAppHandle()
  function change(accept: boolean): void {
    const { deploy } = app.store.getState().tasks
    const others = deploy?.options.accept.filter((each) => each !== code) ?? []
    const next = accept ? [...others, code] : others
    void attempt(app, 'Make the plan', () => changeDeploy(app, {}, { accept: next }))
  }
  return (
    <label className="check-line accept-line">
      <input type="checkbox" checked={isAccepted} onChange={(event) => change(event.currentTarget.checked)} />
      <span>
        I accept {code} {count > 0 ? `(${count} finding${count === 1 ? '' : 's'})` : ''}: values may change or be dropped
      </span>
    </label>
  )
}

/** The plan and its reply may both hold a finding. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
}

import type { Finding } from '../../app/model/finding.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import type { DeployState } from '../store/state.ts'
import { changeDeploy } from './deploy.ts'
import { WayOutChoice } from './way-out-choice.tsx'

/** What is lost, accepted one by one, and what may become of values that do not fit. Each choice makes the plan anew. */
export function DeployLosses({ deploy, findings }: { readonly deploy: DeployState; readonly findings: readonly Finding[] }) {
  const losses = findings.filter(({ accept }) => accept !== undefined)
  const failing = findings.filter(({ wayOut }) => wayOut !== undefined)
  if (losses.length === 0 && failing.length === 0) return null
  return (
    <section aria-label="Losses" className="deploy-losses">
      <h3 className="section-title">What is lost, and what does not fit</h3>
      {losses.map((finding) => (
        <Loss key={finding.accept} finding={finding} accepted={deploy.options.accept} />
      ))}
      {failing.map((finding) => (
        <WayOutChoice key={finding.code + (finding.wayOut?.field ?? '')} finding={finding} chosen={deploy.options.onFail ?? []} />
      ))}
    </section>
  )
}

function Loss({ finding, accepted }: { readonly finding: Finding; readonly accepted: readonly string[] }) {
  const app = useAppHandle()
  const word = finding.accept ?? ''
  const isAccepted = accepted.includes(word)
  function change(accept: boolean): void {
    const others = accepted.filter((each) => each !== word)
    void attempt(app, 'Make the plan', () => changeDeploy(app, {}, { accept: accept ? [...others, word] : others }))
  }
  return (
    <label className="check-line accept-line">
      <input type="checkbox" checked={isAccepted} onChange={(event) => change(event.currentTarget.checked)} />
      <span>
        I accept <span className="mono">{finding.code}</span>: {finding.message}
      </span>
    </label>
  )
}

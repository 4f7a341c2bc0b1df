import type { RenameCandidate } from '../../app/api/api.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import { answerRename } from './deploy.ts'

/** Pairs that may be renames: asked, never assumed. */
export function RenameQuestions({ candidates }: { readonly candidates: readonly RenameCandidate[] }) {
  const app = useAppHandle()
  if (candidates.length === 0) return null
  const answer = (candidate: RenameCandidate, isRename: boolean) =>
    void attempt(app, 'Make the plan', () => answerRename(app, candidate, isRename))
  return (
    <section aria-label="Renames" className="rename-questions">
      <h3 className="section-title">Is this a rename?</h3>
      <ul>
        {candidates.map((candidate) => (
          <li key={`${candidate.from} ${candidate.to}`} className="rename-line">
            <span>
              <b className="mono">{candidate.from}</b> in the target, <b className="mono">{candidate.to}</b> in the model
              <span className="muted"> {candidate.why}</span>
            </span>
            <span className="rename-answers">
              <button type="button" className="button" onClick={() => answer(candidate, true)}>
                Rename, keep the {candidate.kind === 'table' ? 'rows' : 'values'}
              </button>
              <button type="button" className="button" onClick={() => answer(candidate, false)}>
                Not a rename
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

import { useState } from 'react'
import type { PlanOptions } from '../../app/commands/plan.ts'
import type { Finding } from '../../app/model/finding.ts'
import { attempt, useAppHandle } from '../store/app.ts'
import { changeDeploy } from './deploy.ts'

type Chosen = NonNullable<PlanOptions['onFail']>

const labels = {
  null: 'They become NULL',
  default: 'They get the default',
  sql: 'They become an expression…',
  reject: 'Leave these rows out, into a reject file',
} as const

/** What becomes of values that a field cannot hold: nobody can accept them as they are. */
export function WayOutChoice({ finding, chosen }: { readonly finding: Finding; readonly chosen: Chosen }) {
  const app = useAppHandle()
  const { field = '', ways = [] } = finding.wayOut ?? {}
  const now = chosen.find((each) => each.field === field)?.way
  const [isWriting, setWriting] = useState(now?.kind === 'sql')
  const [expression, setExpression] = useState(now?.kind === 'sql' ? now.expression : '')
  function choose(way: Chosen[number]['way'] | null): void {
    const others = chosen.filter((each) => each.field !== field)
    void attempt(app, 'Make the plan', () => changeDeploy(app, {}, { onFail: way === null ? others : [...others, { field, way }] }))
  }
  function pick(kind: string): void {
    setWriting(kind === 'sql')
    if (kind === 'null' || kind === 'default' || kind === 'reject') choose({ kind })
    else if (kind === '' && now) choose(null)
  }
  return (
    <div className="way-out">
      <p>
        <span className="mono">{finding.code}</span>: {finding.message}
      </p>
      <div className="way-out-choice">
        <select
          className="input"
          aria-label={`What becomes of values that ${field} cannot hold`}
          value={isWriting ? 'sql' : (now?.kind ?? '')}
          onChange={(event) => pick(event.currentTarget.value)}
        >
          <option value="">Nothing chosen: the plan does not run</option>
          {ways.map((way) => (
            <option key={way} value={way}>
              {labels[way]}
            </option>
          ))}
        </select>
        {isWriting ? (
          <form
            className="way-out-choice"
            onSubmit={(event) => {
              event.preventDefault()
              if (expression.trim() !== '') choose({ kind: 'sql', expression })
            }}
          >
            <input
              className="input mono"
              aria-label={`Expression for ${field}`}
              placeholder="over the old row, as 0 or id * 10"
              value={expression}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setExpression(event.currentTarget.value)}
            />
            <button type="submit" className="button" disabled={expression.trim() === ''}>
              Use it
            </button>
          </form>
        ) : null}
      </div>
    </div>
  )
}

import type { Plan, PlanGroup, Step } from '../../app/commands/plan.ts'

const mostSteps = 400

/** The exact statements, numbered, by transaction. */
export function PlanSteps({ plan }: { readonly plan: Plan }) {
  const groups = numbered(plan)
  const total = plan.groups.reduce((sum, group) => sum + group.steps.length, 0)
  if (total === 0) return null
  return (
    <section aria-label="Statements" className="plan-steps">
      <h3 className="section-title">Statements</h3>
      {groups
        .filter(({ first }) => first < mostSteps)
        .map(({ group, first }) => (
          <div key={group.id} className="plan-group">
            <h4 className="group-title">
              {group.title} <span className="muted">{group.steps.length} statements in one transaction</span>
            </h4>
            <ol className="step-list">
              {group.steps.slice(0, mostSteps).map((step, at) => (
                <StepLine key={step.id} step={step} number={first + at + 1} />
              ))}
            </ol>
          </div>
        ))}
      {total > mostSteps ? (
        <p className="muted">
          All {total} statements will run; about the first {mostSteps} are shown here.
        </p>
      ) : null}
    </section>
  )
}

/** Groups with the number of statements before each. */
function numbered(plan: Plan): readonly { readonly group: PlanGroup; readonly first: number }[] {
  let first = 0
  return plan.groups.map((group) => {
    const at = { group, first }
    first += group.steps.length
    return at
  })
}

const risks: Readonly<Record<Step['risk'], { readonly word: string; readonly className: string }>> = {
  none: { word: '', className: '' },
  locks: { word: 'locks', className: 'muted' },
  rewrites: { word: 'rewrites', className: 'warn' },
  drops: { word: 'drops', className: 'danger' },
}

function StepLine({ step, number }: { readonly step: Step; readonly number: number }) {
  const risk = risks[step.risk]
  return (
    <li className="step-line">
      <span className="step-number mono muted">{number}</span>
      <div className="step-body">
        <div className="step-head">
          <span>{step.summary}</span>
          {risk.word ? <span className={`tag ${risk.className}`}>{risk.word}</span> : null}
          {step.undo === null ? <span className="tag danger">no undo</span> : null}
        </div>
        <pre className="step-text mono">{step.text}</pre>
      </div>
    </li>
  )
}

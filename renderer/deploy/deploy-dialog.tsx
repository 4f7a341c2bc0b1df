import { useRef } from 'react'
import type { Plan } from '../../app/commands/plan.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { attempt, setTasks, setView, useApp, useAppHandle, type App } from '../store/app.ts'
import { changeDeploy, openCandidates, runDeploy } from './deploy.ts'
import { DeployFindings, deployFindings } from './deploy-findings.tsx'
import { DeployLosses } from './deploy-losses.tsx'
import { DeployOptions } from './deploy-options.tsx'
import { PlanSummary } from './plan-summary.tsx'
import { PlanUnmanaged } from './plan-unmanaged.tsx'
import { PlanSteps } from './plan-steps.tsx'
import { RenameQuestions } from './rename-questions.tsx'
import { modelErrors, whyNotRun } from './why-not-run.ts'

/** What will run, word for word, before it runs. Esc closes it and Enter alone never runs it. */
export function DeployDialog() {
  const app = useAppHandle()
  const deploy = useApp((state) => state.tasks.deploy)
  const target = useApp((state) => state.tasks.targets.find((each) => each.id === state.tasks.target))
  const errors = useApp(modelErrors)
  const body = useRef<HTMLDivElement>(null)
  if (!deploy || !target) return null
  const plan = deploy.reply?.plan ?? null
  const candidates = openCandidates(app)
  const reason = whyNotRun(deploy, target, candidates.length, deploy.command === 'redeploy' || deploy.command === 'create' ? errors : 0)
  const findings = deployFindings(deploy)
  const needsName = target.policy === 'confirm' || target.tag === 'production'
  const commandTitle = titles[deploy.command]

  return (
    <DialogFrame
      width="wide"
      initialFocus={body}
      title={
        <>
          {commandTitle} {target.name} <span className={`tag ${target.tag}`}>{target.tag}</span>
        </>
      }
      description={<span className="mono">{target.url}</span>}
      onClose={() => close(app)}
      footer={
        <>
          <span className="deploy-reason muted">{reason ?? 'Nothing runs before you press the button.'}</span>
          {needsName && plan ? <ConfirmName database={plan.target.database ?? target.name} /> : null}
          <button type="button" className="button" onClick={() => close(app)}>
            Cancel
          </button>
          <button
            type="button"
            className="button primary"
            disabled={reason !== null}
            onClick={() => void attempt(app, commandTitle, () => runDeploy(app))}
          >
            {deploy.isBusy ? 'Please wait…' : runLabel(plan)}
          </button>
        </>
      }
    >
      <div ref={body} tabIndex={-1} className="deploy-body">
        <DeployOptions deploy={deploy} />
        {deploy.failure ? (
          <div className="notice error" role="alert">
            <div>
              <b className="mono">{deploy.failure.code}</b>
              <p>{deploy.failure.message}</p>
              <button type="button" className="button" onClick={() => void changeDeploy(app, {})}>
                Try again
              </button>
            </div>
          </div>
        ) : null}
        <output className="deploy-status">
          {deploy.isBusy ? (
            <>
              <span className="spinner" /> Reading the target and making the plan…
            </>
          ) : null}
        </output>
        <RenameQuestions candidates={candidates} />
        {plan ? <PlanSummary plan={plan} /> : null}
        <DeployLosses deploy={deploy} findings={findings} />
        {plan ? <PlanUnmanaged plan={plan} deploy={deploy} /> : null}
        <DeployFindings findings={findings} />
        {plan ? <PlanSteps plan={plan} /> : null}
      </div>
    </DialogFrame>
  )
}

/** Says how much the button will do. */
function runLabel(plan: Plan | null): string {
  const count = plan?.groups.reduce((sum, group) => sum + group.steps.length, 0) ?? 0
  return count === 0 ? 'Run' : `Run ${count} statement${count === 1 ? '' : 's'}`
}

const titles = {
  redeploy: 'Redeploy to',
  create: 'Create tables in',
  backup: 'Back up tables of',
  delete: 'Delete tables of',
  restore: 'Restore rows in',
} as const

function close(app: App): void {
  setView(app, { dialog: null })
  setTasks(app, { deploy: null })
}

/** The database's name, typed: what arms the button where the policy asks for it. */
function ConfirmName({ database }: { readonly database: string }) {
  const app = useAppHandle()
  const deploy = useApp((state) => state.tasks.deploy)
  if (!deploy) return null
  return (
    <label className="confirm-name">
      <span>
        Type <b className="mono">{database}</b> to allow it
      </span>
      <input
        className="input mono"
        value={deploy.confirm}
        aria-label="Database name"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTasks(app, { deploy: { ...deploy, confirm: event.currentTarget.value } })}
      />
    </label>
  )
}

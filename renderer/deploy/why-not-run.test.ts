import { describe, expect, it } from 'vitest'
import type { TargetInfo } from '../../app/api/api.ts'
import type { Plan } from '../../app/commands/plan.ts'
import { emptyPlanOptions, initialState, type DeployState } from '../store/state.ts'
import { modelErrors, whyNotRun } from './why-not-run.ts'

const target: TargetInfo = {
  id: 't',
  name: 'clinic',
  url: 'sqlite:clinic.db',
  flavor: 'sqlite',
  tag: 'development',
  policy: 'free',
  origin: 'user',
  needsPassword: false,
}
const plan: Plan = {
  format: 1,
  hash: 'h',
  command: 'redeploy',
  flavor: 'sqlite',
  strategy: 'transaction',
  target: { url: null, product: null, database: 'clinic', fingerprints: {} },
  groups: [{ id: 'g', title: 'g', tables: [], steps: [], cleanup: false }],
  findings: [],
  identities: [],
  unchanged: [],
}
const deploy: DeployState = {
  command: 'redeploy',
  scope: 'all',
  options: emptyPlanOptions,
  reply: { plan, candidates: [], findings: [] },
  isBusy: false,
  failure: null,
  confirm: '',
}

describe('whyNotRun', () => {
  it('lets a plan without errors run', () => {
    expect(whyNotRun(deploy, target, 0, 0)).toBeNull()
  })

  it('wants the database named for production, exactly', () => {
    const live: TargetInfo = { ...target, tag: 'production' }
    expect(whyNotRun(deploy, live, 0, 0)).toBe('Type clinic to allow it.')
    expect(whyNotRun({ ...deploy, confirm: 'Clinic' }, live, 0, 0)).toBe('Type clinic to allow it.')
    expect(whyNotRun({ ...deploy, confirm: 'clinic' }, live, 0, 0)).toBeNull()
  })

  it('holds back for open questions, errors and a read-only policy', () => {
    expect(whyNotRun(deploy, target, 2, 0)).toBe('Answer 2 questions about renames first.')
    expect(whyNotRun(deploy, target, 0, 1)).toBe('An error in the model must be mended first: see Problems.')
    expect(whyNotRun(deploy, { ...target, policy: 'read-only' }, 0, 0)).toBe('The policy of this target is read-only.')
  })
})

describe('modelErrors', () => {
  it('counts errors of every flavor and of the target, not of others', () => {
    const error = { code: 'X', severity: 'error', path: { table: 'a' }, message: '' } as const
    const state = {
      ...initialState,
      model: {
        ...initialState.model,
        problems: [error, { ...error, flavor: 'sqlite' }, { ...error, flavor: 'postgres' }, { ...error, severity: 'info' as const }],
      },
      tasks: { ...initialState.tasks, targets: [target], target: 't', deploy },
    }
    expect(modelErrors(state)).toBe(2)
  })
})

import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../app/run/report.ts'
import { followRun, isRunning, startLiveRun } from './live-run.ts'

const run: RunSummary = {
  id: 'r1',
  command: 'redeploy',
  state: 'running',
  target: 'sample',
  flavor: 'sqlite',
  planHash: 'h',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: null,
  groups: { total: 1, committed: 0 },
  steps: { total: 2, done: 0 },
  can: { resume: false, undo: false, dropBackups: false },
  error: null,
}
const entry = {
  group: 'g',
  step: 's1',
  text: 'BEGIN',
  startedAt: '2026-01-01T00:00:00Z',
  durationMs: 1,
  rows: null,
  outcome: 'done',
} as const

describe('followRun', () => {
  it('counts steps and keeps the log', () => {
    let live = startLiveRun('r1', null)
    live = followRun(live, { kind: 'run.started', run })
    live = followRun(live, { kind: 'step.started', runId: 'r1', group: 'g', step: 's1', done: 0, total: 2 })
    expect(live.current).toEqual({ group: 'g', step: 's1' })
    live = followRun(live, { kind: 'step.ended', runId: 'r1', entry, done: 1, total: 2 })
    expect([live.done, live.total, live.log, isRunning(live)]).toEqual([1, 2, [entry], true])
    live = followRun(live, { kind: 'run.ended', run: { ...run, state: 'done', steps: { total: 2, done: 2 } } })
    expect([live.done, live.current, isRunning(live)]).toEqual([2, null, false])
  })

  it('leaves a run alone when the event is about another', () => {
    const live = startLiveRun('r2', null)
    expect(followRun(live, { kind: 'run.started', run })).toBe(live)
  })
})

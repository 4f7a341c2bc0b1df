import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GroupFacts } from '../../app/commands/history.ts'
import type { Plan } from '../../app/commands/plan.ts'
import type { JournalRun } from '../../app/run/journal.ts'
import { openJournal } from './journal.ts'
import type { JournalFile } from './journal.ts'

const plan: Plan = {
  format: 1,
  hash: 'h',
  command: 'redeploy',
  flavor: 'sqlite',
  strategy: 'transaction',
  target: { url: 'sqlite:x.db', product: null, database: null, fingerprints: {} },
  groups: [],
  findings: [],
  identities: [],
  unchanged: [],
}
const run: JournalRun = { id: 'r', plan, state: 'running', owner: '{}', startedAt: '2026-01-01T00:00:00.000Z', endedAt: null, error: null }
const facts: GroupFacts = { format: 1, group: 'g1', cleanup: false, tables: [], identitiesBefore: [] }
const step = { group: 'g1', step: 'g1.1', text: 'SELECT 1', startedAt: run.startedAt }

describe('openJournal', () => {
  let folder: string
  let journal: JournalFile
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'metamigrate-journal-'))
    journal = openJournal(folder)
  })
  afterEach(() => {
    journal.close()
    rmSync(folder, { recursive: true })
  })

  it('gives back what it was given, after it was closed too', () => {
    journal.begin(run)
    journal.update('r', { state: 'failed', error: { code: 'X', message: 'm', details: { a: 1 }, step: null } })
    journal.close()
    journal = openJournal(folder)
    expect(journal.get('r')).toEqual({ ...run, state: 'failed', error: { code: 'X', message: 'm', details: { a: 1 }, step: null } })
    expect(journal.get('other')).toBeNull()
  })

  it('lists runs newest first', () => {
    journal.begin(run)
    journal.begin({ ...run, id: 's', startedAt: '2026-01-02T00:00:00.000Z' })
    expect(journal.list().map(({ id }) => id)).toEqual(['s', 'r'])
  })

  it('logs a statement once it has ended, and says what was rolled back', () => {
    journal.begin(run)
    journal.stepStarted('r', step)
    expect(journal.log('r')).toEqual([])
    journal.stepEnded('r', { ...step, durationMs: 2, rows: 1, outcome: 'done' })
    expect(journal.log('r')).toEqual([{ ...step, durationMs: 2, rows: 1, outcome: 'done' }])
    journal.rolledBack('r', 'g1')
    expect(journal.log('r')[0]?.outcome).toBe('rolled back')
  })

  it('tells a commit in doubt from one that came through', () => {
    journal.begin(run)
    journal.groupCommitting('r', facts)
    expect(journal.groups('r')).toEqual([{ group: 'g1', facts, committed: false }])
    journal.groupCommitted('r', 'g1')
    expect(journal.groups('r')).toEqual([{ group: 'g1', facts, committed: true }])
    journal.groupUndone('r', 'g1')
    expect(journal.groups('r')).toEqual([])
  })
})

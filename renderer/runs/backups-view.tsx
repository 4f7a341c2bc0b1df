import { useEffect, useState } from 'react'
import { displayName } from '../../app/model/names.ts'
import type { Backup } from '../../app/run/report.ts'
import { Icon } from '../parts/icon.tsx'
import { attempt, useApp, useAppHandle } from '../store/app.ts'
import { dropCopies, listBackups, soleSummary } from './backups.ts'
import { AskName, useGuarded } from './guarded.tsx'

/** Every copy that MetaMigrate keeps in the database that was chosen, with what it alone holds. */
export function BackupsView() {
  const app = useAppHandle()
  const backups = useApp((state) => state.tasks.backups)
  const target = useApp((state) => state.tasks.targets.find((each) => each.id === (state.tasks.backups?.target ?? state.tasks.target)))
  const id = target?.id
  useEffect(() => {
    if (id !== undefined) void attempt(app, 'List the backups', () => listBackups(app, id))
  }, [app, id])
  const list = backups !== null && backups.target === id ? backups.list : null
  return (
    <section className="run-view" aria-label="Backups" tabIndex={0}>
      <header className="run-head">
        <div className="run-title">
          <h2>Backups</h2>
          <span className="truncate">{target?.name ?? 'No target'}</span>
          <button type="button" className="button quiet" disabled={id === undefined} onClick={() => void attempt(app, 'List the backups', () => (id === undefined ? Promise.resolve() : listBackups(app, id)))}>
            Look again
          </button>
        </div>
        {list === null ? <p className="muted">Reading the backups…</p> : list.length === 0 ? <p className="muted">This database keeps no backup.</p> : null}
      </header>
      {list !== null && list.length > 0 ? <BackupList list={list} target={id ?? ''} /> : null}
    </section>
  )
}

function BackupList({ list, target }: { readonly list: readonly Backup[]; readonly target: string }) {
  const runs = [...new Set(list.map(({ run }) => run))]
  return (
    <ul className="copies">
      {runs.map((run) => (
        <RunCopies key={run ?? ''} run={run} copies={list.filter((one) => one.run === run)} target={target} />
      ))}
    </ul>
  )
}

/** The copies of one run go together. */
function RunCopies({ run, copies, target }: { readonly run: string | null; readonly copies: readonly Backup[]; readonly target: string }) {
  const app = useAppHandle()
  const wanted = useApp((state) => state.tasks.backups?.run)
  const [isAsking, setIsAsking] = useState(run !== null && wanted === run)
  const guard = useGuarded()
  const kept = copies.find((one) => one.kept !== null)?.kept ?? null
  const sole = soleSummary(copies)
  const go = (confirm?: string) =>
    void attempt(app, 'Drop the backups', () => guard.run((name) => (run === null ? Promise.resolve() : dropCopies(app, { target, run, copies, confirm: name })), confirm))
  return (
    <li className="copy-run">
      {copies.map((one) => (
        <CopyLine key={displayName(one.name)} copy={one} />
      ))}
      {kept !== null || run === null ? (
        <p className="muted">Kept: {kept}.</p>
      ) : isAsking ? (
        <div className={sole === '' ? 'notice' : 'notice warning'} role="alert">
          <span>
            {copies.length === 1 ? 'This copy goes' : `These ${copies.length} copies go`}, and run {run} cannot be undone after that.
            {sole === '' ? ' Everything in them is somewhere else too.' : ` Nowhere else: ${sole}.`}
          </span>
          <button type="button" className="button" onClick={() => go()}>
            {sole === '' ? 'Drop' : 'Drop the only copy'}
          </button>
          <button type="button" className="button quiet" onClick={() => setIsAsking(false)}>
            Keep
          </button>
        </div>
      ) : (
        <button type="button" className="button" aria-label={`Drop the backups of run ${run}`} onClick={() => setIsAsking(true)}>
          Drop…
        </button>
      )}
      {guard.asked ? <AskName database={guard.asked.database} message={guard.asked.message} label="Allow it" onGo={go} onLeave={guard.forget} /> : null}
    </li>
  )
}

function CopyLine({ copy }: { readonly copy: Backup }) {
  const { name, table, rows, bytes, kind, command, madeAt, onlyCopy } = copy
  const sole = soleSummary([copy])
  const size = bytes === null ? '' : `, ${Math.max(1, Math.round(Number(bytes) / 1024)).toLocaleString('en')} KB`
  const made = madeAt === null ? 'by no run that is known' : `by ${kind === 'rescue' ? 'the undo of a ' : ''}${command ?? ''}, ${new Date(madeAt).toLocaleString()}`
  return (
    <div className="copy-line">
      <div>
        <b className="mono">{displayName(name)}</b>
        {table === null ? null : (
          <>
            {' '}
            of <span className="mono">{displayName(table)}</span>
          </>
        )}
      </div>
      <div className="muted">
        {rows} {rows === '1' ? 'row' : 'rows'}
        {size}, {made}
      </div>
      {onlyCopy === null || sole === '' ? null : (
        <div className="warn run-state">
          <Icon name="warning" /> Only copy of {sole}
        </div>
      )}
    </div>
  )
}

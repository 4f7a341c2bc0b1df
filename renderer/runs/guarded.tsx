import { useState } from 'react'
import { MetaMigrateError } from '../../app/errors.ts'

/** Work that a database's policy may hold up until its name is typed. */
export type Guarded = (confirm: string | undefined) => Promise<void>

interface Asked {
  readonly database: string
  readonly message: string
  readonly work: Guarded
}

/** Runs work; where the policy asks for the name of the database, `asked` holds the question until it is answered. Other errors go on. */
export function useGuarded() {
  const [asked, setAsked] = useState<Asked | null>(null)
  async function run(work: Guarded, confirm?: string): Promise<void> {
    try {
      await work(confirm)
      setAsked(null)
    } catch (error) {
      if (!(error instanceof MetaMigrateError) || error.code !== 'CONFIRM_NEEDED' || confirm !== undefined) throw error
      setAsked({ database: String(error.details['database'] ?? ''), message: error.message, work })
    }
  }
  return { asked, run, forget: () => setAsked(null) }
}

/** The database's name, typed: what arms the button where the policy asks for it. */
export function AskName({ database, message, label, onGo, onLeave }: { readonly database: string; readonly message: string; readonly label: string; readonly onGo: (name: string) => void; readonly onLeave: () => void }) {
  const [name, setName] = useState('')
  return (
    <div className="notice warning" role="alert">
      <span>{message}</span>
      <label className="confirm-name">
        <span>
          Type <b className="mono">{database}</b> to allow it
        </span>
        <input className="input mono" value={name} aria-label="Database name" autoComplete="off" spellCheck={false} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <button type="button" className="button" disabled={name !== database} onClick={() => onGo(name)}>
        {label}
      </button>
      <button type="button" className="button quiet" onClick={onLeave}>
        Leave it
      </button>
    </div>
  )
}

import { useState } from 'react'
import { messageOf } from '../../app/errors.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { setView, useApp, useAppHandle } from '../store/app.ts'
import { givePassword } from './targets.ts'

/** Asks for the password of a target that the host does not have. */
export function TargetPassword({ target }: { readonly target: string }) {
  const app = useAppHandle()
  const name = useApp((state) => state.tasks.targets.find((each) => each.id === target)?.name ?? '')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState('')
  const give = () => void givePassword(app, target, password).catch((error: unknown) => setFailure(messageOf(error)))
  return (
    <DialogFrame
      title={`Password of ${name}`}
      onClose={() => setView(app, { dialog: null })}
      footer={
        <button type="button" className="button primary" disabled={password === ''} onClick={give}>
          Use it
        </button>
      }
    >
      <label className="field">
        <span>Password</span>
        <input
          className="input"
          type="password"
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && password !== '' && give()}
        />
      </label>
      {failure === '' ? null : <p className="notice error">{failure}</p>}
    </DialogFrame>
  )
}

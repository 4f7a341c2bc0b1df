import { useState } from 'react'
import type { TargetPolicy, TargetProbe, TargetTag } from '../../app/api/api.ts'
import { messageOf } from '../../app/errors.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { Icon } from '../parts/icon.tsx'
import { setView, useAppHandle } from '../store/app.ts'
import { addTarget } from './targets.ts'
import { nameOfUrl, splitUrl } from './url.ts'

type Test =
  | { readonly kind: 'idle' | 'busy' }
  | { readonly kind: 'ok'; readonly probe: TargetProbe }
  | { readonly kind: 'failed'; readonly message: string }

/** A connection by URL. Test says what answers, in place; a failure keeps everything that was typed. */
export function AddTarget() {
  const app = useAppHandle()
  const [url, setUrl] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [tag, setTag] = useState<TargetTag>('development')
  const [policy, setPolicy] = useState<TargetPolicy>('free')
  const [test, setTest] = useState<Test>({ kind: 'idle' })
  const title = name.trim() === '' ? nameOfUrl(url) : name.trim()

  /** A password inside a pasted URL moves to its own field, where it is not shown. */
  function takeUrl(text: string): void {
    const parts = splitUrl(text)
    setUrl(parts.password === '' ? text : parts.url)
    if (parts.password !== '') setPassword(parts.password)
  }

  async function attemptTo(work: () => Promise<void>): Promise<void> {
    setTest({ kind: 'busy' })
    try {
      await work()
    } catch (error) {
      setTest({ kind: 'failed', message: messageOf(error) })
    }
  }
  const withSecret = password === '' ? {} : { password }
  const probe = () =>
    attemptTo(async () => setTest({ kind: 'ok', probe: await app.client.call('target.test', { url: url.trim(), ...withSecret }) }))
  const add = () => attemptTo(() => addTarget(app, { name: title, url: url.trim(), ...withSecret, tag, policy }))

  return (
    <DialogFrame
      title="Connect a database"
      onClose={() => setView(app, { dialog: null })}
      footer={
        <>
          <button type="button" className="button" disabled={url.trim() === '' || test.kind === 'busy'} onClick={() => void probe()}>
            Test
          </button>
          <button type="button" className="button primary" disabled={url.trim() === '' || test.kind === 'busy'} onClick={() => void add()}>
            Connect
          </button>
        </>
      }
    >
      <label className="field">
        <span>URL</span>
        <input
          className="input mono"
          value={url}
          placeholder="postgres://user@host:5432/database or sqlite:/path/file.db"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => takeUrl(event.currentTarget.value)}
        />
      </label>
      <label className="field">
        <span>Password (kept by this program only, never shown)</span>
        <input
          className="input"
          type="password"
          value={password}
          autoComplete="off"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <label className="field">
        <span>Name</span>
        <input className="input" value={name} placeholder={title} onChange={(event) => setName(event.currentTarget.value)} />
      </label>
      <div className="field-pair">
        <label className="field">
          <span>Tag</span>
          <select
            className="input"
            value={tag}
            onChange={(event) => {
              const next = event.currentTarget.value
              setTag(next === 'production' ? 'production' : next === 'test' ? 'test' : 'development')
              if (next === 'production') setPolicy('confirm')
            }}
          >
            <option value="development">development</option>
            <option value="test">test</option>
            <option value="production">production</option>
          </select>
        </label>
        <label className="field">
          <span>Policy</span>
          <select
            className="input"
            value={policy}
            onChange={(event) =>
              setPolicy(
                event.currentTarget.value === 'read-only' ? 'read-only' : event.currentTarget.value === 'confirm' ? 'confirm' : 'free',
              )
            }
          >
            <option value="free">free: runs at once</option>
            <option value="confirm">confirm: type the name first</option>
            <option value="read-only">read-only: never changes it</option>
          </select>
        </label>
      </div>
      <TestResult test={test} />
    </DialogFrame>
  )
}

function TestResult({ test }: { readonly test: Test }) {
  return (
    <output>
      {test.kind === 'busy' ? (
        <p className="notice">
          <span className="spinner" /> Connecting…
        </p>
      ) : null}
      {test.kind === 'ok' ? (
        <p className="notice success">
          <Icon name="check" /> {test.probe.product}, database {test.probe.database}, {Math.round(test.probe.latencyMs)} ms
        </p>
      ) : null}
      {test.kind === 'failed' ? (
        <p className="notice error">
          <Icon name="error" /> {test.message}
        </p>
      ) : null}
    </output>
  )
}

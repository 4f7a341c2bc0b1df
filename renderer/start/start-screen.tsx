import { openModel } from '../actions/model-actions.ts'
import { Icon } from '../parts/icon.tsx'
import { attempt, setView, useAppHandle } from '../store/app.ts'

/** Nothing is open: the three ways in. */
export function StartScreen() {
  const app = useAppHandle()
  return (
    <div className="start-screen">
      <h2 className="start-title">Design tables as a sheet. See the SQL as you type.</h2>
      <div className="start-ways">
        <button type="button" className="start-way" onClick={() => setView(app, { dialog: { kind: 'open' } })}>
          <Icon name="folder" />
          <b>Open a CSV</b>
          <span className="muted">
            A file with one line per field, a folder of CSV files, or the result of SELECT * FROM information_schema.columns. Dropping it on
            the window works too.
          </span>
        </button>
        <button type="button" className="start-way" onClick={() => setView(app, { dialog: { kind: 'addTarget' } })}>
          <Icon name="database" />
          <b>Connect a database</b>
          <span className="muted">Read the tables that are there into a model.</span>
        </button>
        <button type="button" className="start-way" onClick={() => void attempt(app, 'Open the sample', () => openModel(app, null))}>
          <Icon name="table" />
          <b>Open the sample</b>
          <span className="muted">A small model with an embedded database, ready to deploy.</span>
        </button>
      </div>
    </div>
  )
}

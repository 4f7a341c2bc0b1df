import { useRef } from 'react'
import { importFiles, openModel } from '../actions/model-actions.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { attempt, setView, useApp, useAppHandle } from '../store/app.ts'
import { FolderList } from './folder-list.tsx'
import { useFolder } from './use-folder.ts'

/** Opens a model from a folder of the machine, from files, or again. */
export function OpenDialog() {
  const app = useAppHandle()
  const recent = useApp((state) => state.tasks.start?.recent ?? none)
  const { listing, failure, go } = useFolder()
  const picker = useRef<HTMLInputElement>(null)
  const open = (handle: string) => void attempt(app, 'Open model', () => openModel(app, handle))
  return (
    <DialogFrame
      title="Open model"
      description="A CSV file with one line per field, or a folder with fields.csv"
      onClose={() => setView(app, { dialog: null })}
      footer={
        <>
          <input
            ref={picker}
            type="file"
            accept=".csv,.tsv,.txt,text/csv"
            multiple
            hidden
            onChange={(event) => void attempt(app, 'Open files', () => importFiles(app, [...(event.currentTarget.files ?? [])]))}
          />
          <button type="button" className="button" onClick={() => picker.current?.click()}>
            Choose files…
          </button>
          <button type="button" className="button" onClick={() => void attempt(app, 'Open the sample', () => openModel(app, null))}>
            Open the sample
          </button>
        </>
      }
    >
      {failure === '' ? null : <p className="notice error">{failure}</p>}
      {recent.length > 0 ? (
        <section className="recent" aria-label="Recent models">
          <h2 className="section-title">Recent</h2>
          {recent.slice(0, 5).map((entry) => (
            <button key={entry.handle} type="button" className="folder-item" onClick={() => open(entry.handle)}>
              <span>{entry.title}</span>
              <span className="muted mono truncate">{entry.location}</span>
            </button>
          ))}
        </section>
      ) : null}
      <FolderList listing={listing} onFolder={go} onModel={open} />
    </DialogFrame>
  )
}

const none = [] as const

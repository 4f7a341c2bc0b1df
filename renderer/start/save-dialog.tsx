import { useState } from 'react'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { setModel, setView, showToast, useApp, useAppHandle } from '../store/app.ts'
import { documentOf } from '../store/edits.ts'
import { FolderList } from './folder-list.tsx'
import { useFolder } from './use-folder.ts'

/** Saves the model under a new name: a single CSV file, or a folder of CSV files. */
export function SaveDialog() {
  const app = useAppHandle()
  const title = useApp((state) => state.model.title)
  const [name, setName] = useState(title.replace(/\.csv$/, '') || 'model')
  const [exists, setExists] = useState(false)
  const [problem, setProblem] = useState('')
  const { listing, failure, go } = useFolder()

  async function save(overwrite: boolean): Promise<void> {
    if (!listing) return
    const document = documentOf(app)
    try {
      const saved = await app.client.call('model.saveAs', {
        folder: listing.handle,
        name: name.trim(),
        model: document.snapshot(),
        ...(overwrite ? { overwrite } : {}),
      })
      document.markSaved()
      setModel(app, { handle: saved.handle, title: saved.title, location: saved.location, isDirty: document.isDirty })
      setView(app, { dialog: null })
      showToast(app, `Saved ${saved.location}`)
    } catch (error) {
      setExists(error instanceof MetaMigrateError && error.code === 'ALREADY_EXISTS')
      setProblem(messageOf(error))
    }
  }

  return (
    <DialogFrame
      title="Save as"
      onClose={() => setView(app, { dialog: null })}
      footer={
        <>
          {exists ? (
            <button type="button" className="button" onClick={() => void save(true)}>
              Overwrite
            </button>
          ) : null}
          <button type="button" className="button primary" disabled={!listing || name.trim() === ''} onClick={() => void save(false)}>
            Save
          </button>
        </>
      }
    >
      <label className="field">
        <span>Name: ending in .csv makes one file, anything else a folder of CSV files</span>
        <input
          className="input"
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setExists(false)
            setProblem('')
          }}
        />
      </label>
      {failure + problem === '' ? null : (
        <p className="notice error" role="alert">
          {failure || problem}
        </p>
      )}
      <FolderList listing={listing} onFolder={go} />
    </DialogFrame>
  )
}

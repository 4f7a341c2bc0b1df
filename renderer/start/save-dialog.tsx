import { useState } from 'react'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import { DialogFrame } from '../parts/dialog-frame.tsx'
import { setModel, showToast, useApp, useAppHandle } from '../store/app.ts'
import { FolderList } from './folder-list.tsx'
import { takeModel } from './save-model.ts'
import { useFolder } from './use-folder.ts'

/** Saves the model under a new name: a single CSV file, or a folder of CSV files. */
export function SaveDialog({ answer }: { readonly answer: (isSaved: boolean) => void }) {
  const app = useAppHandle()
  const title = useApp((state) => state.model.title)
  const [name, setName] = useState(title.replace(/\.csv$/, '') || 'model')
  const [exists, setExists] = useState(false)
  const [problem, setProblem] = useState('')
  const { listing, failure, go } = useFolder()

  async function save(overwrite: boolean): Promise<void> {
    if (!listing) return
    const taken = takeModel(app)
    try {
      const saved = await app.client.call('model.saveAs', {
        folder: listing.handle,
        name: name.trim(),
        model: taken.model,
        ...(overwrite ? { overwrite } : {}),
      })
      setModel(app, { handle: saved.handle, title: saved.title, location: saved.location })
      taken.isSaved(saved.stamp)
      showToast(app, `Saved ${saved.location}`)
      answer(true)
    } catch (error) {
      setExists(error instanceof MetaMigrateError && error.code === 'ALREADY_EXISTS')
      setProblem(messageOf(error))
    }
  }

  return (
    <DialogFrame
      title="Save as"
      onClose={() => answer(false)}
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

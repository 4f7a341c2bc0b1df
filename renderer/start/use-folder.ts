import { useEffect, useState } from 'react'
import type { FileHandle, FolderListing } from '../../app/api/api.ts'
import { messageOf } from '../../app/errors.ts'
import { useAppHandle } from '../store/app.ts'

interface Folder {
  readonly listing: FolderListing | null
  readonly failure: string
  readonly go: (handle: FileHandle) => void
}

/** A folder of the host, and the way into others. Begins where the host begins. */
export function useFolder(): Folder {
  const app = useAppHandle()
  const [handle, setHandle] = useState<FileHandle | null>(null)
  const [listing, setListing] = useState<FolderListing | null>(null)
  const [failure, setFailure] = useState('')
  useEffect(() => {
    let isCurrent = true
    app.client.call('files.list', { handle }).then(
      (found) => isCurrent && (setListing(found), setFailure('')),
      (error: unknown) => isCurrent && setFailure(messageOf(error)),
    )
    return () => {
      isCurrent = false
    }
  }, [app, handle])
  return { listing, failure, go: setHandle }
}

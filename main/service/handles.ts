import { createHmac, randomBytes } from 'node:crypto'
import type { FileHandle } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'

/** Opaque names for paths: the window gets names of what it was shown, and can say nothing else. */
export interface Handles {
  /** The same path always has the same name. */
  mint(path: string): FileHandle
  /** Errors: BAD_HANDLE for a name that this host never gave. */
  path(handle: FileHandle): string
}

/** Handles made with `key`: the same path has the same name for every host that has it, so that a page finds its model again after a restart. */
export function createHandles(key: Uint8Array = randomBytes(32)): Handles {
  const paths = new Map<FileHandle, string>()
  return {
    mint(path) {
      const handle = createHmac('sha256', key).update(path).digest('base64url')
      paths.set(handle, path)
      return handle
    },
    path(handle) {
      const path = paths.get(handle)
      if (path === undefined)
        throw new MetaMigrateError('BAD_HANDLE', 'This file or folder was not chosen in this session. Choose it again.')
      return path
    },
  }
}

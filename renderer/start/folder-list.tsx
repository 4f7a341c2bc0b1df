import type { FileHandle, FolderListing } from '../../app/api/api.ts'
import { Icon } from '../parts/icon.tsx'

interface FolderListProps {
  readonly listing: FolderListing | null
  readonly onFolder: (handle: FileHandle) => void
  /** Absent where only folders are chosen. */
  readonly onModel?: (handle: FileHandle) => void
}

/** What a folder holds. A model (a CSV file, or a folder of them) opens; another folder is gone into. */
export function FolderList({ listing, onFolder, onModel }: FolderListProps) {
  if (!listing) return <p className="muted">Reading the folder…</p>
  const parent = listing.parent
  const shown = listing.entries.filter((entry) => entry.kind === 'folder' || (onModel && entry.isModel))
  return (
    <>
      <p className="mono folder-path truncate" title={listing.path}>
        {listing.path}
      </p>
      <ul className="folder-list" aria-label="Folder">
        {parent === null ? null : (
          <li>
            <button type="button" className="folder-item" onClick={() => onFolder(parent)}>
              <Icon name="folder" /> ..
            </button>
          </li>
        )}
        {shown.map((entry) => (
          <li key={entry.handle}>
            <button
              type="button"
              className="folder-item"
              onClick={() => (entry.isModel && onModel ? onModel(entry.handle) : onFolder(entry.handle))}
            >
              <Icon name={entry.kind === 'folder' ? 'folder' : 'file'} />
              <span className="truncate">{entry.name}</span>
              {entry.isModel ? <span className="tag development">model</span> : null}
            </button>
          </li>
        ))}
        {shown.length === 0 ? <li className="muted folder-item">Nothing here that is a model or a folder.</li> : null}
      </ul>
    </>
  )
}

import type { DataType } from '../app/model/data-type.ts'

const isLocal = ({ kind }: DataType): boolean => kind === 'timestamp' || kind === 'date' || kind === 'time'

/** What a flavor says of a cast between a local time and a moment, either way; null for other casts. */
export const zoneNoteOf =
  (note: string) =>
  (from: DataType, to: DataType): string | null =>
    (from.kind === 'timestamptz' && isLocal(to)) || (isLocal(from) && to.kind === 'timestamptz') ? note : null

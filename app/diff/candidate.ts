/** A pair that may be a rename: same table, alike in type, place and comment. Asked, never assumed. */
export interface RenameCandidate {
  readonly kind: 'table' | 'field'
  /** Display name in the target, `schema.table` or `schema.table.column`. */
  readonly from: string
  /** Display name in the model. */
  readonly to: string
  /** 0 to 1. */
  readonly score: number
  readonly why: string
}

/** A pair that the person answered, in names of the target: `to` null says that `from` is really gone. */
export interface RenameAnswer {
  readonly from: string
  readonly to: string | null
}

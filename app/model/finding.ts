/** How bad a finding is: an `error` blocks deploy of what it names, a `warning` may lose or surprise, an `info` is told once. */
export type Severity = 'error' | 'warning' | 'info'

/** Where a finding sits: in the model (ids), in an input file (1-based row and column), or both. */
export interface FindingPath {
  readonly table?: string
  readonly field?: string
  /** Id of a key, check, reference or index of `table`. */
  readonly part?: string
  /** The property of the object, as the sheet names it: name, type, nullable, default, identity, generated, comment, key, reference ... */
  readonly property?: string
  readonly file?: string
  /** 1-based line record in the file, the header being row 1. */
  readonly row?: number
  /** Header text of the cell's column. */
  readonly column?: string
}

/** An expected problem: data, shown beside the cell that causes it and by the command line. */
export interface Finding {
  /** Stable UPPER_SNAKE code; plan risks are MMnnn. */
  readonly code: string
  readonly severity: Severity
  readonly path: FindingPath
  /** What is wrong, what was expected, and the way out. */
  readonly message: string
  /** Name of the flavor that this finding is about; absent when it holds for every flavor. */
  readonly flavor?: string
  /** Number of rows (or values) that it is about, as text, since it may be large. */
  readonly rows?: string
  /** Of a loss that a person may accept: the words that accept just this one, `MM101:shop.item.title`. */
  readonly accept?: string
  /** Of rows that cannot be stored: the field as `--on-fail` names it, and what may become of them. */
  readonly wayOut?: { readonly field: string; readonly ways: readonly ('null' | 'default' | 'sql' | 'reject')[] }
}

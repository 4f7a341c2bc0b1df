import type { Dialect } from './dialect.ts'
import type { Driver } from './driver.ts'

/** One registry entry: the pure dialect, and a driver that is imported on first use (absent where the flavor only writes code). */
export interface Flavor {
  readonly dialect: Dialect
  /** URL schemes that name a target of this flavor, without the colon. */
  readonly schemes: readonly string[]
  readonly driver?: () => Promise<Driver>
}

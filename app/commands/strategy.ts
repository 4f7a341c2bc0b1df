import { MetaMigrateError } from '../errors.ts'
import type { Strategy } from '../flavor/capabilities.ts'
import type { Dialect } from '../flavor/dialect.ts'
import type { PlanOptions } from './plan.ts'

/** The strategy that a plan uses: the one asked for, else the flavor's first. Errors: STRATEGY_UNSUPPORTED, naming those that the flavor has. */
export function strategyOf({ strategy }: Pick<PlanOptions, 'strategy'>, dialect: Dialect): Strategy {
  const [first] = dialect.can.strategies
  const chosen = strategy ?? first
  if (chosen !== undefined && dialect.can.strategies.includes(chosen)) return chosen
  const way =
    first === undefined ? `${dialect.label} writes code and redeploys nothing` : `${dialect.label} has ${dialect.can.strategies.join(', ')}`
  throw new MetaMigrateError('STRATEGY_UNSUPPORTED', `There is no strategy ${chosen ?? 'at all'} here: ${way}.`, { flavor: dialect.name })
}

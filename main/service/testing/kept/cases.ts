import type { Ground, Outcome, Round } from './round.ts'

/** Rounds that once failed, or that no random one may miss, by flavor. Places are those of `additions.ts` and `base.ts`. */
export const keptCases: Readonly<Record<Ground['flavor'], readonly { readonly name: string; readonly outcome: Outcome; readonly round: Round }[]>> = {
  sqlite: [
    { name: 'a check and an expression index on a renamed field', outcome: 'equal', round: { additions: [2, 1], clauses: [0], changes: [0, 1] } },
    { name: 'an index on a dropped field', outcome: 'refused', round: { additions: [4], clauses: [], changes: [5] } },
  ],
  postgres: [
    { name: 'a check and a partial index on a renamed field', outcome: 'equal', round: { additions: [1, 12], clauses: [], changes: [0, 1] } },
    { name: 'an index on a dropped field', outcome: 'refused', round: { additions: [1], clauses: [], changes: [5] } },
    { name: 'an index of another method', outcome: 'equal', round: { additions: [0, 5], clauses: [], changes: [0] } },
    // The check was written in the words of the normal form.
    { name: 'a check in a list beside a renamed field', outcome: 'equal', round: { additions: [15], clauses: [], changes: [0] } },
  ],
}

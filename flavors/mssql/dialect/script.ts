import type { Statement } from '../../flavor.ts'

// A failed statement takes the transaction back (XACT_ABORT), but a client goes on with the next batch, which would then change the old tables alone.
const guard = 'IF @@TRANCOUNT = 0 SET NOEXEC ON;\nGO\n'
const isBegin = (text: string) => text === 'BEGIN TRANSACTION'
const isCommit = (text: string) => text === 'COMMIT TRANSACTION'

/**
 * A script for sqlcmd and Management Studio. `GO` is a word of the clients, alone on its line: each statement is a batch, as CREATE SCHEMA and the like must be.
 * Inside a transaction each batch is followed by a look whether the transaction still stands; when it does not, nothing of the file runs any more.
 */
export function script(list: readonly Pick<Statement, 'text'>[], place: { readonly isLast: boolean } = { isLast: true }): string {
  const parts: string[] = []
  let isInside = false
  for (const { text } of list) {
    if (isCommit(text)) isInside = false
    parts.push(`${text.endsWith(';') ? text : `${text};`}\nGO\n${isInside ? guard : ''}`)
    if (isBegin(text)) isInside = true
  }
  const isGuarded = list.some(({ text }) => isBegin(text))
  if (isGuarded && place.isLast) parts.push('SET NOEXEC OFF;\nGO\n')
  return parts.join('\n')
}

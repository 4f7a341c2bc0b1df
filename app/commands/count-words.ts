import type { PlanLoss } from './plan.ts'

/** `1 row`, `1,200 rows`, of a number as text, which may be larger than a number holds. */
export const countOf = (count: string, one = 'row', many = `${one}s`): string => (count === '1' ? `1 ${one}` : `${count.replaceAll(/\B(?=(\d{3})+$)/g, ',')} ${many}`)

const ways: Readonly<Record<PlanLoss['way'], string>> = { changed: 'change', dropped: 'go', null: 'become NULL', default: 'get the default', sql: 'are replaced', reject: 'are left out, into a reject file' }

/** `item.old: 350 values go`. */
export const lossWords = (loss: PlanLoss): string => `${loss.field === null ? '' : `${loss.field}: `}${amountWords(loss)}`

/** `350 values go`. */
export const amountWords = ({ field, rows, way }: PlanLoss): string => `${countOf(rows, field !== null && way === 'dropped' ? 'value' : 'row')} ${rows === '1' ? single[way] : ways[way]}`
const single: Readonly<Record<PlanLoss['way'], string>> = { changed: 'changes', dropped: 'goes', null: 'becomes NULL', default: 'gets the default', sql: 'is replaced', reject: 'is left out, into a reject file' }

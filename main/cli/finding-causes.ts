import type { Finding } from '../../app/model/finding.ts'
import type { Model } from '../../app/model/model.ts'
import type { Io } from './io.ts'
import { count, findingLine, placeOf } from './text.ts'

const shown = 2
const rank: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 }

/**
 * Findings as lines, the worst first: what has one cause is one line with its number and two examples. `all`: every finding has its line.
 */
export function causeLines(findings: readonly Finding[], model: Model | null, io: Io, all: boolean): readonly string[] {
  const sorted = findings.toSorted((a, b) => rank[a.severity] - rank[b.severity])
  if (all) return sorted.map((finding) => findingLine(finding, model, io))
  const byCode = Map.groupBy(sorted, ({ severity, code }) => `${severity} ${code}`)
  return [...byCode.values()].flatMap((group) => linesOf(group, model, io))
}

/** Lines of one code: a line for each message that several places have, then examples of the others. */
function linesOf(group: readonly Finding[], model: Model | null, io: Io): readonly string[] {
  const byMessage = [...Map.groupBy(group, (finding) => withoutPlace(finding, model)).values()]
  const same = byMessage.filter(({ length }) => length > 1).map((findings) => sameLine(findings, model, io))
  const single = byMessage.filter(({ length }) => length === 1).flat()
  const rest = single.length - shown
  const lines = (rest > 1 ? single.slice(0, shown) : single).map((finding) => findingLine(finding, model, io))
  return [...same, ...lines, ...(rest > 1 ? [`  and ${rest.toLocaleString('en-US')} more [${single[0]?.code ?? ''}]: --all lists them`] : [])]
}

function sameLine(findings: readonly Finding[], model: Model | null, io: Io): string {
  const [first] = findings
  if (first === undefined) return ''
  const rest = findings.length - shown
  const places = findings.slice(0, shown).map((finding) => placeOf(finding, model))
  const more = rest > 0 ? ` and ${rest} more (--all lists them)` : ''
  return findingLine({ ...first, path: {}, message: `${count(findings.length, 'time')}, in ${places.join(', ')}${more}: ${withoutPlace(first, model)}` }, model, io)
}

/** The message without the place that it begins with. */
function withoutPlace(finding: Finding, model: Model | null): string {
  const place = placeOf(finding, model)
  return place !== '' && finding.message.startsWith(`${place}: `) ? finding.message.slice(place.length + 2) : finding.message
}

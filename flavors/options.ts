import type { Finding } from '../app/model/finding.ts'
import type { Cells } from '../app/model/model.ts'
import type { TableOption } from './flavor.ts'

/** Findings about a table's options of one flavor: OPTION_UNKNOWN for a key that it has not, OPTION_VALUE for a value that is not on the list. Other flavors' options are not looked at. */
export function findingsOfOptions(flavor: string, known: readonly TableOption[], options: Cells): readonly Finding[] {
  const prefix = `${flavor.toUpperCase()}.`
  return Object.entries(options).flatMap(([key, value]): readonly Finding[] => {
    if (!key.startsWith(prefix) || value === '') return []
    const option = known.find((one) => one.key === key)
    const say = (code: string, severity: Finding['severity'], message: string): readonly Finding[] => [{ code, severity, path: { property: key }, message, flavor }]
    if (option === undefined) {
      const names = known.length === 0 ? 'it has none' : `it has ${known.map((one) => one.key).join(', ')}`
      return say('OPTION_UNKNOWN', 'warning', `${key} is no option of ${flavor}, and does nothing: ${names}.`)
    }
    if (option.values.length === 0 || option.values.some((one) => one.toLowerCase() === value.toLowerCase())) return []
    return say('OPTION_VALUE', 'error', `${key} is one of ${option.values.join(', ')}, not ${JSON.stringify(value)}.`)
  })
}

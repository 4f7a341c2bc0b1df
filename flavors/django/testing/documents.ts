import { cases } from '../../cases.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import { clinic } from './clinic.ts'

/** The tables of the shared cases. */
const caseShapes: readonly TableShape[] = [cases.createTable.shape, cases.createTableWithReference.shape, cases.createEveryType.shape, cases.createWithoutNames.shape]

/** What is written whole in files of this folder: one a version, real Python that black leaves as it is. */
export const documents: readonly { readonly file: string; readonly shapes: readonly TableShape[]; readonly settings: Readonly<Record<string, string>> }[] = [
  { file: 'cases-5.2.py', shapes: caseShapes, settings: { version: '5.2' } },
  { file: 'cases-4.2.py', shapes: caseShapes, settings: { version: '4.2' } },
  { file: 'cases-6.1-sqlite.py', shapes: caseShapes, settings: { version: '6.1', database: 'sqlite', tz: 'no' } },
  { file: 'clinic-5.2.py', shapes: clinic, settings: { version: '5.2' } },
  { file: 'clinic-4.2.py', shapes: clinic, settings: { version: '4.2', managed: 'no' } },
  { file: 'clinic-6.1.py', shapes: clinic, settings: { version: '6.1' } },
]

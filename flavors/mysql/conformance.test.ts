import { describeConformance } from '../testing/conformance.ts'
import { dialect } from './dialect/index.ts'
import { reverses } from './testing/golden-reverses.ts'
import { answers, questionAnswers } from './testing/golden.ts'

describeConformance(dialect, { answers, reverses, questionAnswers })

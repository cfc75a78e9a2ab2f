import { describeConformance } from '../testing/conformance.ts'
import { PLAIN_WIRE } from './testing/plain-wire.ts'

describeConformance(PLAIN_WIRE)

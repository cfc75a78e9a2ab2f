import type { ParameterDescriptor } from '@clipia/contract'
import type { FieldIds } from '../../../shared/ui/field.tsx'

/** What the editor of one field is given. */
export interface FieldProps {
  name: string
  rule: ParameterDescriptor
  /** What was filled in, else the default. */
  value: unknown
  onChange: (value: unknown) => void
  ids: FieldIds
}

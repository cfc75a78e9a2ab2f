import { test } from 'node:test'
import type * as Contract from '@clipia/contract'
import type * as Account from './account.ts'
import type * as Catalogue from './catalogue.ts'
import type * as Deliveries from './deliveries.ts'
import type * as Errors from './errors.ts'
import type * as Files from './files.ts'
import type * as History from './history.ts'
import type * as Requests from './requests.ts'

/** True when each type can stand for the other, at every depth, optional fields included. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
type Whole<T> = { [K in keyof T]-?: T[K] }

/** Compiles for `true` only: `tsc` is what proves these. */
function assertType<T extends true>(_proof?: T): void {}

test("the client's types of the wire are the contract's", () => {
  assertType<Same<Account.Account, Contract.Account>>()
  assertType<Same<Catalogue.EstimateResponse, Contract.Estimate>>()
  assertType<Same<Catalogue.ModelDetail, Contract.ModelDetail>>()
  assertType<Same<Whole<Catalogue.ModelInputField>, Whole<Contract.ParameterDescriptor>>>()
  assertType<Same<Catalogue.ModelList, Contract.ModelList>>()
  assertType<Same<Whole<Catalogue.ModelSummary>, Whole<Contract.ModelEntry>>>()
  assertType<Same<Deliveries.Delivery, Contract.Delivery>>()
  assertType<Same<Deliveries.DeliveryLog, Contract.DeliveryLog>>()
  assertType<Same<Whole<Files.UploadedFile>, Whole<Contract.UploadedFile>>>()
  assertType<Same<Errors.ApiErrorEnvelope, Contract.ErrorAnswer>>()
  assertType<Same<History.LedgerEntry, Contract.LedgerEntry>>()
  assertType<Same<Whole<History.RequestEntry>, Whole<Contract.RequestEntry>>>()
  assertType<Same<Requests.GenerationStatus, Contract.RequestStatus>>()
  assertType<Same<Whole<Requests.GenerationOutput>, Whole<Contract.Output>>>()
  assertType<Same<Requests.StatusResponse, Contract.StatusAnswer>>()
  assertType<Same<Whole<Requests.SubmitResponse>, Whole<Contract.Submitted>>>()
  // Over or not, a result is what the contract says, and whether it is over.
  assertType<Same<Whole<Requests.ResultResponse>, Whole<Contract.Result & { pending: boolean }>>>()
  type Pending = Contract.PendingResult & { pending: boolean }
  assertType<Pending extends Requests.ResultResponse ? true : false>()
})

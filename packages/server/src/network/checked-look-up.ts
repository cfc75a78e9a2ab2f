import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { type AllowedPrivate, mayDial } from './address-rules.ts'
import { FetchRefused } from './fetch-refused.ts'

/** Looks all addresses of a name up, as `dns.lookup` does. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** What a connector calls to find out where to dial. */
type ConnectorLookUp = (
  hostname: string,
  options: object,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A look-up for a connector that answers checked addresses only: what is dialled is what was checked, so a name cannot
 * change in between. One address that may not be dialled refuses the name. `onChecked` is told what may be dialled. Literal
 * addresses never reach a look-up: judge the URL as well.
 */
export function checkedLookUp(
  allowed: AllowedPrivate,
  lookUp: LookUp,
  onChecked: (addresses: readonly string[]) => void = () => {},
): ConnectorLookUp {
  return (hostname, _options, callback) => {
    lookUp(hostname, { all: true }, (error, addresses) => {
      if (error) return callback(error, [])
      if (addresses.some(({ address }) => !mayDial(hostname, address, allowed))) {
        return callback(new FetchRefused('its host has a private address'), [])
      }
      onChecked(addresses.map(({ address }) => address))
      callback(null, addresses)
    })
  }
}

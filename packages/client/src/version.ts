/** Version of this package, sent with every call in the User-Agent. */
export const VERSION = '0.1.0'

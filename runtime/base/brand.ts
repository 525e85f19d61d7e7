declare const brand: unique symbol;

/**
 * `T` that only the function that checked it can make: `Brand<Uint8Array, 'Mid'>` is not just any
 * bytes.
 */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

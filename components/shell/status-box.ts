/** The frame of the status "Server": its height is fixed, so that nothing moves when the server answers. */
export const statusBox =
  'rounded-box max-md:w-32 max-md:min-w-0 md:min-h-9 md:border md:border-line md:max-lg:p-2 lg:h-[8.75rem] lg:px-2.5 lg:py-2'

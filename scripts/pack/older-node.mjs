/** What Node 20 lacks of the language (ES2024) and of URL; every program of the package loads it first. */

/** https://tc39.es/ecma262/#sec-map.groupby */
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index)
    index += 1
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** https://tc39.es/ecma262/#sec-promise.withresolvers */
Promise.withResolvers ??= () => {
  const own = {}
  own.promise = new Promise((resolve, reject) => Object.assign(own, { resolve, reject }))
  return own
}

/** https://url.spec.whatwg.org/#dom-url-parse */
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null)

interface Row {
  key: string
  codes: string
  who: string
  href?: string
  meaning: string
}

/** Numbers, whose they are, and what they mean. */
export function CodeTable({ label, rows }: { label: string; rows: readonly Row[] }) {
  return (
    <table aria-label={label} className="w-full border-collapse text-left">
      <thead className="sr-only">
        <tr>
          <th scope="col">Codes</th>
          <th scope="col">Whose</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, codes, who, href, meaning }) => (
          <tr key={key} className="border-line align-top not-first:border-t">
            <th scope="row" className="figures px-3.5 py-2 font-medium whitespace-nowrap">
              {codes}
            </th>
            <td className="w-[30%] py-2 pr-3.5 text-soft">
              {href === undefined ? (
                who
              ) : (
                <a href={href} className="text-link hover:underline">
                  {who}
                </a>
              )}
            </td>
            <td className="py-2 pr-3.5">{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

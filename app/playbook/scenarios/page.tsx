import { redirect } from 'next/navigation'

/** The table of symptoms is the list of scenarios. */
export default function Page(): never {
  redirect('/playbook')
}

/** A zip that is written piece by piece; whoever reads takes what is done. */
import { Zip as Archive, strToU8, ZipDeflate } from 'fflate'

export interface Zip {
  /** The next file; the one before is complete. */
  begin(name: string): void
  write(text: string): void
  end(): void
  /** The bytes that came about since the last time. */
  taken(): Uint8Array[]
}

export function createZip(): Zip {
  let done: Uint8Array[] = []
  let file: ZipDeflate | undefined
  const archive = new Archive((error, bytes) => {
    if (error) throw error
    done.push(bytes)
  })
  const finish = () => {
    file?.push(new Uint8Array(), true)
    file = undefined
  }
  return {
    begin(name) {
      finish()
      file = new ZipDeflate(name, { level: 6 })
      archive.add(file)
    },
    write: (text) => file?.push(strToU8(text)),
    end() {
      finish()
      archive.end()
    },
    taken() {
      const bytes = done
      done = []
      return bytes
    },
  }
}

/**
 * Three machines of one wire, each a network namespace of Linux: a server, a router and a client. The process that calls
 * this is the server, and must be in a namespace of its own already (`inNamespace` of `scene.ts`). They end with it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'

export const SERVER = '10.0.1.1'
const CLIENT = '10.0.2.1'

export interface Network {
  /** Runs a program on the client's machine. */
  onClient(program: string, args: readonly string[]): ChildProcess
  /** The router drops every packet of the connection from now on, and tells nobody. */
  dropPackets(): void
  /** The server's system gives a connection up within seconds. */
  giveUpSoon(): void
  /** The client's cable is pulled: the router tells the server that the client cannot be reached. */
  pullCable(): void
}

/** Retransmissions until the system gives a connection up: the usual 15 of them take a quarter of an hour. */
const FEW_RETRIES = '3'

export async function createNetwork(): Promise<Network> {
  const router = await machine()
  const client = await machine()
  ip('link set lo up')
  ip('link add server type veth peer name left')
  ip(`link set left netns ${router}`)
  ip(`addr add ${SERVER}/24 dev server`)
  ip('link set server up')
  ip('link add right type veth peer name client', router)
  ip(`link set client netns ${client}`, router)
  ip('addr add 10.0.1.2/24 dev left', router)
  ip('addr add 10.0.2.2/24 dev right', router)
  ip('link set left up', router)
  ip('link set right up', router)
  on(router, 'sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])
  ip(`addr add ${CLIENT}/24 dev client`, client)
  ip('link set lo up', client)
  ip('link set client up', client)
  ip('route add default via 10.0.2.2', client)
  ip('route add default via 10.0.1.2')
  return {
    onClient: (program, args) =>
      spawn('nsenter', [...within(client), program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] }),
    dropPackets() {
      for (const address of [SERVER, CLIENT]) ip(`route add blackhole ${address}/32`, router)
    },
    giveUpSoon: () => writeFileSync('/proc/sys/net/ipv4/tcp_retries2', FEW_RETRIES),
    pullCable: () => ip('link set client down', client),
  }
}

/** A namespace lasts as long as a process in it: one that ends with our end of its input. */
async function machine(): Promise<number> {
  const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  holder.stdin.write('ready\n')
  await once(holder.stdout, 'data')
  if (holder.pid === undefined) throw new Error('no namespace')
  return holder.pid
}

const within = (pid: number): string[] => ['--target', String(pid), '--net', '--']

const on = (pid: number, program: string, args: readonly string[]) =>
  execFileSync('nsenter', [...within(pid), program, ...args])

const ip = (order: string, pid?: number) =>
  pid === undefined ? execFileSync('ip', order.split(' ')) : on(pid, 'ip', order.split(' '))

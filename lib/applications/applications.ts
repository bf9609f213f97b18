/** Every protocol above WebSocket that is known, in the order of their names. */
import type { Application } from '#lib/applications/application.ts'
import graphql from '#lib/applications/protocols/graphql.ts'
import mqtt from '#lib/applications/protocols/mqtt.ts'
import signalr from '#lib/applications/protocols/signalr.ts'
import socketIo from '#lib/applications/protocols/socket-io.ts'

export const applications: readonly Application[] = [graphql, mqtt, signalr, socketIo]

/** Every protocol above WebSocket that is known, in the order of their names. Of two that fit a sign the first is taken. */
import type { Application } from '#lib/applications/application.ts'
import actioncable from '#lib/applications/protocols/actioncable.ts'
import amqp from '#lib/applications/protocols/amqp.ts'
import centrifugo from '#lib/applications/protocols/centrifugo.ts'
import cockpit from '#lib/applications/protocols/cockpit.ts'
import colyseus from '#lib/applications/protocols/colyseus.ts'
import ddp from '#lib/applications/protocols/ddp.ts'
import discord from '#lib/applications/protocols/discord.ts'
import graphql from '#lib/applications/protocols/graphql.ts'
import hocuspocus from '#lib/applications/protocols/hocuspocus.ts'
import homeAssistant from '#lib/applications/protocols/home-assistant.ts'
import jupyter from '#lib/applications/protocols/jupyter.ts'
import kubernetes from '#lib/applications/protocols/kubernetes.ts'
import mqtt from '#lib/applications/protocols/mqtt.ts'
import nats from '#lib/applications/protocols/nats.ts'
import next from '#lib/applications/protocols/next.ts'
import ocpp from '#lib/applications/protocols/ocpp.ts'
import peerjs from '#lib/applications/protocols/peerjs.ts'
import phoenix from '#lib/applications/protocols/phoenix.ts'
import pusher from '#lib/applications/protocols/pusher.ts'
import signalr from '#lib/applications/protocols/signalr.ts'
import socketIo from '#lib/applications/protocols/socket-io.ts'
import socketcluster from '#lib/applications/protocols/socketcluster.ts'
import sockjs from '#lib/applications/protocols/sockjs.ts'
import stomp from '#lib/applications/protocols/stomp.ts'
import storybook from '#lib/applications/protocols/storybook.ts'
import textHeartbeat from '#lib/applications/protocols/text-heartbeat.ts'
import twitch from '#lib/applications/protocols/twitch.ts'
import vite from '#lib/applications/protocols/vite.ts'
import wamp from '#lib/applications/protocols/wamp.ts'
import webpackDevServer from '#lib/applications/protocols/webpack-dev-server.ts'
import websockify from '#lib/applications/protocols/websockify.ts'
import xmpp from '#lib/applications/protocols/xmpp.ts'

export const applications: readonly Application[] = [
  actioncable,
  amqp,
  centrifugo,
  cockpit,
  colyseus,
  ddp,
  discord,
  graphql,
  hocuspocus,
  homeAssistant,
  jupyter,
  kubernetes,
  mqtt,
  nats,
  next,
  ocpp,
  peerjs,
  phoenix,
  pusher,
  signalr,
  socketIo,
  socketcluster,
  sockjs,
  stomp,
  storybook,
  textHeartbeat,
  twitch,
  vite,
  wamp,
  webpackDevServer,
  websockify,
  xmpp,
]

/** What phones, laptops and their frameworks print when they lock, sleep, go to the background, or change their network. */
import type { Said } from '#lib/words/meaning.ts'
import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const ios = 'https://developer.apple.com/documentation/uikit/uiapplicationdelegate'
const scenes = 'https://developer.apple.com/documentation/uikit/uiscenedelegate'
const flutter = 'https://api.flutter.dev/flutter/dart-ui/AppLifecycleState.html'
const native = 'https://reactnative.dev/docs/appstate'
const lifecycle = 'https://developer.android.com/reference/androidx/lifecycle/ProcessLifecycleOwner'
const connectivity = 'https://developer.android.com/reference/android/net/ConnectivityManager.NetworkCallback'
const reachability = 'https://developer.apple.com/documentation/network/nwpathmonitor'
const linux = 'https://github.com/systemd/systemd/blob/main/src/sleep/sleep.c'
const kernel = 'https://github.com/torvalds/linux/blob/master/kernel/power/suspend.c'
const page = 'https://html.spec.whatwg.org/multipage/interaction.html#page-visibility'

/** It tells why a connection ended only where one ends beside it. */
const away = (means: 'suspended' | 'stalled' | 'network-changed'): Said => ({
  means,
  unsure: true,
  isBeside: 'away',
})
const BACK: Said = { means: 'nothing-said', isBeside: 'back' }

export default defineProgram({
  id: 'device',
  name: 'Phones and laptops (life cycle and network)',
  side: 'client',
  phrases: [
    ...phrasesOf(ios, [
      {
        id: 'ios-background',
        needle: ['DidEnterBackground', 'ProtectedDataWillBecomeUnavailable'],
        pattern:
          /\b(?:application|scene|app)?_?DidEnterBackground\b|\b(?:application)?ProtectedDataWillBecomeUnavailable\b/i,
        said: away('suspended'),
        example: '2024-05-01 10:00:00.000 App[811:20133] applicationDidEnterBackground',
        explains:
          'The app went to the background or the device was locked: iOS stops it, and takes its sockets.',
      },
      {
        id: 'ios-foreground',
        needle: [
          'WillEnterForeground',
          'DidBecomeActive',
          'WillResignActive',
          'ProtectedDataDidBecomeAvailable',
        ],
        pattern:
          /\b(?:application|scene|app)?_?(?:WillEnterForeground|DidBecomeActive|WillResignActive)\b|\b(?:application)?ProtectedDataDidBecomeAvailable\b/i,
        said: BACK,
        example: '2024-05-01 10:10:00.000 App[811:20133] applicationWillEnterForeground',
        explains: 'The app came back to the foreground, or is about to change.',
      },
    ]),
    ...phrasesOf(scenes, [
      {
        id: 'ios-phase',
        needle: 'scenePhase',
        pattern: /\bscenePhase\b.{0,40}\bbackground\b/i,
        said: away('suspended'),
        example: 'scenePhase changed to background',
        explains: 'The app went to the background.',
      },
    ]),
    ...phrasesOf(flutter, [
      {
        id: 'flutter-away',
        needle: 'AppLifecycleState.',
        pattern: /\bAppLifecycleState\.(?:paused|hidden|detached)\b/,
        said: away('suspended'),
        example: 'I/flutter ( 811): AppLifecycleState.paused',
        explains: 'The app went to the background.',
      },
      {
        id: 'flutter-back',
        needle: 'AppLifecycleState.',
        pattern: /\bAppLifecycleState\.(?:resumed|inactive)\b/,
        said: BACK,
        example: 'I/flutter ( 811): AppLifecycleState.resumed',
        explains: 'The app came back to the foreground, or is about to change.',
      },
    ]),
    ...phrasesOf(native, [
      {
        id: 'app-state-away',
        needle: ['AppState', 'app state'],
        pattern:
          /\bapp ?state\b[^\n]{0,30}(?:->|=>|→|\bto\b|:|=|\bis\b)\s{0,3}['"]?background\b(?!['"]?\s{0,3}(?:->|=>|→|to\b))/i,
        said: away('suspended'),
        example: 'LOG AppState changed: active -> background',
        explains: 'The app went to the background.',
      },
      {
        id: 'app-state-back',
        needle: ['AppState', 'app state'],
        pattern:
          /\bapp ?state\b[^\n]{0,30}(?:->|=>|→|\bto\b|:|=|\bis\b)\s{0,3}['"]?(?:active|inactive)\b(?!['"]?\s{0,3}(?:->|=>|→|to\b))/i,
        said: BACK,
        example: 'LOG AppState changed: background -> active',
        explains: 'The app came back to the foreground, or is about to change.',
      },
    ]),
    ...phrasesOf(lifecycle, [
      {
        id: 'android-away',
        needle: ['ON_STOP', 'onAppBackgrounded', 'Going to sleep', 'entering doze', 'device idle mode'],
        pattern:
          /\bON_STOP\b|\bonAppBackgrounded\b|\bPowerManagerService\b[^\n]{0,40}\bGoing to sleep\b|\bentering doze\b|\bdevice idle mode (?:changed|is)\b[^\n]{0,20}\b(?:true|on|enabled)\b/i,
        said: away('suspended'),
        example: '05-01 10:00:00.000  1544  1660 I PowerManagerService: Going to sleep due to power button',
        explains: 'The app went to the background, or the device went to sleep: Android stops its network.',
      },
      {
        id: 'android-back',
        needle: ['ON_START', 'onAppForegrounded', 'Waking up from'],
        pattern:
          /\bLifecycle\w{0,20}\b[^\n]{0,40}\bON_(?:START|RESUME)\b|\bonAppForegrounded\b|\bPowerManagerService\b[^\n]{0,40}\bWaking up from\b/,
        said: BACK,
        example: '05-01 10:10:00.000  1544  1660 I PowerManagerService: Waking up from Asleep',
        explains: 'The device woke up.',
      },
    ]),
    ...phrasesOf(connectivity, [
      {
        id: 'android-network',
        needle: ['ConnectivityService', 'NetworkAgentInfo', 'default network', 'onLost', 'CONNECTIVITY_'],
        pattern:
          /\bNetworkAgentInfo\b[^\n]{1,200}\bto DISCONNECTED\b|\bdefault network (?:has )?(?:changed|lost|switched)\b|\bNetworkCallback\b[^\n]{0,60}\bonLost\b|\bonLost\b[^\n]{0,40}\bnetwork\b|\bCONNECTIVITY_(?:CHANGE|ACTION)\b/i,
        said: away('network-changed'),
        example:
          '05-01 10:00:00.000  1544  1660 D ConnectivityService: NetworkAgentInfo [WIFI () - 108] EVENT_NETWORK_INFO_CHANGED, going from CONNECTED to DISCONNECTED',
        explains: 'The device left one network. What was open over it gets no answer any more.',
      },
    ]),
    ...phrasesOf(reachability, [
      {
        id: 'reachability',
        needle: ['reachability', 'network', 'nw_path', 'connectivity'],
        pattern:
          /\breachability\b[^\n]{0,40}\b(?:chang(?:e|ed)|lost|not reachable|unreachable|via (?:wwan|wi-?fi|cellular))\b|\b(?:network path|nw_path\w{0,30}|connectivity|network ?type|network interface) ?(?:status )?(?:has )?changed\b|\bnetwork ?(?:type|path)?:? ?(?:wi-?fi|wlan|cellular|wwan|lte|[345]g|ethernet|none) ?(?:->|=>|→|to) ?(?:wi-?fi|wlan|cellular|wwan|lte|[345]g|ethernet|none)\b/i,
        said: away('network-changed'),
        example: 'reachability changed: via WWAN',
        explains: 'The device changed its network. What was open over the old one gets no answer any more.',
      },
    ]),
    ...phrasesOf(linux, [
      {
        id: 'sleep',
        needle: [
          'Entering sleep state',
          'system is entering sleep',
          'Suspending system',
          'The system will suspend',
        ],
        pattern:
          /\bEntering sleep state\b|\bsystem is entering sleep\b|\bSuspending system\b|\bThe system will suspend(?: now)?\b/i,
        said: away('suspended'),
        example: "systemd-sleep[4121]: Entering sleep state 'suspend'...",
        explains: 'The machine went to sleep, and its sockets do not answer until it wakes.',
      },
      {
        id: 'woke',
        needle: [
          'System returned from sleep',
          'DarkWake',
          'Wake from ',
          'system has resumed',
          'returned from a low power state',
        ],
        pattern:
          /\bSystem returned from sleep\b|\bDarkWake from\b|\bWake from (?:Normal|Deep|Standby)\b|\bsystem has (?:resumed|returned from a low power state)\b/i,
        said: BACK,
        example: "systemd-sleep[4121]: System returned from sleep operation 'suspend'.",
        explains: 'The machine woke up.',
      },
    ]),
    ...phrasesOf(kernel, [
      {
        id: 'suspend-entry',
        needle: 'PM: suspend ',
        pattern: /\bPM: suspend entry\b/,
        said: away('suspended'),
        example: 'kernel: PM: suspend entry (deep)',
        explains: 'The machine went to sleep, and its sockets do not answer until it wakes.',
      },
      {
        id: 'suspend-exit',
        needle: 'PM: suspend ',
        pattern: /\bPM: suspend exit\b/,
        said: BACK,
        example: 'kernel: PM: suspend exit',
        explains: 'The machine woke up.',
      },
    ]),
    ...phrasesOf(page, [
      {
        id: 'page-hidden',
        needle: ['visibilit', 'document.hidden', 'page ', 'tab ', 'document '],
        pattern:
          /\bvisibility(?: ?state| ?change)?d?\b(?:[^\n]{0,20}(?:->|=>|→|\bto\b|:|=|\bis\b)\s{0,3}|[ ,(]{1,3})['"]?hidden\b(?!['"]?\s{0,3}(?:->|=>|→|to\b))|\bdocument\.hidden\b ?[=:]{1,3} ?true\b|\b(?:page|tab|document) (?:is |was |has been |went |goes |became |becomes |now |is now )?(?:frozen|hidden|(?:in|to|into) (?:the )?background)\b/i,
        said: away('stalled'),
        example: 'visibilitychange: hidden',
        explains: 'The tab went to the background, where browsers slow its timers down.',
      },
      {
        id: 'page-visible',
        needle: ['visibilit', 'document.hidden', 'page ', 'tab ', 'document '],
        pattern:
          /\bvisibility(?: ?state| ?change)?d?\b(?:[^\n]{0,20}(?:->|=>|→|\bto\b|:|=|\bis\b)\s{0,3}|[ ,(]{1,3})['"]?visible\b(?!['"]?\s{0,3}(?:->|=>|→|to\b))|\bdocument\.hidden\b ?[=:]{1,3} ?false\b|\b(?:page|tab|document) (?:is |was |has been |became |becomes |now |is now )?(?:resumed|visible|(?:in|to|into) (?:the )?foreground)\b/i,
        said: BACK,
        example: 'visibilitychange: visible',
        explains: 'The tab came to the front.',
      },
    ]),
  ],
})

/** What runtimes, the C library and shells print when a program crashes: its process ends, and every connection with it. */
import { defineProgram, type Phrase, phrasesOf } from '#lib/words/phrase.ts'

const go = 'https://github.com/golang/go/blob/master/src/runtime/panic.go'
const rust = 'https://github.com/rust-lang/rust/blob/master/library/std/src/panicking.rs'
const node = 'https://github.com/nodejs/node/blob/main/src/node_errors.cc'
const python = 'https://github.com/python/cpython/blob/main/Modules/faulthandler.c'
const glibc = 'https://sourceware.org/git/?p=glibc.git;a=blob;f=malloc/malloc.c'
const libstdcxx = 'https://github.com/gcc-mirror/gcc/blob/master/libstdc%2B%2B-v3/libsupc%2B%2B/vterminate.cc'
const bash = 'https://git.savannah.gnu.org/cgit/bash.git/tree/siglist.c'
const hotspot = 'https://github.com/openjdk/jdk/blob/master/src/hotspot/share/utilities/debug.cpp'
const dotnet = 'https://github.com/dotnet/runtime/blob/main/src/coreclr/vm/excep.cpp'

const TRACE =
  'The server crashed. Look in its trace for the first line of your own code, and fix what fails there. Let a service manager start the process again.'
const MEMORY =
  'The server had no memory left. Find what grows: messages that wait for slow clients, or closed connections that stay in a list. Or give it more memory.'

const said = { means: 'process-ended', unsure: true } as const
const crash = (phrase: Omit<Phrase, 'source' | 'said'>): Omit<Phrase, 'source'> => ({
  fix: TRACE,
  ...phrase,
  said,
})

export default defineProgram({
  id: 'crashes',
  name: 'A program that crashed (Go, Rust, C++, Java, .NET, Node, Python)',
  side: 'server',
  phrases: [
    ...phrasesOf(go, [
      crash({
        id: 'go-panic',
        needle: 'panic: ',
        pattern:
          /(?:^|\s)panic: (?:runtime error: |interface conversion: |assignment to entry in nil map\b|close of nil channel\b|sync: |reflect: |all goroutines are asleep\b)/,
        example: 'panic: runtime error: invalid memory address or nil pointer dereference',
        explains:
          'A goroutine panicked and nothing recovered it: the process ended, with all its connections.',
      }),
      crash({
        id: 'go-signal',
        needle: '[signal SIG',
        pattern: /^\[signal SIG[A-Z]{2,6}: [^\]\n]{1,160}\]$/,
        example: '[signal SIGSEGV: segmentation violation code=0x2 addr=0x0 pc=0x48f1c6]',
        explains:
          'A Go program used memory that is not its own: the process ended, with all its connections.',
      }),
      crash({
        id: 'go-fatal',
        needle: 'fatal error: ',
        pattern:
          /(?:^|\s)fatal error: (?:all goroutines are asleep - deadlock!|stack overflow\b|unexpected signal during runtime execution\b|sync: )/,
        example: 'fatal error: all goroutines are asleep - deadlock!',
        explains: 'Go’s runtime ended the process, with all its connections.',
      }),
    ]),
    ...phrasesOf(rust, [
      crash({
        id: 'rust-panic',
        needle: "thread 'main' ",
        pattern: /(?:^|\s)thread 'main' (?:\(\d{1,10}\) )?(?:panicked at |has overflowed its stack)/,
        example: "thread 'main' panicked at src/rooms.rs:88:14:",
        explains: 'The main thread of a Rust program panicked: the process ended, with all its connections.',
      }),
      crash({
        id: 'rust-memory',
        needle: 'memory allocation of ',
        pattern: /(?:^|\s)memory allocation of \d{1,19} bytes failed/,
        example: 'memory allocation of 1073741824 bytes failed',
        explains: 'A Rust program got no memory: the process ended, with all its connections.',
        fix: MEMORY,
      }),
    ]),
    ...phrasesOf(node, [
      crash({
        id: 'node-memory',
        needle: 'process out of memory',
        pattern: /\bFATAL ERROR: [^\n]{1,200}\bprocess out of memory\b/,
        example: 'FATAL ERROR: Zone Allocation failed - process out of memory',
        explains: 'Node got no memory and its process aborted, with all its connections.',
        fix: MEMORY,
      }),
    ]),
    ...phrasesOf(python, [
      crash({
        id: 'python-fatal',
        needle: 'Fatal Python error: ',
        pattern:
          /\bFatal Python error: (?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating-point exception|Cannot recover from|_Py|PyEval|GC object|deallocating)/,
        example: 'Fatal Python error: Segmentation fault',
        explains: 'The Python interpreter crashed: the process ended, with all its connections.',
      }),
    ]),
    ...phrasesOf(bash, [
      crash({
        id: 'core-dumped',
        needle: '(core dumped)',
        pattern:
          /\b(?:Segmentation fault|Aborted|Bus error|Illegal instruction|Floating point exception|Trace\/breakpoint trap|Quit)\s{1,4}\(core dumped\)/,
        example: 'Segmentation fault (core dumped)',
        explains: 'The program was ended by a signal after a fault of its own, with all its connections.',
      }),
      crash({
        id: 'segmentation-fault',
        needle: 'Segmentation fault',
        pattern: /(?:^|:\s{1,8}\d{1,7}\s{1,8})Segmentation fault(?=\s{0,20}$|\s{4,20}\S)/,
        example: './run.sh: line 3:  4312 Segmentation fault      ./server',
        explains: 'The program was ended by a signal after a fault of its own, with all its connections.',
      }),
    ]),
    ...phrasesOf(glibc, [
      crash({
        id: 'heap-corrupt',
        needle: [
          'free(): ',
          'malloc(): ',
          'double free or corruption',
          'munmap_chunk(): ',
          'stack smashing detected',
        ],
        pattern:
          /^(?:free\(\): (?:double free detected|invalid (?:pointer|size|next size))|malloc\(\): (?:corrupted|invalid|memory corruption|unaligned|unsorted|mismatching)|double free or corruption \(|munmap_chunk\(\): invalid pointer|\*{3} stack smashing detected \*{3})/,
        example: 'free(): double free detected in tcache 2',
        explains: 'The C library found broken memory and aborted the process, with all its connections.',
      }),
    ]),
    ...phrasesOf(libstdcxx, [
      crash({
        id: 'terminate',
        needle: 'terminate called ',
        pattern:
          /\bterminate called (?:after throwing an instance of '|without an active exception|recursively)/,
        example: "terminate called after throwing an instance of 'std::out_of_range'",
        explains:
          'Nothing caught an exception of a C++ program: the process ended, with all its connections.',
      }),
    ]),
    ...phrasesOf(hotspot, [
      crash({
        id: 'java-memory',
        needle: 'java.lang.OutOfMemoryError',
        pattern: /\bjava\.lang\.OutOfMemoryError\b/,
        example: 'java.lang.OutOfMemoryError: Java heap space',
        explains:
          'A Java program had no memory left. The thread that met it ended, and often the whole process, with its connections.',
        fix: MEMORY,
      }),
      crash({
        id: 'java-fatal',
        needle: 'detected by the Java Runtime Environment',
        pattern: /\bA fatal error has been detected by the Java Runtime Environment\b/,
        example: '# A fatal error has been detected by the Java Runtime Environment:',
        explains: 'The Java virtual machine crashed: the process ended, with all its connections.',
        fix: 'The Java virtual machine crashed, and wrote hs_err_pid….log where it ran. Its first lines name the library in which it happened: update that, or Java.',
      }),
    ]),
    ...phrasesOf(dotnet, [
      crash({
        id: 'dotnet-unhandled',
        needle: 'Unhandled exception. ',
        pattern:
          /^Unhandled exception\. [A-Z][\w`]{0,80}(?:\.[\w`+]{1,80}){1,10}(?: \(0x[0-9A-F]{8}\))?(?::|$)/,
        example:
          'Unhandled exception. System.NullReferenceException: Object reference not set to an instance of an object.',
        explains:
          'Nothing caught an exception of a .NET program: the process ended, with all its connections.',
      }),
      crash({
        id: 'dotnet-fatal',
        needle: ['Fatal error. ', 'Process terminated. '],
        pattern: /^(?:Fatal error\. (?:System\.|Internal CLR error|0x)|Process terminated\. \S)/,
        example: 'Fatal error. System.AccessViolationException: Attempted to read or write protected memory.',
        explains: 'The .NET runtime ended the process, with all its connections.',
      }),
    ]),
  ],
})

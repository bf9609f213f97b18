import { defineProgram, phrasesOf } from '#lib/words/phrase.ts'

const example = 'https://github.com/mobilityhouse/ocpp/blob/master/examples/v16/central_system.py'

/** Central systems of charging stations: what the example of the Python library prints, as most that are made of it do. */
export default defineProgram({
  id: 'ocpp',
  name: 'OCPP central systems (Python ocpp)',
  side: 'server',
  phrases: phrasesOf(example, [
    {
      id: 'no-subprotocol',
      needle: 'requested any Subprotocol',
      pattern: /\bClient hasn['’]t requested any Subprotocol\b/i,
      said: { means: 'subprotocol', application: 'ocpp' },
      example: "Client hasn't requested any Subprotocol. Closing Connection",
      explains:
        'The charging station asked for no version of OCPP, and the central system closes the connection.',
    },
    {
      id: 'subprotocols-mismatch',
      needle: 'Protocols Mismatched',
      pattern: /\bProtocols Mismatched \| Expected Subprotocols: /,
      said: { means: 'subprotocol', application: 'ocpp' },
      example:
        "Protocols Mismatched | Expected Subprotocols: ['ocpp1.6'], but client supports  ['ocpp2.0.1'] | Closing connection",
      explains: 'The charging station asked for other versions of OCPP than the central system speaks.',
    },
  ]),
})

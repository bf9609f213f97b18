import { debugged } from '#lib/words/clients/tungstenite/debug.ts'
import { displayed } from '#lib/words/clients/tungstenite/errors.ts'
import { defineProgram } from '#lib/words/phrase.ts'

export default defineProgram({
  id: 'tungstenite',
  name: 'tungstenite, tokio-tungstenite and axum (Rust)',
  mark: /\bWebSocket protocol error: |\btungstenite\b|\baxum(?:::|_)/,
  phrases: [...displayed, ...debugged],
})

"""The part of a Tickwire client that does not depend on a contract.

It is written by hand and stands beside the generated part, byte for byte the same in every package.
Dependencies go downwards only:

| module | owns |
|---|---|
| `errors` | every exception |
| `model` | what all generated dataclasses have in common; dates on the wire |
| `events` | what a subscription and a connection tell |
| `validation` | frames against the schemas of the contract |
| `contract` | the generated tables: requests, topic families, pushes |
| `retry` | close codes, and when to connect again |
| `stream` | one topic on the wire: position, duplicates, gaps. Without I/O |
| `buffer` | the bounded buffer of an iterator |
| `transport` | a WebSocket, on the library `websockets` |
| `offline` | plays the contract where there is no server |
| `topics` | all topics of a client, and who follows them |
| `subscription` | what users hold: iterators, callbacks, the newest item |
| `session` | one connection, from its first frame to its last |
| `client` | connections one after the other, requests |
| `blocking` | the same without `await` |
"""

// Stands in for the component's own loader, which pulls in the validator and the Avro, OpenAPI and
// Protobuf parsers. The page loads the document itself (src/load.ts).
export {};

// Stands in for `@asyncapi/specs` (1.5 MB of JSON Schemas): the model only lists their versions.
export default { schemas: {} };

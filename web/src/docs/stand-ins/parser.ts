// Stands in for `@asyncapi/parser`. The page shows a document that the server has already checked,
// so it needs the parser's model (what the component reads) and not its validator: Spectral, ajv
// and the JSON Schemas of every AsyncAPI version are 2 MB, and ajv compiles its schemas with
// `new Function`, which the page's Content-Security-Policy forbids.
export {
  isAsyncAPIDocument,
  isOldAsyncAPIDocument,
  isStringifiedDocument,
  toAsyncAPIDocument,
} from '@asyncapi/parser/esm/document';
export { unstringify } from '@asyncapi/parser/esm/stringify';
export { SchemaV2 } from '@asyncapi/parser/esm/models';

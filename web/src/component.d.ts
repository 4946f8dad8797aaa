// The package's types do not cover its own module without the parser.
declare module '@asyncapi/react-component/lib/esm/without-parser' {
  export { default } from '@asyncapi/react-component/lib/types/without-parser';
}

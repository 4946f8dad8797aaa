// The packages' types do not cover these modules of theirs.
declare module '@asyncapi/react-component/lib/esm/without-parser' {
  export { default } from '@asyncapi/react-component/lib/types/without-parser';
}
declare module 'highlight.js/lib/core' {
  interface Highlighter {
    registerLanguage(name: string, language: unknown): void;
    highlight(code: string, options: { language: string }): { value: string };
  }
  const hljs: Highlighter;
  export default hljs;
}
declare module 'highlight.js/lib/languages/*' {
  const language: unknown;
  export default language;
}

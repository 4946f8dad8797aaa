/** What the page shows in place of the document. The links to the raw document stay in the header. */
export function Problem({ title, detail }: { title: string; detail: string }) {
  return (
    <div className="problem" role="alert">
      <h1>{title}</h1>
      <p>{detail}</p>
      <p>
        The document itself may still be readable as <a href="asyncapi.json">JSON</a> or{' '}
        <a href="asyncapi.yaml">YAML</a>.
      </p>
      <button type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </div>
  );
}

import type { Violation } from '../contract/validate';

/** What is wrong with a frame, each at its JSON Pointer; read out when it changes. */
export function Violations(props: {
  id: string;
  violations: Violation[];
  onGoTo?: ((violation: Violation) => void) | undefined;
}) {
  const { id, violations, onGoTo } = props;
  return (
    <ul className="violations" id={id} role="status" aria-label="Problems">
      {violations.map((violation) => (
        <li key={`${violation.pointer} ${violation.message}`}>
          {violation.pointer !== '' &&
            (onGoTo ? (
              <button type="button" className="pointer" onClick={() => onGoTo(violation)}>
                {violation.pointer}
              </button>
            ) : (
              <code>{violation.pointer}</code>
            ))}{' '}
          {violation.message}
        </li>
      ))}
    </ul>
  );
}

// A form of the payload's properties. What has no input of its own is written as JSON.
import { useState } from 'react';
import { typed, written, type Field } from '../contract/fields';
import { isNode } from '../contract/reference';
import { join } from '../contract/pointer';
import type { Violation } from '../contract/validate';
import type { Draft } from './draft';
import { Violations } from './violations';

export function Form({ draft, fields, id }: { draft: Draft; fields: Field[]; id: string }) {
  const value = isNode(draft.value) ? draft.value : {};
  const here = (field: Field) => join('/payload', field.name);
  const concerns = ({ pointer, message }: Violation, field: Field) =>
    pointer === here(field) ||
    pointer.startsWith(`${here(field)}/`) ||
    (pointer === '/payload' && message === `has no "${field.name}"`);
  const others = draft.violations.filter((one) => !fields.some((field) => concerns(one, field)));

  function put(field: Field, item: unknown) {
    const { [field.name]: _, ...rest } = value;
    if (item === undefined) return draft.put(rest);
    // A field keeps its place, so that the JSON and the snippets do not jump about.
    draft.put({ ...(field.name in value ? value : rest), [field.name]: item });
  }

  return (
    <div className="form">
      {fields.map((field) => (
        <Input
          key={field.name}
          id={`${id}-${field.name}`}
          field={field}
          value={value[field.name]}
          violations={draft.violations.filter((one) => concerns(one, field))}
          onChange={(item) => put(field, item)}
        />
      ))}
      <Violations id={`${id}-violations`} violations={others} />
    </div>
  );
}

interface InputProps {
  id: string;
  field: Field;
  value: unknown;
  violations: Violation[];
  onChange: (value: unknown) => void;
}

function Input({ id, field, value, violations, onChange }: InputProps) {
  // What is typed stays as it is typed (`1e`, `{`), as long as it stands for the value.
  const [text, setText] = useState(() => written(field, value));
  const shown =
    JSON.stringify(typed(field, text)) === JSON.stringify(value) ? text : written(field, value);
  const change = (input: string) => {
    setText(input);
    onChange(typed(field, input));
  };
  const common = {
    id,
    value: shown,
    'aria-invalid': violations.length > 0,
    'aria-describedby': `${id}-about ${id}-wrong`,
    'aria-required': field.required,
  };
  const unset = field.default === '' ? '(left out)' : `(left out: ${field.default})`;
  return (
    <div className="field">
      <label htmlFor={id}>
        {field.name}
        {field.required && <span className="required" title="required"> *</span>}
      </label>
      {field.kind === 'choice' || field.kind === 'boolean' ? (
        <select {...common} onChange={(event) => change(event.target.value)}>
          {(!field.required || shown === '') && <option value="">{unset}</option>}
          {options(field, shown).map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : field.kind === 'json' ? (
        <textarea
          {...common}
          rows={1}
          spellCheck={false}
          placeholder="JSON"
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <input
          {...common}
          type="text"
          inputMode={field.kind === 'number' ? 'decimal' : 'text'}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder={field.default}
          onChange={(event) => change(event.target.value)}
        />
      )}
      <p className="field-about" id={`${id}-about`}>
        {field.description.replaceAll('`', '')}
      </p>
      <Violations id={`${id}-wrong`} violations={violations} />
    </div>
  );
}

/** A value that is none of the choices is shown all the same: somebody has written it as JSON. */
function options({ kind, values }: Field, shown: string): string[] {
  const all = kind === 'boolean' ? ['true', 'false'] : values;
  return shown === '' || all.includes(shown) ? all : [shown, ...all];
}

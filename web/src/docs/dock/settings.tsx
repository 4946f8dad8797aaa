// What the next connection is made with.
import { useState } from 'react';
import { SUBPROTOCOLS, type Subprotocol } from '../connection/encoding';
import { request } from '../contract/api';
import { useSession } from '../session';
import { keepToken, keptToken } from '../../shared/token';

export function Settings() {
  const { api, connection } = useSession();
  const { state, protocol } = connection.status;
  const isFixed = state !== 'closed';
  return (
    <div className="settings">
      <label className="choice" title={isFixed ? 'Agreed on when connecting' : undefined}>
        <span>Subprotocol</span>
        <select
          value={protocol}
          disabled={isFixed}
          onChange={(event) => connection.use(event.target.value as Subprotocol)}
        >
          {SUBPROTOCOLS.map((one) => <option key={one}>{one}</option>)}
        </select>
      </label>
      {request(api, 'auth') && <Token />}
    </div>
  );
}

function Token() {
  const { connection } = useSession();
  const [token, setToken] = useState(() => {
    connection.token = keptToken();
    return connection.token;
  });
  function change(value: string) {
    setToken(value);
    connection.token = value.trim();
    keepToken(connection.token);
  }
  return (
    <label className="choice">
      <span>Token</span>
      <input
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder="none"
        title="Sent right after the next connect. Kept until this tab is closed, and sent nowhere else."
        value={token}
        onChange={(event) => change(event.target.value)}
      />
    </label>
  );
}

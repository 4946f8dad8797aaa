import { expect, test } from 'vitest';
import { fragmentOf, placeOf, RESOLUTIONS } from './place';

test.each<[fragment: string, symbol: string | undefined, resolution: string]>([
  ['', undefined, '1'],
  ['#AAPL', 'AAPL', '1'],
  ['#AAPL:5', 'AAPL', '5'],
  ['#BRK.B:D', 'BRK.B', 'D'],
  ['#BTC%2DUSD:60', 'BTC-USD', '60'],
  ['#AAPL:7', 'AAPL', '1'],
  ['#token=e30.e30.e30', undefined, '1'],
  ['#<b>:5', undefined, '5'],
  ['#%ff', undefined, '1'],
])('the place of %s', (fragment, symbol, resolution) => expect(placeOf(fragment)).toEqual({ symbol, resolution }));

test('a fragment leads to its place', () => {
  for (const resolution of RESOLUTIONS) {
    expect(placeOf(fragmentOf('BTC-USD', resolution))).toEqual({ symbol: 'BTC-USD', resolution });
  }
});

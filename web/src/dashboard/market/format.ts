// Prices, quantities and times as this reader writes them.

const numbers = new Map<string, Intl.NumberFormat>();

/** Made once for each use: making one costs more than a hundred numbers. */
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(undefined, options)));
  return format;
}

/** What stands where a number is not known, as wide as a digit. */
export const UNKNOWN = '–';

/** A price with as many decimals as its symbol has (`price_decimals`). */
export function price(value: number | undefined, decimals: number): string {
  if (value === undefined) return UNKNOWN;
  return numberFormat({ minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** The same with its sign, also that of zero's absence: +0.12, −3.40, 0.00. */
export function change(value: number | undefined, decimals: number): string {
  if (value === undefined) return UNKNOWN;
  return numberFormat({
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'exceptZero',
  }).format(value);
}

/** A ratio as percent with its sign: 0.0123 is +1.23%. */
export function percent(ratio: number | undefined): string {
  if (ratio === undefined || !Number.isFinite(ratio)) return UNKNOWN;
  return numberFormat({
    style: 'percent',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(ratio);
}

/** A part of something as percent: 0.0001 is 0.01%. */
export const share = (ratio: number): string =>
  numberFormat({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(ratio);

/** A number of shares or coins, whole where it is: 1,200, 0.0042. */
export const quantity = (value: number): string => numberFormat({ maximumSignificantDigits: 6 }).format(value);

/** A large one in few characters: 38.5M. */
export const volume = (value: number): string =>
  numberFormat({ notation: 'compact', maximumFractionDigits: 2 }).format(value);

const times = new Map<string, Intl.DateTimeFormat>();

function timeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let format = times.get(key);
  if (!format) times.set(key, (format = new Intl.DateTimeFormat(undefined, options)));
  return format;
}

/** The time of day on the reader's clock, to the second. */
export const timeOfDay = (ms: number): string => timeFormat({ timeStyle: 'medium' }).format(ms);

/** The same to the minute. */
export const hourAndMinute = (ms: number): string => timeFormat({ timeStyle: 'short' }).format(ms);

/** Day and time on the reader's clock. */
export const dayAndTime = (ms: number): string =>
  timeFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/** A trading day: daily bars carry the UTC midnight of their date, wherever the reader is. */
export const tradingDay = (ms: number): string => timeFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(ms);

/** Part of a date, for an axis. `utc`: see `tradingDay`. */
export function datePart(ms: number, part: 'year' | 'month' | 'day', utc: boolean): string {
  const options: Intl.DateTimeFormatOptions =
    part === 'year' ? { year: 'numeric' } : part === 'month' ? { month: 'short' } : { day: 'numeric', month: 'short' };
  return timeFormat(utc ? { ...options, timeZone: 'UTC' } : options).format(ms);
}

/** The reader's time zone at a time, such as `Europe/Berlin (GMT+1)`. */
export function zone(ms: number): string {
  const { timeZone } = timeFormat({ timeStyle: 'short' }).resolvedOptions();
  const parts = timeFormat({ hour: 'numeric', timeZoneName: 'short' }).formatToParts(ms);
  const short = parts.find(({ type }) => type === 'timeZoneName')?.value;
  return short === undefined || short === timeZone ? timeZone : `${timeZone} (${short})`;
}

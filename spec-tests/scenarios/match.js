// Whether a value is what a scenario expects: objects by the members that it names.

const OPERATORS = new Set(["$min", "$max", "$any", "$absent", "$includes"]);

/** A list of differences, each with its path; empty when `actual` matches. */
export function differences(expected, actual, path = "") {
  if (isOperator(expected)) return operator(expected, actual, path);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: ${show(actual)} is not an array`];
    if (expected.length !== actual.length) return [`${path}: ${show(actual)} has ${actual.length} elements, not ${expected.length}`];
    return expected.flatMap((element, index) => differences(element, actual[index], `${path}/${index}`));
  }
  if (expected !== null && typeof expected === "object") {
    if (actual === null || typeof actual !== "object") return [`${path}: ${show(actual)} is not an object`];
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], `${path}/${key}`));
  }
  return Object.is(expected, actual) ? [] : [`${path}: ${show(actual)} instead of ${show(expected)}`];
}

export const matches = (expected, actual) => differences(expected, actual).length === 0;

function isOperator(value) {
  return value !== null && typeof value === "object" && Object.keys(value).some((key) => OPERATORS.has(key));
}

function operator(expected, actual, path) {
  const faults = [];
  for (const [name, operand] of Object.entries(expected)) {
    const holds = {
      $min: () => typeof actual === "number" && actual >= operand,
      $max: () => typeof actual === "number" && actual <= operand,
      $any: () => actual !== undefined && actual !== null,
      $absent: () => actual === undefined || actual === null,
      $includes: () => Array.isArray(actual) && operand.every((wanted) => actual.some((element) => matches(wanted, element))),
    }[name];
    if (!holds) throw new Error(`${name} is not an operator`);
    if (!holds()) faults.push(`${path}: ${show(actual)} does not satisfy ${show(expected)}`);
  }
  return faults;
}

const show = (value) => JSON.stringify(value) ?? "nothing";

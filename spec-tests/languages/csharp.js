// C# 8 as C# 7, for Mono's compiler: the only one in Debian, which stopped before nullable references.
//
// The annotations of nullable references mean nothing at run time, so nothing is lost but themselves;
// and where Modelina takes a `dynamic?` to look for an enum's value, it is a string.

const valueTypes = ["bool", "int", "long", "float", "double", "System.DateTimeOffset", "System.Guid", "System.TimeSpan"];

/** `[name, text]` of each source file, rewritten. */
export function withoutNullableReferences(files) {
  const enums = files.flatMap(([, text]) => [...text.matchAll(/public enum (\w+)/g)].map(([, name]) => name));
  const keep = new Set([...valueTypes, ...enums]);
  return files.map(([name, text]) => [
    name,
    text
      .replaceAll("(dynamic? value)", "(string value)")
      .replace(/([\w.]+(?:<[\w., ]+>|\[\])?)\?(?= \w)/g, (whole, type) => (keep.has(type) ? whole : type)),
  ]);
}

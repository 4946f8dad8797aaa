// Stands in for the Spectral packages. The model's helpers name them in functions that only the
// validator calls.
export const Document = {};
export const DiagnosticSeverity = {};

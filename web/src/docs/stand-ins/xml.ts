// Stands in for `fast-xml-parser`, with which the sampler writes XML examples; frames are JSON.
export class XMLBuilder {}

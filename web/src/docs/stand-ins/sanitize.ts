// Stands in for `isomorphic-dompurify`, whose default lets through what a description never needs:
// inline styles (the Content-Security-Policy would report each), forms, and `id`s that could
// take the place of the page's own.
import DOMPurify from 'dompurify';

const RULES = {
  FORBID_ATTR: ['style', 'id', 'name'],
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select'],
};

export const sanitize = (html: string): string => DOMPurify.sanitize(html, RULES);

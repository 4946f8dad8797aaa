// The contracts that unit tests read.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readApi, type Api } from '../contract/api';
import type { Contract } from '../contract/load';

export const FILES = {
  tickwire: '../asyncapi.yaml',
  vehicles: '../examples/vehicles.yaml',
  scoreboard: '../examples/scoreboard.yaml',
  harbour: 'test/contracts/harbour.yaml',
};

export const api = (name: keyof typeof FILES): Api =>
  readApi(parse(readFileSync(FILES[name], 'utf8')) as Contract);

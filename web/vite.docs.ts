// The page at `…/ws/asyncapi`: without a slash at its end, so a browser resolves what it names against `…/ws/`.
import { defineConfig, mergeConfig } from 'vite';
import { page } from './build/page.ts';
import { standIns } from './build/stand-ins.ts';

export default defineConfig(mergeConfig(page('docs', 'asyncapi/assets/'), { plugins: [standIns()] }));

/** Runs before every file of unit tests, many of which share a process. */
import { holdToUnitRules } from './no-waiting.ts';

holdToUnitRules();

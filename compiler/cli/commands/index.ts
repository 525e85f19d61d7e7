/** Every command, in the order of the help. A new one is a file here and a line in this list. */
import type { AddCommand } from '../command.ts';
import { addBreaking } from './breaking.ts';
import { addCheck } from './check.ts';
import { addCompile } from './compile.ts';
import { addDecode } from './decode.ts';
import { addExplain } from './explain.ts';
import { addFormat } from './format.ts';
import { addImport } from './import.ts';
import { addInit } from './init.ts';
import { addKey } from './key.ts';
import { addLock } from './lock.ts';
import { addLsp } from './lsp.ts';
import { addProve } from './prove.ts';
import { addStub } from './stub.ts';
import { addTracker } from './tracker.ts';

export const COMMANDS: readonly AddCommand[] = [
  addCompile,
  addCheck,
  addFormat,
  addLock,
  addBreaking,
  addExplain,
  addDecode,
  addProve,
  addStub,
  addLsp,
  addImport,
  addInit,
  addKey,
  addTracker,
];

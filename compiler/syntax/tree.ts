/**
 * The parts every concrete tree is made of; the door through which the parser library's types
 * enter.
 */
export type { CstNode, IToken } from 'chevrotain';

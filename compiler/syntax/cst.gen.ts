import type { CstNode, IToken } from 'chevrotain';

export interface AllowCstNode extends CstNode {
  name: 'allow';
  children: AllowCstChildren;
}

export type AllowCstChildren = {
  Directive: IToken[];
  LParen?: IToken[];
  Code?: IToken[];
  Word?: IToken[];
  Comma?: IToken[];
  Text?: IToken[];
  RParen?: IToken[];
  junk?: JunkCstNode[];
};

export interface JunkCstNode extends CstNode {
  name: 'junk';
  children: JunkCstChildren;
}

export type JunkCstChildren = {
  Anything?: IToken[];
};

export interface StrayCstNode extends CstNode {
  name: 'stray';
  children: StrayCstChildren;
}

export type StrayCstChildren = {
  Anything: IToken[];
};

export interface UnknownCstNode extends CstNode {
  name: 'unknown';
  children: UnknownCstChildren;
}

export type UnknownCstChildren = {
  Anything: IToken[];
};

export interface FieldsCstNode extends CstNode {
  name: 'fields';
  children: FieldsCstChildren;
}

export type FieldsCstChildren = {
  LBrace?: IToken[];
  allow?: AllowCstNode[];
  field?: FieldCstNode[];
  Comma?: IToken[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface FieldCstNode extends CstNode {
  name: 'field';
  children: FieldCstChildren;
}

export type FieldCstChildren = {
  const?: IToken[];
  name: IToken[];
  Colon?: IToken[];
  type?: TypeCstNode[];
  bound?: BoundCstNode[];
  Equals?: IToken[];
  value?: ValueCstNode[];
  junk: JunkCstNode[];
};

export interface TypeCstNode extends CstNode {
  name: 'type';
  children: TypeCstChildren;
}

export type TypeCstChildren = {
  inline?: IToken[];
  name: IToken[];
  size?: SizeCstNode[];
  typeArguments?: TypeArgumentsCstNode[];
  bits?: BitsCstNode[];
  junk?: JunkCstNode[];
};

export interface SizeCstNode extends CstNode {
  name: 'size';
  children: SizeCstChildren;
}

export type SizeCstChildren = {
  LSquare: IToken[];
  expression?: ExpressionCstNode[];
  RSquare?: IToken[];
};

export interface TypeArgumentsCstNode extends CstNode {
  name: 'typeArguments';
  children: TypeArgumentsCstChildren;
}

export type TypeArgumentsCstChildren = {
  LAngle: IToken[];
  bound?: BoundCstNode[];
  type?: TypeCstNode[];
  Comma?: IToken[];
  RAngle?: IToken[];
};

export interface BitsCstNode extends CstNode {
  name: 'bits';
  children: BitsCstChildren;
}

export type BitsCstChildren = {
  LBrace: IToken[];
  allow?: AllowCstNode[];
  bitsMember?: BitsMemberCstNode[];
  Comma?: IToken[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface BitsMemberCstNode extends CstNode {
  name: 'bitsMember';
  children: BitsMemberCstChildren;
}

export type BitsMemberCstChildren = {
  name: IToken[];
  Colon?: IToken[];
  enum?: IToken[];
  size?: SizeCstNode[];
  junk: JunkCstNode[];
};

export interface BoundCstNode extends CstNode {
  name: 'bound';
  children: BoundCstChildren;
}

export type BoundCstChildren = {
  min?: ExpressionCstNode[];
  DotDot: IToken[];
  max?: ExpressionCstNode[];
  Word?: IToken[];
  send?: ExpressionCstNode[];
};

export interface ExpressionCstNode extends CstNode {
  name: 'expression';
  children: ExpressionCstChildren;
}

export type ExpressionCstChildren = {
  Integer?: IToken[];
  Word?: IToken[];
};

export interface ValueCstNode extends CstNode {
  name: 'value';
  children: ValueCstChildren;
}

export type ValueCstChildren = {
  Integer?: IToken[];
  Word?: IToken[];
  Text?: IToken[];
};

export interface StructCstNode extends CstNode {
  name: 'struct';
  children: StructCstChildren;
}

export type StructCstChildren = {
  words: IToken[];
  junk: JunkCstNode[];
  fields: FieldsCstNode[];
};

export interface EnumerationCstNode extends CstNode {
  name: 'enumeration';
  children: EnumerationCstChildren;
}

export type EnumerationCstChildren = {
  words: IToken[];
  Colon?: IToken[];
  width?: IToken[];
  junk: JunkCstNode[];
  LBrace?: IToken[];
  variant?: VariantCstNode[];
  allow?: AllowCstNode[];
  enumMember?: EnumMemberCstNode[];
  Comma?: IToken[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface EnumMemberCstNode extends CstNode {
  name: 'enumMember';
  children: EnumMemberCstChildren;
}

export type EnumMemberCstChildren = {
  Word: IToken[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
  junk: JunkCstNode[];
};

export interface VariantCstNode extends CstNode {
  name: 'variant';
  children: VariantCstChildren;
}

export type VariantCstChildren = {
  Integer?: IToken[];
  Word?: IToken[];
  Colon?: IToken[];
  struct?: IToken[];
  junk: JunkCstNode[];
};

export interface CodecCstNode extends CstNode {
  name: 'codec';
  children: CodecCstChildren;
}

export type CodecCstChildren = {
  keyword: IToken[];
  name?: IToken[];
  Colon?: IToken[];
  type?: TypeCstNode[];
  via?: IToken[];
  junk: JunkCstNode[];
  LBrace?: IToken[];
  allow?: AllowCstNode[];
  codecTarget?: CodecTargetCstNode[];
  Comma?: IToken[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface CodecTargetCstNode extends CstNode {
  name: 'codecTarget';
  children: CodecTargetCstChildren;
}

export type CodecTargetCstChildren = {
  Word: IToken[];
  Colon?: IToken[];
  Text?: IToken[];
  junk: JunkCstNode[];
};

export interface VectorCstNode extends CstNode {
  name: 'vector';
  children: VectorCstChildren;
}

export type VectorCstChildren = {
  keyword: IToken[];
  name?: IToken[];
  of?: IToken[];
  object?: ObjectCstNode[];
  Equals?: IToken[];
  bytes?: ValueCstNode[];
  junk: JunkCstNode[];
};

export interface ObjectCstNode extends CstNode {
  name: 'object';
  children: ObjectCstChildren;
}

export type ObjectCstChildren = {
  LBrace: IToken[];
  allow?: AllowCstNode[];
  objectEntry?: ObjectEntryCstNode[];
  Comma?: IToken[];
  stray?: StrayCstNode[];
  RBrace?: IToken[];
};

export interface ObjectEntryCstNode extends CstNode {
  name: 'objectEntry';
  children: ObjectEntryCstChildren;
}

export type ObjectEntryCstChildren = {
  Word: IToken[];
  Colon?: IToken[];
  literal?: LiteralCstNode[];
  junk: JunkCstNode[];
};

export interface LiteralCstNode extends CstNode {
  name: 'literal';
  children: LiteralCstChildren;
}

export type LiteralCstChildren = {
  Address?: IToken[];
  Decimal?: IToken[];
  list?: ListCstNode[];
  object?: ObjectCstNode[];
  variant?: IToken[];
  value?: ValueCstNode[];
  deep?: DeepCstNode[];
};

export interface ListCstNode extends CstNode {
  name: 'list';
  children: ListCstChildren;
}

export type ListCstChildren = {
  LSquare: IToken[];
  literal?: LiteralCstNode[];
  Comma?: IToken[];
  unexpected?: IToken[];
  RSquare?: IToken[];
};

export interface DeepCstNode extends CstNode {
  name: 'deep';
  children: DeepCstChildren;
}

export type DeepCstChildren = {
  Anything: IToken[];
};

export interface ConstDeclarationCstNode extends CstNode {
  name: 'constDeclaration';
  children: ConstDeclarationCstChildren;
}

export type ConstDeclarationCstChildren = {
  keyword: IToken[];
  name: IToken[];
  Equals?: IToken[];
  value?: ValueCstNode[];
  junk: JunkCstNode[];
};

export interface CommunityCstNode extends CstNode {
  name: 'community';
  children: CommunityCstChildren;
}

export type CommunityCstChildren = {
  words: IToken[];
  clause?: ClauseCstNode[];
  Equals?: IToken[];
  identity?: IdentityCstNode[];
  junk: JunkCstNode[];
  LBrace?: IToken[];
  member?: MemberCstNode[];
  RBrace?: IToken[];
};

export interface ClauseCstNode extends CstNode {
  name: 'clause';
  children: ClauseCstChildren;
}

export type ClauseCstChildren = {
  Word: IToken[];
  expression: ExpressionCstNode[];
};

export interface IdentityCstNode extends CstNode {
  name: 'identity';
  children: IdentityCstChildren;
}

export type IdentityCstChildren = {
  form?: IToken[];
  LParen?: IToken[];
  Text?: IToken[];
  RParen?: IToken[];
};

export interface MemberCstNode extends CstNode {
  name: 'member';
  children: MemberCstChildren;
}

export type MemberCstChildren = {
  reserved?: ReservedCstNode[];
  community?: CommunityCstNode[];
  request?: RequestCstNode[];
  allow?: AllowCstNode[];
  vector?: VectorCstNode[];
  codec?: CodecCstNode[];
  struct?: StructCstNode[];
  enumeration?: EnumerationCstNode[];
  constDeclaration?: ConstDeclarationCstNode[];
  message?: MessageCstNode[];
  Comma?: IToken[];
  unknown?: UnknownCstNode[];
};

export interface ReservedCstNode extends CstNode {
  name: 'reserved';
  children: ReservedCstChildren;
}

export type ReservedCstChildren = {
  Word: IToken[];
  reservedRange: ReservedRangeCstNode[];
  Comma?: IToken[];
  owner?: IToken[];
  junk: JunkCstNode[];
};

export interface ReservedRangeCstNode extends CstNode {
  name: 'reservedRange';
  children: ReservedRangeCstChildren;
}

export type ReservedRangeCstChildren = {
  expression: ExpressionCstNode[];
  DotDot?: IToken[];
};

export interface MessageCstNode extends CstNode {
  name: 'message';
  children: MessageCstChildren;
}

export type MessageCstChildren = {
  words: IToken[];
  override?: OverrideCstNode[];
  Equals?: IToken[];
  expression?: ExpressionCstNode[];
  via?: ViaCstNode[];
  junk: JunkCstNode[];
  fields: FieldsCstNode[];
};

export interface OverrideCstNode extends CstNode {
  name: 'override';
  children: OverrideCstChildren;
}

export type OverrideCstChildren = {
  Word: IToken[];
  parent: IToken[];
};

export interface ViaCstNode extends CstNode {
  name: 'via';
  children: ViaCstChildren;
}

export type ViaCstChildren = {
  Word: IToken[];
  carriers: IToken[];
  Comma?: IToken[];
};

export interface RequestCstNode extends CstNode {
  name: 'request';
  children: RequestCstChildren;
}

export type RequestCstChildren = {
  keyword: IToken[];
  name?: IToken[];
  LParen?: IToken[];
  asks?: IToken[];
  RParen?: IToken[];
  Colon?: IToken[];
  answers?: IToken[];
  requestClause?: RequestClauseCstNode[];
  junk: JunkCstNode[];
};

export interface RequestClauseCstNode extends CstNode {
  name: 'requestClause';
  children: RequestClauseCstChildren;
}

export type RequestClauseCstChildren = {
  keyword: IToken[];
  Integer?: IToken[];
  word?: IToken[];
};

export interface FileCstNode extends CstNode {
  name: 'file';
  children: FileCstChildren;
}

export type FileCstChildren = {
  importDeclaration?: ImportDeclarationCstNode[];
  constDeclaration?: ConstDeclarationCstNode[];
  codec?: CodecCstNode[];
  allow?: AllowCstNode[];
  vector?: VectorCstNode[];
  request?: RequestCstNode[];
  community?: CommunityCstNode[];
  struct?: StructCstNode[];
  enumeration?: EnumerationCstNode[];
  message?: MessageCstNode[];
  RBrace?: IToken[];
  unknown?: UnknownCstNode[];
};

export interface ImportDeclarationCstNode extends CstNode {
  name: 'importDeclaration';
  children: ImportDeclarationCstChildren;
}

export type ImportDeclarationCstChildren = {
  Word: IToken[];
  Text?: IToken[];
  junk: JunkCstNode[];
};

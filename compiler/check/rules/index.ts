import type { Rule } from '../context.ts';
import { bitsExactly8 } from './bits-exactly-8.ts';
import { boundsFit } from './bounds-fit.ts';
import { carriersKnown } from './carriers-known.ts';
import { cellBeginsWithCircuitId } from './cell-begins-with-circuit-id.ts';
import { codecsSound } from './codecs-sound.ts';
import { constantsFit } from './constants-fit.ts';
import { declarationsDocumented } from './declarations-documented.ts';
import { decodingBounded } from './decoding-bounded.ts';
import { enumValuesFit } from './enum-values-fit.ts';
import { enumValuesUnique } from './enum-values-unique.ts';
import { enumWidthsStated } from './enum-widths-stated.ts';
import { datagramsNotExceeded } from './datagrams-not-exceeded.ts';
import { extendsAcyclic } from './extends-acyclic.ts';
import { fieldNamesInSnakeCase } from './field-names-in-snake-case.ts';
import { fieldNamesUnique } from './field-names-unique.ts';
import { flagsSingleBits } from './flags-single-bits.ts';
import { framesFit } from './frames-fit.ts';
import { identityStated } from './identity-stated.ts';
import { identityUnique } from './identity-unique.ts';
import { identityValid } from './identity-valid.ts';
import { importsAcyclic } from './imports-acyclic.ts';
import { importsExist } from './imports-exist.ts';
import { importsUsed } from './imports-used.ts';
import { listElementsNotEmpty } from './list-elements-not-empty.ts';
import { messageIdsInRange } from './message-ids-in-range.ts';
import { messageIdsNotReserved } from './message-ids-not-reserved.ts';
import { messageIdsUnique } from './message-ids-unique.ts';
import { moduleNamesUnique } from './module-names-unique.ts';
import { namesKnown } from './names-known.ts';
import { namesNotBuiltIn } from './names-not-built-in.ts';
import { namesUnique } from './names-unique.ts';
import { overridesAgree } from './overrides-agree.ts';
import { overridesKnown } from './overrides-known.ts';
import { overridesToldApart } from './overrides-told-apart.ts';
import { rangesFit } from './ranges-fit.ts';
import { requestFieldsAgree } from './request-fields-agree.ts';
import { requestLimits } from './request-limits.ts';
import { requestsApart } from './requests-apart.ts';
import { requestsKnown } from './requests-known.ts';
import { requestsNotAmplified } from './requests-not-amplified.ts';
import { reservedOwnersKnown } from './reserved-owners-known.ts';
import { restLast } from './rest-last.ts';
import { signedOrUnsignedStated } from './signed-or-unsigned-stated.ts';
import { sizesBounded } from './sizes-bounded.ts';
import { sizesValid } from './sizes-valid.ts';
import { structsNotRecursive } from './structs-not-recursive.ts';
import { typeNamesInPascalCase } from './type-names-in-pascal-case.ts';
import { typesWellFormed } from './types-well-formed.ts';
import { vectorsFit } from './vectors-fit.ts';
import { versionInRange } from './version-in-range.ts';

/** Every rule, in the order that reads best when several complain about one place. */
export const rules: readonly Rule[] = [
  importsExist,
  importsAcyclic,
  importsUsed,
  moduleNamesUnique,
  namesUnique,
  namesNotBuiltIn,
  namesKnown,
  fieldNamesUnique,
  messageIdsInRange,
  messageIdsUnique,
  messageIdsNotReserved,
  reservedOwnersKnown,
  identityStated,
  identityValid,
  extendsAcyclic,
  versionInRange,
  identityUnique,
  signedOrUnsignedStated,
  carriersKnown,
  overridesKnown,
  overridesAgree,
  overridesToldApart,
  requestsKnown,
  requestsApart,
  requestFieldsAgree,
  requestLimits,
  cellBeginsWithCircuitId,
  codecsSound,
  typesWellFormed,
  sizesValid,
  boundsFit,
  rangesFit,
  bitsExactly8,
  enumWidthsStated,
  enumValuesFit,
  enumValuesUnique,
  flagsSingleBits,
  structsNotRecursive,
  restLast,
  listElementsNotEmpty,
  framesFit,
  constantsFit,
  vectorsFit,
  sizesBounded,
  datagramsNotExceeded,
  requestsNotAmplified,
  decodingBounded,
  fieldNamesInSnakeCase,
  typeNamesInPascalCase,
  declarationsDocumented,
];

/**
 * Rules that find the faults of a schema in itself and in what it imports, and report them in it:
 * what was fine stays so until one of those schemas, or the set of declared names, changes. All
 * other rules compare schemas, and look at every one each time.
 */
export const localRules: ReadonlySet<Rule> = new Set<Rule>([
  importsExist,
  importsUsed,
  namesNotBuiltIn,
  namesKnown,
  fieldNamesUnique,
  messageIdsInRange,
  messageIdsUnique,
  messageIdsNotReserved,
  identityStated,
  identityValid,
  extendsAcyclic,
  versionInRange,
  signedOrUnsignedStated,
  carriersKnown,
  overridesKnown,
  overridesAgree,
  overridesToldApart,
  requestsKnown,
  requestsApart,
  requestFieldsAgree,
  requestLimits,
  cellBeginsWithCircuitId,
  codecsSound,
  typesWellFormed,
  sizesValid,
  boundsFit,
  rangesFit,
  bitsExactly8,
  enumWidthsStated,
  enumValuesFit,
  enumValuesUnique,
  flagsSingleBits,
  restLast,
  listElementsNotEmpty,
  framesFit,
  constantsFit,
  datagramsNotExceeded,
  requestsNotAmplified,
  decodingBounded,
  fieldNamesInSnakeCase,
  typeNamesInPascalCase,
  declarationsDocumented,
]);

/** py-ipv8's payload classes → our generated ones. */
import * as attestation from '../../generated/attestation.ts';
import * as dht from '../../generated/dht.ts';
import * as discovery from '../../generated/discovery.ts';
import * as envelope from '../../generated/envelope.ts';
import * as identity from '../../generated/identity.ts';
import * as introduction from '../../generated/introduction.ts';
import * as tunnel from '../../generated/tunnel.ts';
import type { StructType } from '../../runtime/protocol/protocol.ts';
import * as formats from '../generated/formats.ts';
import * as docs from '../generated/reference-docs.ts';
import * as tests from '../generated/reference-tests.ts';

export type PayloadType = StructType<unknown> & { new (init: never): object };

type Types = { readonly [className: string]: PayloadType };

const LIBRARY: { readonly [module: string]: Types } = {
  'ipv8.messaging.payload': {
    IntroductionRequestPayload: introduction.IntroductionRequest,
    NewIntroductionRequestPayload: introduction.NewIntroductionRequest,
    IntroductionResponsePayload: introduction.IntroductionResponse,
    NewIntroductionResponsePayload: introduction.NewIntroductionResponse,
    PunctureRequestPayload: introduction.PunctureRequest,
    NewPunctureRequestPayload: introduction.NewPunctureRequest,
    PuncturePayload: introduction.Puncture,
    NewPuncturePayload: introduction.NewPuncture,
  },
  'ipv8.messaging.payload_headers': {
    BinMemberAuthenticationPayload: envelope.MemberAuthentication,
    GlobalTimeDistributionPayload: envelope.GlobalTimeDistribution,
  },
  'ipv8.peerdiscovery.payload': {
    SimilarityRequestPayload: discovery.SimilarityRequest,
    SimilarityResponsePayload: discovery.SimilarityResponse,
    PingPayload: discovery.Ping,
    PongPayload: discovery.Pong,
    DiscoveryIntroductionRequestPayload: discovery.DiscoveryIntroductionRequest,
  },
  'ipv8.dht.payload': {
    PingRequestPayload: dht.PingRequest,
    PingResponsePayload: dht.PingResponse,
    StoreRequestPayload: dht.StoreRequest,
    StoreResponsePayload: dht.StoreResponse,
    FindRequestPayload: dht.FindRequest,
    FindResponsePayload: dht.FindResponse,
    StorePeerRequestPayload: dht.StorePeerRequest,
    StorePeerResponsePayload: dht.StorePeerResponse,
    ConnectPeerRequestPayload: dht.ConnectPeerRequest,
    ConnectPeerResponsePayload: dht.ConnectPeerResponse,
    StrPayload: dht.PlainValue,
    SignedStrPayload: dht.SignedValue,
  },
  'ipv8.dht.provider': { DHTIntroPointPayload: dht.DhtIntroductionPoint },
  'ipv8.messaging.anonymization.payload': {
    ExtraIntroductionPayload: tunnel.ExtraIntroduction,
    DataPayload: tunnel.Data,
    CreatePayload: tunnel.Create,
    CreatedPayload: tunnel.Created,
    ExtendPayload: tunnel.Extend,
    ExtendedPayload: tunnel.Extended,
    PingPayload: tunnel.Ping,
    PongPayload: tunnel.Pong,
    DestroyPayload: tunnel.Destroy,
    EstablishIntroPayload: tunnel.EstablishIntroduction,
    IntroEstablishedPayload: tunnel.IntroductionEstablished,
    EstablishRendezvousPayload: tunnel.EstablishRendezvous,
    RendezvousEstablishedPayload: tunnel.RendezvousEstablished,
    CreateE2EPayload: tunnel.CreateEndToEnd,
    CreatedE2EPayload: tunnel.CreatedEndToEnd,
    LinkE2EPayload: tunnel.LinkEndToEnd,
    LinkedE2EPayload: tunnel.LinkedEndToEnd,
    PeersRequestPayload: tunnel.PeersRequest,
    IntroductionInfo: tunnel.IntroductionInfo,
    PeersResponsePayload: tunnel.PeersResponse,
    RendezvousInfo: tunnel.RendezvousInfo,
    TestRequestPayload: tunnel.TestRequest,
    TestResponsePayload: tunnel.TestResponse,
  },
  'ipv8.attestation.identity.payload': {
    DisclosePayload: identity.Disclose,
    AttestPayload: identity.Attest,
    RequestMissingPayload: identity.RequestMissing,
    MissingResponsePayload: identity.MissingResponse,
  },
  'ipv8.attestation.wallet.payload': {
    RequestAttestationPayload: attestation.RequestAttestation,
    VerifyAttestationRequestPayload: attestation.VerifyAttestationRequest,
    AttestationChunkPayload: attestation.AttestationChunk,
    ChallengePayload: attestation.Challenge,
    ChallengeResponsePayload: attestation.ChallengeResponse,
  },
};

const TESTS: { readonly [module: string]: Types } = {
  'ipv8.test.messaging.test_serialization': {
    Short: tests.Short,
    Byte: formats.Byte,
    Nested: formats.Nested,
    Raw: formats.Raw,
    NestedWithRaw: formats.NestedWithRaw,
  },
  'ipv8.test.messaging.test_lazy_payload': {
    A: formats.PairA,
    CompiledA: tests.CompiledA,
    BitsPayload: tests.BitsPayload,
    CompiledBitsPayload: tests.CompiledBitsPayload,
    B: formats.HoldsPair,
    CompiledB: tests.CompiledB,
    CompiledBAlt: tests.CompiledBAlt,
    C: tests.C,
    CompiledC: tests.CompiledC,
    CompiledCAlt: tests.CompiledCAlt,
    OldA: tests.OldA,
    D: tests.D,
    CompiledD: tests.CompiledD,
    NewC: tests.NewC,
    CompiledNewC: tests.CompiledNewC,
    E: formats.PairsOfA,
    F: tests.F,
    CompiledF: tests.CompiledF,
  },
  'ipv8.test.messaging.test_payload_dataclass': {
    NativeBool: tests.NativeBool,
    NativeInt: formats.NativeInt,
    NativeBytes: tests.NativeBytes,
    NativeStr: tests.NativeStr,
    SerializerType: tests.SerializerType,
    NestedType: tests.NestedType,
    NestedListType: tests.NestedListType,
    ListIntType: tests.ListIntType,
    ListBoolType: tests.ListBoolType,
    A: tests.DataclassA,
    B: tests.DataclassB,
    FwdDataclass: tests.FwdDataclass,
    StripMsgId: tests.StripMsgId,
    FwdMsgId: tests.FwdMsgId,
    EverythingItem: tests.EverythingPart,
    Everything: tests.Everything,
  },
};

const DOCS: { readonly [module: string]: Types } = {
  'doc.reference.serialization_1': {
    MySerializable: docs.MySerializable,
    MyPayload: docs.MyPayload,
    MyVariablePayload: docs.MyVariablePayload,
    MyCVariablePayload: docs.MyCVariablePayload,
    MyDataclassPayload: docs.MyDataclassPayload,
  },
  'doc.reference.serialization_2': {
    MyMessagePayload1: docs.MyMessagePayload1,
    MyMessagePayload2: docs.MyMessagePayload2,
  },
  'doc.reference.serialization_3': {
    MyMessage1: docs.MyMessage1,
    MyMessage2: docs.MyMessage2,
  },
  'doc.reference.serialization_4': {
    VPMessageKeepDict: docs.VPMessageKeepDict,
    DCMessageKeepDict: docs.DCMessageKeepDict,
  },
  'doc.reference.serialization_5': { Message: docs.Message },
  'doc.reference.serialization_7': { A: docs.DocsA, B: docs.DocsB },
  'doc.basics.requestcache_tutorial_3': {
    MyRequest: docs.MyRequest,
    MyResponse: docs.MyResponse,
  },
  'doc.basics.testbase_tutorial_2': {
    Message1: docs.Message1,
    Message2: docs.Message2,
    Message3: docs.Message3,
  },
  'doc.basics.overlay_tutorial_5': { MyMessage: docs.MyMessage },
};

/** The generated class of a recorded payload's class. */
export function payloadType(module: string, className: string): PayloadType | undefined {
  return { ...LIBRARY, ...TESTS, ...DOCS }[module]?.[className];
}

/**
 * Communities that one message may say its sender is in; further ones are not looked at. As many
 * ids as fit in one datagram, and as a network keeps of a peer
 * (`NETWORK_LIMITS.servicesPerPeerMax`). The reference keeps any number, 50,000 of one peer when
 * tried. Beyond it: they are not looked at.
 */
export const SIMILARITY_COMMUNITIES_MAX = 64;

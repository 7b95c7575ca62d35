#include "shield/cosigner/chain.h"

namespace hufu::cosigner {

Fit fitOf(const Chain &chain, const Position &phone)
{
    if (phone.ctr == chain.ctr && phone.n == chain.n) return Fit::step;
    if (chain.ctr > 0 && phone.ctr == chain.ctr - 1 && phone.n == chain.nPrevious && phone.rid == chain.ridLast)
        return Fit::repeat;
    return Fit::other;
}

Chain rolled(const Chain &chain, const ByteArray<16> &rid, const ByteArray<32> &nextN)
{
    return {chain.ctr + 1, nextN, chain.n, rid};
}

bool isAhead(const Chain &chain, const Position &phone)
{
    return phone.ctr >= chain.ctr;
}

Chain adoptedFrom(const Position &phone)
{
    Chain chain;
    chain.ctr = phone.ctr;
    chain.n = phone.n;
    return chain;
}

} // namespace hufu::cosigner

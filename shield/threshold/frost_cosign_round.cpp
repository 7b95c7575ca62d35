#include "shield/threshold/frost_cosign_round.h"

#include "shield/base/ct.h"
#include "shield/crypto/frost_hash.h"

namespace hufu::threshold::frost::cosign {

crypto::EdScalar nonceOf(std::string_view label, const crypto::EdScalar &s, ports::Random &random)
{
    const Secret<32> draw = random.secret<32>(label);
    const Secret<32> share = s.secretBytes();
    return crypto::frostH3({draw.expose(), share.expose()});
}

crypto::EdPoint published(const crypto::EdScalar &nonce)
{
    const crypto::EdPoint point = mulBase(nonce);
    ct::declassify(&point, sizeof point);
    return point;
}

} // namespace hufu::threshold::frost::cosign

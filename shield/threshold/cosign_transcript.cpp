#include "shield/threshold/cosign_transcript.h"

#include "shield/threshold/transcript.h"

namespace hufu::threshold::cosign {

ByteArray<32> commitmentOf(const SharedKey &key, const EncodedPoint &r1, const ByteArray<32> &rnd)
{
    Writer epoch;
    epoch.u32(key.epoch());
    return hash("S-com", {key.keyId(), epoch.bytes(), key.acct(), r1.bytes(), rnd});
}

Bytes contextOf(const SharedKey &key, const Sid &sid, const ByteArray<32> &com1, const ByteArray<32> &e)
{
    Writer context;
    context.raw(key.keyId()).u32(key.epoch()).raw(key.acct()).raw(sid).raw(com1).raw(e);
    return context.take();
}

} // namespace hufu::threshold::cosign

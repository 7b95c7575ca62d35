// The key that signs what this phone saw of an act, told to the server: whoever judges an evidence finds there whose it is.
#pragma once

#include "shield/phone/fetch.h"

namespace hufu::phone {

// Runs behind the back of the person. May be told again. A server of before does not know the message.
class EvidenceFetch final : public Fetch {
public:
    explicit EvidenceFetch(const Environment &environment) : Fetch(environment) {}

    // Errors: badState (begun), notFound (no device).
    Result<Step> start();

private:
    Bytes question(const ByteArray<16> &cn) const override;
    Result<void> take(ByteView answer) override;

    std::optional<crypto::Ed25519Key> m_key;
};

} // namespace hufu::phone

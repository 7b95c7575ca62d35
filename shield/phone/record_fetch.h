// Asks the server for what it has logged for the account since the last time, and holds the history against it.
#pragma once

#include "shield/phone/fetch.h"
#include "shield/phone/record_check.h"
#include "shield/wire/records.h"

namespace hufu::phone {

// Runs behind the back of the person. If it comes to nothing, what was compared before stays.
class RecordFetch final : public Fetch {
public:
    explicit RecordFetch(const Environment &environment) : Fetch(environment) {}

    // Errors: badState (begun, or no device); as the vault's.
    Result<Step> start();

private:
    Bytes question(const ByteArray<16> &cn) const override;
    Result<void> take(ByteView answer) override;
    bool wantsMore() const override { return m_wantsMore; }

    Result<void> keep(const RecordCheck &check);

    std::uint64_t m_next = 1;
    bool m_wantsMore = false;
};

} // namespace hufu::phone

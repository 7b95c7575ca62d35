// The computers that the device's person has enrolled, as the server knows them, and the removal of one.
#pragma once

#include "shield/phone/fetch.h"
#include "shield/wire/desks.h"

#include <vector>

namespace hufu::phone {

// A removal that was not answered may have been heard, and is as well asked for again.
class DeskFetch final : public Fetch {
public:
    explicit DeskFetch(const Environment &environment) : Fetch(environment) {}

    // In: removed, the desk to be removed; none: they are only listed. Errors: badState (begun, or no device).
    Result<Step> start(const std::optional<ByteArray<16>> &removed = {});

    const std::vector<wire::DeskList::Item> &desks() const { return m_desks; } // once done

private:
    Bytes question(const ByteArray<16> &cn) const override;
    Result<void> take(ByteView answer) override;

    std::optional<ByteArray<16>> m_removed;
    std::vector<wire::DeskList::Item> m_desks;
};

} // namespace hufu::phone

// What a flow writes into the history. For the sources of this folder only.
#pragma once

#include "shield/phone/approval.h"

#include <optional>

namespace hufu::phone {

vault::HistoryEntry entryOf(const Environment &environment, const Request &request, bool isApproved, std::uint16_t code);

// The entry of one act: a phone that dies in it has one that says that its person had not decided yet, or that its end was not heard.
class Logbook {
public:
    // Once a request of others is shown. Nothing depends on it: where it cannot be written, it is not.
    void show(const Environment &environment, const Request &request);
    // Before the server is told what it decides by, which must not be told if this fails: the server's record would be one of which this phone
    // knows nothing. Once. Errors: as the vault's.
    Result<void> begin(const Environment &environment, const Request &request);
    // The outcome, in the place of that.
    Result<void> end(vault::Vault &vault, const vault::HistoryEntry &entry);

private:
    std::optional<vault::HistoryEntry> m_noted;
    bool m_hasBegun = false;
};

} // namespace hufu::phone

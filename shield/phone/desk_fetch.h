// The computers that the device's person has enrolled, as the server knows them, and the removal of one.
#pragma once

#include "shield/phone/step.h"
#include "shield/wire/desks.h"

#include <optional>
#include <vector>

namespace hufu::phone {

// Its only pages are working, done and stopped. A loss of the connection ends it; a removal that was not answered may have been heard, and is
// as well asked for again.
class DeskFetch {
public:
    explicit DeskFetch(const Environment &environment) : m_environment(environment) {}

    // In: removed, the desk to be removed; none: they are only listed. Errors: badState (begun, or no device).
    Result<Step> start(const std::optional<ByteArray<16>> &removed = {});
    Result<Step> receive(ByteView message);
    Result<Step> connectionLost();
    Result<Step> tick(); // gives up after kPatienceMs

    const std::vector<wire::DeskList::Item> &desks() const { return m_desks; } // once done
    const vault::ServerLink &server() const { return m_server; }              // to connect to
    static constexpr std::int64_t kPatienceMs = 10'000;

private:
    enum class State : std::uint8_t { idle, greeting, list, ended };
    Step end(Show show, const std::optional<Problem> &problem);
    Result<Step> dispatch(ByteView message);
    Bytes askedUnder(const ByteArray<16> &cn) const;

    Environment m_environment;
    State m_state = State::idle;
    std::optional<vault::Device> m_device;
    std::optional<ByteArray<16>> m_removed;
    std::vector<wire::DeskList::Item> m_desks;
    vault::ServerLink m_server;
    std::int64_t m_sinceMs = 0; // monotonic
};

} // namespace hufu::phone

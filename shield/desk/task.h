// One act that waits for the phone: the frames to draw, the countdown, silent restarts, the end. Pure: time
// goes in.
#pragma once

#include "shield/desk/desk_key.h"
#include "shield/intent/manifest.h"

#include <optional>

namespace hufu::desk {

// What the server answered when the session was started.
struct Session {
    ByteArray<16> token{};
    Secret<32> frameSecret;
    Bytes manifest; // canonical
};

// The server's manifest is what this desk asked for: nothing that the draft says is missing, other or more, so that nobody can let the
// person open to another key, for other people or another project than the window shows. Before any frame is signed over it.
// In: draft, in JSON as it was sent; empty for an enrolment. Errors: badInput; tampered.
Result<void> checkAnswer(ByteView manifest, ByteView draft, const DeskKey &key);

// The session as the server reports it.
enum class Report : std::uint8_t { preparing, waiting, claimed, approved, refused, expired, failed };
std::optional<Report> reportOf(std::string_view name); // "waiting", ...

enum class Stage : std::uint8_t {
    starting, // no session yet
    showing,  // frames are drawn
    claimed,  // a phone has it; the code is hidden
    approved,
    refused,
    expired,
    failed,
};
bool finished(Stage stage);

// What the window does now.
struct Scene {
    Stage stage = Stage::starting;
    std::string frame;    // to be drawn; empty: hide the code
    int secondsLeft = 0;  // of showing; 0 else
    bool restart = false; // start a new session with the same draft and call begin() again
};

class Task {
public:
    // In: nowMs, monotonic, as in every call.
    explicit Task(std::int64_t nowMs) : m_firstMs(nowMs) {}

    // A session has been started; the first one or a restart.
    // In: startedMs, when the server's answer to the start came in, before any upload that followed.
    // Errors: badInput (the manifest is not one); badState (claimed or finished).
    Result<void> begin(Session session, std::int64_t startedMs);
    // News from the server about token; those of a session before a restart are ignored.
    void report(const ByteArray<16> &token, Report report);
    void fail(); // the session could not be started, or the server is out of reach for good

    // The frame of this second, signed by key.
    Scene scene(const DeskKey &key, std::int64_t nowMs);

    Stage stage() const { return m_stage; }
    const std::optional<Session> &session() const { return m_session; }
    const std::optional<intent::Manifest> &manifest() const { return m_manifest; }

private:
    std::string frameAt(const DeskKey &key, std::uint32_t second) const;

    std::int64_t m_firstMs;
    std::int64_t m_sessionMs = 0;
    Stage m_stage = Stage::starting;
    std::optional<Session> m_session;
    std::optional<intent::Manifest> m_manifest;
};

} // namespace hufu::desk

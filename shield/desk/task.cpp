#include "shield/desk/task.h"

#include "shield/base/limits.h"
#include "shield/intent/frame.h"

namespace hufu::desk {

Result<void> checkAnswer(ByteView manifest, ByteView draft, const DeskKey &key)
{
    HUFU_TRY(answered, intent::Manifest::parse(manifest));
    const Error other(Errc::tampered, "not what the desk asked for");
    if (answered.flow != intent::Flow::desk || !answered.desk || answered.desk->id != key.id()) return other;
    if (draft.empty())
        return answered.act == intent::Act::enrol && answered.deskPublicKey == key.publicKey() ? Result<void>() : other;
    intent::Manifest base; // what is the server's to say
    base.flow = answered.flow;
    base.nonce = answered.nonce;
    base.created = answered.created;
    base.platform = answered.platform;
    base.desk = answered.desk;
    base.company = answered.company;
    base.person = answered.person;
    HUFU_TRY(asked, intent::Manifest::fromDraft(draft, base));
    asked.network = answered.network;
    return asked == answered ? Result<void>() : other;
}

std::optional<Report> reportOf(std::string_view name)
{
    if (name == "preparing") return Report::preparing;
    if (name == "waiting") return Report::waiting;
    if (name == "claimed") return Report::claimed;
    if (name == "approved") return Report::approved;
    if (name == "refused") return Report::refused;
    if (name == "expired") return Report::expired;
    if (name == "failed") return Report::failed;
    return std::nullopt;
}

bool finished(Stage stage)
{
    return stage != Stage::starting && stage != Stage::showing && stage != Stage::claimed;
}

Result<void> Task::begin(Session session, std::int64_t startedMs)
{
    if (m_stage != Stage::starting && m_stage != Stage::showing)
        return Error(Errc::badState, "the act is under way");
    HUFU_TRY(manifest, intent::Manifest::parse(session.manifest));
    m_manifest = std::move(manifest);
    m_session = std::move(session);
    m_sessionMs = startedMs;
    m_stage = Stage::showing;
    return {};
}

void Task::report(const ByteArray<16> &token, Report report)
{
    if (finished(m_stage) || !m_session || m_session->token != token) return;
    switch (report) {
    case Report::preparing:
    case Report::waiting:
        return;
    case Report::claimed:
        m_stage = Stage::claimed;
        return;
    case Report::approved:
        m_stage = Stage::approved;
        return;
    case Report::refused:
        m_stage = Stage::refused;
        return;
    // A shown session that runs out is restarted by scene(); a claimed one is over.
    case Report::expired:
        if (m_stage == Stage::claimed) m_stage = Stage::expired;
        return;
    case Report::failed:
        m_stage = Stage::failed;
        return;
    }
}

void Task::fail()
{
    if (!finished(m_stage)) m_stage = Stage::failed;
}

std::string Task::frameAt(const DeskKey &key, std::uint32_t second) const
{
    intent::Frame frame;
    frame.kind = intent::FrameKind::desk;
    frame.token = m_session->token;
    frame.second = second;
    frame.code = intent::frameCode(m_session->frameSecret, frame.token, second, m_manifest->sm3());
    frame.deskId = key.id();
    frame.signature = key.sign(frame.signedBytes());
    return frame.text();
}

Scene Task::scene(const DeskKey &key, std::int64_t nowMs)
{
    Scene scene;
    if (m_stage == Stage::showing) {
        const std::int64_t shown = nowMs - m_sessionMs;
        const std::int64_t total = nowMs - m_firstMs;
        if (total >= limits::kSessionRestartMs) {
            m_stage = Stage::expired;
        } else if (shown >= limits::kSessionShownMs) {
            scene.restart = true;
            m_stage = Stage::starting;
        } else {
            scene.frame = frameAt(key, static_cast<std::uint32_t>(shown / limits::kFrameIntervalMs));
            scene.secondsLeft = static_cast<int>((limits::kSessionRestartMs - total + 999) / 1000);
        }
    }
    scene.stage = m_stage;
    return scene;
}

} // namespace hufu::desk

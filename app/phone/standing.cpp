#include "app/phone/standing.h"

#include "app/catalogue/catalogue.h"
#include "app/phone/act_record.h"
#include "app/phone/request_view.h"
#include "shield/base/limits.h"
#include "shield/phone/record_check.h"
#include "shield/phone/upkeep.h"
#include "shield/x509/certificate.h"

#include <algorithm>

namespace hufu::phone_app {

static constexpr qint64 kDayMs = 86'400'000;

int daysLeft(std::int64_t endMs, std::int64_t nowMs)
{
    return static_cast<int>(std::max<std::int64_t>(0, (endMs - nowMs + kDayMs - 1) / kDayMs));
}

static CertificateView cardOf(const vault::Device &device, const x509::Certificate &sign,
                              const std::optional<x509::Certificate> &encrypt, std::int64_t nowMs)
{
    CertificateView card;
    card.person = QString::fromStdString(device.person);
    card.company = QString::fromStdString(device.company);
    card.creditCode = QString::fromStdString(device.creditCode);
    card.issuer = QString::fromStdString(sign.issuer().commonName);
    card.signSerial = QString::fromStdString(toHex(sign.serial()));
    if (encrypt) card.encryptSerial = QString::fromStdString(toHex(encrypt->serial()));
    card.signAlgorithm = sign.publicKey().suite() == crypto::Suite::sm2 ? QStringLiteral("SM2") : QStringLiteral("Ed25519");
    card.validFrom = QDateTime::fromMSecsSinceEpoch(sign.notBeforeMs());
    card.validTo = QDateTime::fromMSecsSinceEpoch(sign.notAfterMs());
    card.daysLeft = daysLeft(sign.notAfterMs(), nowMs);
    return card;
}

bool isMine(const opening::Bid &bid)
{
    return std::ranges::any_of(bid.recipients, [](const opening::Recipient &recipient) { return recipient.acct != opening::AccountId{}; });
}

QString wordOf(const ShieldView &shield)
{
    return shield.serial.right(4).toUpper();
}

// In: certificates, PEM by serial number.
static HistoryView viewOf(const vault::HistoryEntry &entry, const QMap<QString, QString> &certificates)
{
    HistoryView view;
    view.at = QDateTime::fromMSecsSinceEpoch(entry.atMs);
    view.act = QString::fromStdString(entry.act);
    view.platform = QString::fromStdString(entry.platform);
    view.summary = QString::fromStdString(entry.summary);
    view.approved = entry.approved;
    view.code = entry.code;
    view.compared = static_cast<int>(entry.compared);
    view.certificate = QString::fromStdString(entry.certificate);
    if (entry.token == ByteArray<16>{}) return view;
    view.session = QString::fromStdString(toHex(entry.token));
    view.manifest = QString::fromStdString(toHex(entry.manifestSm3));
    const auto manifest = intent::Manifest::parse(entry.manifest);
    if (!manifest) return view;
    view.record = actRecordOf(entry, certificates.value(view.certificate));
    view.shown = viewOf(*manifest);
    view.files = view.shown.files;
    view.platformId = QString::fromStdString(manifest->platform.id);
    if (manifest->desk) {
        view.desk = QString::fromStdString(manifest->desk->name);
        view.deskId = QString::fromStdString(toHex(manifest->desk->id));
    }
    if (manifest->project) view.project = QString::fromStdString(manifest->project->name + " " + manifest->project->id).trimmed();
    return view;
}

static RecordsView viewOf(const phone::SeenRecords &seen)
{
    RecordsView view;
    if (seen.comparedMs != 0) view.comparedAt = QDateTime::fromMSecsSinceEpoch(seen.comparedMs);
    view.broken = seen.isBroken;
    view.unread = !seen.isRead;
    for (const phone::ForeignAct &act : seen.foreign) {
        const bool isNamed = act.act >= 1 && act.act <= static_cast<std::uint16_t>(intent::Act::confirm);
        const auto name = isNamed ? intent::nameOf(static_cast<intent::Act>(act.act)) : std::string_view();
        view.foreign.prepend(QVariant::fromValue(ForeignView{QDateTime::fromMSecsSinceEpoch(act.atMs), QString::fromUtf8(name.data(), static_cast<int>(name.size())),
                                                             QString::fromStdString(toHex(act.token)), QString::fromStdString(toHex(act.manifestSm3))}));
    }
    return view;
}

static Result<Standing> read(vault::Vault &vault, ports::Clock &clock)
{
    Standing standing;
    HUFU_TRY(stage, phone::stageOf(vault));
    standing.stage = stage;
    if (stage == phone::Stage::started) // an activation that broke off has people to ask, too
        if (const auto begun = vault.device(); begun && *begun) standing.link = (*begun)->server;
    if (stage != phone::Stage::active) return standing;
    HUFU_TRY(device, vault.device());
    HUFU_TRY(certificates, vault.certificates());
    HUFU_TRY(history, vault.history());
    HUFU_TRY(sign, x509::Certificate::parse(certificates.sign));
    std::optional<x509::Certificate> encrypt;
    if (auto parsed = x509::Certificate::parse(certificates.encrypt)) encrypt = *parsed;
    if (!device) return Error(Errc::internal, "an active device without its file");
    standing.card = cardOf(*device, sign, encrypt, clock.unixMs());
    standing.signPem = QString::fromStdString(sign.pem());
    if (encrypt) standing.encryptPem = QString::fromStdString(encrypt->pem());
    standing.link = device->server;
    standing.account = QString::fromStdString(toHex(device->acct));
    standing.server =
        QStringLiteral("%1:%2").arg(QString::fromStdString(device->server.host)).arg(device->server.port);
    const QMap<QString, QString> pems{{standing.card.signSerial, standing.signPem}, {standing.card.encryptSerial, standing.encryptPem}};
    for (const auto &entry : history)
        standing.history << viewOf(entry, pems);
    // As long as the computer may still wait for it.
    standing.isUndecided = !history.empty() && history.front().code == static_cast<std::uint16_t>(catalogue::Code::undecided) && clock.unixMs() - history.front().atMs < limits::kDecryptTimeMs;
    HUFU_TRY(seen, phone::seenRecords(vault));
    standing.records = viewOf(seen);
    HUFU_TRY(upkeep, vault.upkeep());
    standing.care = {phone::isPinChangeUrged(upkeep), upkeep.failures, upkeep.signDestroyed};
    HUFU_TRY(bids, phone::knownBids(vault));
    standing.bids = {WatchedBids{0, true, standing.card.company, std::move(bids)}};
    return standing;
}

Standing standingOf(vault::Vault &vault, ports::Clock &clock)
{
    auto standing = read(vault, clock);
    if (standing) return *standing;
    Standing broken;
    const bool isDamaged = standing.error().code == Errc::tampered;
    broken.problem = static_cast<int>(isDamaged ? catalogue::Code::phoneFilesDamaged
                                                : catalogue::codeOf(standing.error().code));
    return broken;
}

ShieldView shieldOf(vault::Vault &vault, ports::Clock &clock)
{
    ShieldView view;
    const auto standing = read(vault, clock);
    const auto device = vault.device();
    if (device && *device) {
        view.company = QString::fromStdString((*device)->company);
        view.person = QString::fromStdString((*device)->person);
        view.server = QString::fromStdString((*device)->server.host) + QLatin1Char(':') + QString::number((*device)->server.port);
        view.subject = QString::fromStdString(toHex((*device)->subject));
    }
    view.damaged = !standing && standing.error().code == Errc::tampered;
    if (!standing) return view;
    view.active = standing->stage == phone::Stage::active;
    view.daysLeft = standing->card.daysLeft;
    view.until = standing->card.validTo;
    view.since = standing->card.validFrom;
    view.serial = standing->card.signSerial;
    for (const WatchedBids &watched : standing->bids)
        view.bids = static_cast<int>(std::ranges::count_if(watched.known.bids, [&clock](const opening::Bid &bid) { return bid.isAwaited(clock.unixMs()) && isMine(bid); }));
    return view;
}

} // namespace hufu::phone_app

#include "app/server/drawn_seals.h"

#include "app/seals/electronic_seal.h"
#include "platform/drawing/seal_picture.h"

#include <algorithm>

namespace hufu::server {

namespace {

constexpr int kDotsPerInch = 600; // for print
constexpr int kDotsPerInchOfView = 120; // 200 across for a company's, as wide as a page shows it

documents::SealFace faceOf(const enterprise::SealFace &face)
{
    return {static_cast<documents::SealForm>(face.kind), face.name, face.number, face.style};
}

} // namespace

struct DrawnSeals::Drawn {
    enterprise::SealFace face;
    drawing::SealPicture picture;
    Bytes svg;
};

DrawnSeals::DrawnSeals(ports::LedgerStore &ledger, authority::Authority &authority, ports::Clock &clock, Service &service)
    : m_ledger(ledger), m_authority(authority), m_clock(clock), m_service(service)
{}

DrawnSeals::~DrawnSeals() = default;

template <typename Made>
auto DrawnSeals::withDrawn(const enterprise::SealFace &face, Made made) -> decltype(made(std::declval<Drawn &>()))
{
    struct Turn {
        std::atomic<int> &waiting;
        const int before = waiting.fetch_add(1);
        ~Turn() { waiting.fetch_sub(1); }
    } turn{m_waiting};
    if (turn.before >= kAtOnce) return Error(Errc::locked, "too many drawings at once");
    const std::lock_guard lock(m_mutex);
    const auto kept = std::ranges::find_if(m_kept, [&](const auto &one) { return one->face == face; });
    if (kept != m_kept.end()) {
        std::rotate(kept, kept + 1, m_kept.end());
    } else {
        HUFU_TRY(picture, drawing::SealPicture::draw(faceOf(face)));
        if (m_kept.size() == kKept) m_kept.erase(m_kept.begin());
        Bytes svg = picture.svg();
        m_kept.push_back(std::make_unique<Drawn>(Drawn{face, std::move(picture), std::move(svg)}));
    }
    return made(*m_kept.back());
}

Result<Bytes> DrawnSeals::svg(const enterprise::SealFace &face)
{
    return withDrawn(face, [](Drawn &drawn) -> Result<Bytes> { return drawn.svg; });
}

Result<Bytes> DrawnSeals::png(const enterprise::SealFace &face)
{
    return withDrawn(face, [](Drawn &drawn) { return drawn.picture.png(kDotsPerInch); });
}

Result<Bytes> DrawnSeals::view(const enterprise::SealFace &face)
{
    return withDrawn(face, [](Drawn &drawn) { return drawn.picture.png(kDotsPerInchOfView); });
}

Result<Bytes> DrawnSeals::specimen(const enterprise::SealFace &face)
{
    return withDrawn(face, [](Drawn &drawn) -> Result<Bytes> {
        HUFU_TRY(marked, drawn.picture.specimen());
        return marked.svg();
    });
}

Result<SealStudio::Makings> DrawnSeals::makingsOf(const std::vector<enterprise::Id> &accounts)
{
    const std::int64_t now = m_clock.unixMs();
    Makings makings;
    for (const enterprise::Id &account : accounts) {
        HUFU_TRY(records, m_authority.findByHolder(account));
        for (const authority::Record &record : records) {
            const x509::Certificate &certificate = record.certificate;
            const bool holds = record.kind == x509::KeyKind::sign && !record.revocation && certificate.notBeforeMs() <= now && now < certificate.notAfterMs();
            if (!holds) continue;
            makings.certificates.push_back(certificate.der());
            makings.untilMs = std::max(makings.untilMs, certificate.notAfterMs());
        }
    }
    if (!makings.certificates.empty()) return makings;
    HUFU_TRY(service, m_service.certificate());
    makings.certificates.push_back(service.der());
    makings.untilMs = service.notAfterMs();
    return makings;
}

Result<std::vector<Bytes>> DrawnSeals::serviceCertificates()
{
    return m_service.certificates();
}

Result<Bytes> DrawnSeals::electronic(const enterprise::SealFace &face, const enterprise::Id &seal, const Makings &makings)
{
    seals::ElectronicSealOrder order;
    order.face = faceOf(face);
    HUFU_TRY(picture, withDrawn(face, [](Drawn &drawn) { return seals::pictureFor(drawn.picture); }));
    order.picture = std::move(picture);
    order.id = toHex(seal);
    for (const Bytes &der : makings.certificates) {
        HUFU_TRY(certificate, x509::Certificate::parse(der));
        order.signers.push_back(std::move(certificate));
    }
    order.untilMs = makings.untilMs;
    HUFU_TRY(transaction, m_ledger.begin());
    HUFU_TRY(made, seals::makeElectronicSeal(m_authority, *transaction, order, m_clock.unixMs()));
    HUFU_CHECK(transaction->commit());
    return made.der;
}

} // namespace hufu::server

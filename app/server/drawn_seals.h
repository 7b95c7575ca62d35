// Seals drawn with Qt, and made by the authority's seal maker.
#pragma once

#include "app/server/seal_studio.h"
#include "app/server/service.h"
#include "shield/authority/authority.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace hufu::server {

class DrawnSeals final : public SealStudio {
public:
    static constexpr int kAtOnce = 4;          // drawing, or waiting for it: no more than a few of the server's threads
    static constexpr std::size_t kKept = 64;   // pictures

    // Needs a drawing::Offscreen. All must outlive it.
    DrawnSeals(ports::LedgerStore &ledger, authority::Authority &authority, ports::Clock &clock, Service &service);
    ~DrawnSeals() override;

    Result<Bytes> svg(const enterprise::SealFace &face) override;
    Result<Bytes> png(const enterprise::SealFace &face) override;
    Result<Bytes> view(const enterprise::SealFace &face) override;
    Result<Bytes> specimen(const enterprise::SealFace &face) override;
    Result<Makings> makingsOf(const std::vector<enterprise::Id> &accounts) override;
    Result<std::vector<Bytes>> serviceCertificates() override;
    Result<Bytes> electronic(const enterprise::SealFace &face, const enterprise::Id &seal, const Makings &makings) override;

private:
    struct Drawn;
    // One thread draws at a time; made is called meanwhile. Errors: locked.
    template <typename Made> auto withDrawn(const enterprise::SealFace &face, Made made) -> decltype(made(std::declval<Drawn &>()));

    ports::LedgerStore &m_ledger;
    authority::Authority &m_authority;
    ports::Clock &m_clock;
    Service &m_service;
    std::atomic<int> m_waiting = 0;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Drawn>> m_kept; // the last used is the last
};

} // namespace hufu::server

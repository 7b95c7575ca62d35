// Until when an account's sign certificate holds, told to those who know accounts alone.
#pragma once

#include "shield/authority/authority.h"
#include "shield/enterprise/console_session.h"

namespace hufu::server {

class SignCertificates final : public enterprise::Certified {
public:
    explicit SignCertificates(authority::Authority &authority) : m_authority(authority) {}

    Result<std::int64_t> until(const enterprise::Id &acct) override
    {
        HUFU_TRY(records, m_authority.findByHolder(acct));
        std::int64_t untilMs = 0;
        for (const authority::Record &record : records) // oldest first: the newest counts
            if (record.kind == x509::KeyKind::sign) untilMs = record.revocation ? 0 : record.certificate.notAfterMs();
        return untilMs;
    }

private:
    authority::Authority &m_authority;
};

} // namespace hufu::server

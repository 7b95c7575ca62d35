// Agreements that a person accepts, by name and version. Their texts are in the catalogues of those who show them (agreement.…text of the
// pages, Wording of the phone), each list in its own words: whoever changes a text there raises its version here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hufu::enterprise {

struct Agreement {
    std::string id;
    std::uint32_t version = 0;
    bool operator==(const Agreement &) const = default;
    static void fields(auto &row, auto &f) { f(row.id, row.version); }
};

// In force today. For a certificate (the person's activation); for a company's application (besides: the identity
// service's, with its own tick); for an order.
const std::vector<Agreement> &agreementsInForce();
const std::vector<Agreement> &applicationAgreements();
const std::vector<Agreement> &orderAgreements();

bool coversAll(const std::vector<Agreement> &accepted, const std::vector<Agreement> &needed);

} // namespace hufu::enterprise

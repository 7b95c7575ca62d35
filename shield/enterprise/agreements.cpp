#include "shield/enterprise/agreements.h"

#include <algorithm>

namespace hufu::enterprise {

const std::vector<Agreement> &agreementsInForce()
{
    static const std::vector<Agreement> agreements = {{"service", 1}, {"privacy", 1}, {"certificate", 1}};
    return agreements;
}

const std::vector<Agreement> &applicationAgreements()
{
    static const std::vector<Agreement> agreements = {{"service", 3}, {"privacy", 2}, {"certificate", 3}, {"identity", 2}};
    return agreements;
}

const std::vector<Agreement> &orderAgreements()
{
    static const std::vector<Agreement> agreements = {{"order", 2}};
    return agreements;
}

bool coversAll(const std::vector<Agreement> &accepted, const std::vector<Agreement> &needed)
{
    return std::all_of(needed.begin(), needed.end(), [&](const Agreement &agreement) {
        return std::find(accepted.begin(), accepted.end(), agreement) != accepted.end();
    });
}

} // namespace hufu::enterprise

// The shields on one phone: each is one person's certificate for one company, with a vault and keys of its own. The PINs are
// each shield's own, too. On the worker thread.
#pragma once

#include "shield/vault/vault.h"

namespace hufu::phone_app {

class Shields {
public:
    static constexpr std::size_t kMost = 16;

    virtual ~Shields() = default;
    virtual std::size_t count() const = 0; // at least one, which may be empty
    virtual vault::Vault &at(std::size_t index) = 0;
    // One more, empty, at the end. Errors: refused (there are kMost); unavailable.
    virtual Result<void> add() = 0;
    // The one that is shown first next time. What cannot be kept is forgotten.
    virtual std::size_t last() const = 0;
    virtual void remember(std::size_t index) = 0;
    // At how many days left its person was last told that the certificate ends; 0: not yet.
    virtual int reminded(std::size_t index) const = 0;
    virtual void setReminded(std::size_t index, int days) = 0;
};

} // namespace hufu::phone_app

// The shields on one phone: each is one person's certificate for one company, with a vault and keys of its own. The PINs are
// each shield's own, too. On the worker thread.
#pragma once

#include "shield/vault/vault.h"

namespace hufu::phone_app {

// What the person calls a shield, and was told of it. No secret.
struct ShieldNotes {
    std::string name;       // the person's own; empty: the company's stands for it
    int tone = -1;          // the colour that the person chose; negative: that of the shield's place
    int remindedDays = 0;   // at how many days left the person was last told that the certificate ends; 0: not yet
    std::string remindedOf; // the serial of that certificate: the next one is told of anew
    bool operator==(const ShieldNotes &) const = default;
};

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
    virtual ShieldNotes notes(std::size_t index) const = 0;
    virtual void keepNotes(std::size_t index, const ShieldNotes &notes) = 0; // what cannot be kept is forgotten
    // Its keys and files are gone for good, and the place is empty. No flow may run on its vault, and at() gives another one after it.
    // Errors: those of the store; what is left then is no shield any more, and goes with the next try or start.
    virtual Result<void> remove(std::size_t index) = 0;
};

} // namespace hufu::phone_app

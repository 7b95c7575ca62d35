// The stand-in of a reader of fingers: what it finds is the tester's. On any thread.
#pragma once

#include "shield/ports/biometrics.h"

#include <atomic>

namespace hufu::keyring {

class ScriptedBiometrics final : public ports::Biometrics {
public:
    enum class Outcome : std::uint8_t {
        recognised,
        refused,  // another finger, or none
        otherSet, // recognised, and since the last time a finger was added
        absent,   // no reader, or nobody enrolled
    };
    void play(Outcome outcome) { m_outcome = outcome; }

    bool isThere() const override { return m_outcome != Outcome::absent; }
    Result<ByteArray<16>> recognise() override
    {
        switch (m_outcome.load()) {
        case Outcome::recognised:
            return ByteArray<16>{1};
        case Outcome::otherSet:
            return ByteArray<16>{2};
        case Outcome::refused:
            return Error(Errc::refused, "not recognised");
        case Outcome::absent:
            break;
        }
        return Error(Errc::notFound, "nobody is enrolled");
    }

private:
    std::atomic<Outcome> m_outcome = Outcome::recognised;
};

} // namespace hufu::keyring

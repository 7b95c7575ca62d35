// Where seals are drawn and made: a port, since the end points know nothing of drawing.
#pragma once

#include "shield/enterprise/seals.h"

namespace hufu::server {

class SealStudio {
public:
    virtual ~SealStudio() = default;

    // Errors: badInput (a name that no seal can bear); locked (too many draw at once); unavailable (no font).
    virtual Result<Bytes> svg(const enterprise::SealFace &face) = 0;
    virtual Result<Bytes> png(const enterprise::SealFace &face) = 0;
    // PNG for a page: too coarse for paper. Errors: as svg.
    virtual Result<Bytes> view(const enterprise::SealFace &face) = 0;
    // As svg, with a mark across it: of a seal that is not made, not authorised, or not in use.
    virtual Result<Bytes> specimen(const enterprise::SealFace &face) = 0;

    // What an electronic seal is made of: who may use it, and for how long. GB/T 38540 wants at least one certificate in its list, so
    // while none of these people has one, it names the operator's service, which signs the first authorisations; and no longer: then
    // the operator has no part in the seal any more. The service always has one: a certificate that was revoked, or ends, is followed by another.
    struct Makings {
        std::vector<Bytes> certificates; // DER, those that hold now; one at least
        std::int64_t untilMs = 0;        // the last of them
    };
    // Errors: unavailable.
    virtual Result<Makings> makingsOf(const std::vector<enterprise::Id> &accounts) = 0;
    // What stands for face and makings: the seal that was made of the same ones is given out again.
    static ByteArray<32> digestOf(const enterprise::SealFace &face, const Makings &makings);
    // Of the operator's service, all that it ever had, newest last, and the issuer's behind them: DER. Errors: unavailable.
    virtual Result<std::vector<Bytes>> serviceCertificates() = 0;
    // SESeal of GB/T 38540. Errors: as svg; badInput (more people than a seal can name).
    virtual Result<Bytes> electronic(const enterprise::SealFace &face, const enterprise::Id &seal, const Makings &makings) = 0;
};

} // namespace hufu::server

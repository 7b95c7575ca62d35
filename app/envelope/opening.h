// An envelope into the file that is in it.
#pragma once

#include "app/envelope/envelope_file.h"
#include "app/envelope/ports.h"

namespace hufu::envelope {

struct OpenOrder {
    std::filesystem::path target;
    bool replace = false;
    // The sender's chain. Without roots only the signature itself is judged.
    documents::Question question;
    unsigned threads = 0; // as for files::ChunkPlan
    // From so many bytes on a cut opening is gone on with: what was opened stays beside the target (0600), named by the envelope.
    std::uint64_t goneOnWithFrom = 64 * documents::kChunkBytes;
};

struct Opened {
    std::uint64_t bytes = 0;
    std::optional<documents::Verdict> sender; // nothing for an envelope without one
};

// Each chunk is authenticated before a byte of it is written; the file gets its name only when all of them and
// the sender's signature were right. A sender's certificate that is not trusted keeps the file shut if roots
// were given; one that has expired or was revoked since, or a signing time ahead of our clock, does not: the
// content is what was sealed, and an opening hour does not come again. The verdict tells.
// A large envelope whose opening was killed, cancelled or lost one of its disks goes on where it was. What lies there is trusted in nothing: each
// chunk of it is sealed again and kept only if the envelope's own tag comes of it; the tree, and so the sender's signature, goes over
// what was sealed again. Any other failure leaves nothing. Failures:
// notForThisKey; envelopeDamaged; signatureInvalid; certificateInvalid; those of files; those of the opener.
Outcome<Opened> open(const EnvelopeFile &file, KeyOpener &opener, const OpenOrder &order,
                     const files::Progress &progress = {});

// What a cut opening left beside the target is not wanted any more.
void forgetCutOpening(ByteView header, const std::filesystem::path &folder);

} // namespace hufu::envelope

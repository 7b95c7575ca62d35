// Where a tester can have the server kill itself, beside the durable steps of the cosigner: that of a session, and each message of the phone.
#pragma once

#include "shield/cosigner/steps.h"
#include "shield/wire/message.h"

namespace hufu::server {

inline constexpr cosigner::Step kDeliver{"deliver.before", "deliver.after"}; // what opens a bid, for its desk

// Before the message is looked at, and after it was carried out, before its answer leaves.
struct MessageStep {
    wire::Type type;
    cosigner::Step step;
};
inline constexpr std::array kMessageSteps{
    MessageStep{wire::Type::enrolStart, {"message.enrol-start.before", "message.enrol-start.after"}},
    MessageStep{wire::Type::enrolProof, {"message.enrol-proof.before", "message.enrol-proof.after"}},
    MessageStep{wire::Type::activate, {"message.activate.before", "message.activate.after"}},
    MessageStep{wire::Type::kg3, {"message.kg3.before", "message.kg3.after"}},
    MessageStep{wire::Type::frostKg3, {"message.frost-kg3.before", "message.frost-kg3.after"}},
    MessageStep{wire::Type::begin, {"message.begin.before", "message.begin.after"}},
    MessageStep{wire::Type::claim, {"message.claim.before", "message.claim.after"}},
    MessageStep{wire::Type::resume, {"message.resume.before", "message.resume.after"}},
    MessageStep{wire::Type::factorAsk, {"message.factor-ask.before", "message.factor-ask.after"}},
    MessageStep{wire::Type::factor, {"message.factor.before", "message.factor.after"}},
    MessageStep{wire::Type::refuse, {"message.refuse.before", "message.refuse.after"}},
    MessageStep{wire::Type::hello, {"message.hello.before", "message.hello.after"}},
    MessageStep{wire::Type::sign, {"message.sign.before", "message.sign.after"}},
    MessageStep{wire::Type::frostSign, {"message.frost-sign.before", "message.frost-sign.after"}},
    MessageStep{wire::Type::dec1, {"message.dec1.before", "message.dec1.after"}},
    MessageStep{wire::Type::ref1, {"message.ref1.before", "message.ref1.after"}},
    MessageStep{wire::Type::ref3, {"message.ref3.before", "message.ref3.after"}},
    MessageStep{wire::Type::resultQuery, {"message.result-query.before", "message.result-query.after"}},
    MessageStep{wire::Type::deliver, {"message.deliver.before", "message.deliver.after"}},
    MessageStep{wire::Type::probeAnswer, {"message.probe-answer.before", "message.probe-answer.after"}},
    MessageStep{wire::Type::certificatesQuery, {"message.certificates-query.before", "message.certificates-query.after"}},
    MessageStep{wire::Type::recover, {"message.recover.before", "message.recover.after"}},
    MessageStep{wire::Type::bidsQuery, {"message.bids-query.before", "message.bids-query.after"}},
    MessageStep{wire::Type::desksQuery, {"message.desks-query.before", "message.desks-query.after"}},
    MessageStep{wire::Type::deskRemoval, {"message.desk-removal.before", "message.desk-removal.after"}},
    MessageStep{wire::Type::recordsQuery, {"message.records-query.before", "message.records-query.after"}},
};

} // namespace hufu::server

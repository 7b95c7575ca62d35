// One counted attempt: the count before the evaluation, the verdict after it (PROTOCOL R1).
#pragma once

#include "shield/cosigner/core.h"

namespace hufu::cosigner {

class Attempt {
public:
    Attempt(Core &core, const Live &live, const Step &countStep, const Step &resultStep)
        : m_core(core), m_live(live), m_countStep(countStep), m_resultStep(resultStep)
    {}

    // Last checks that need the rows but no verdict: opens shares, looks at caps. A status ends the attempt uncounted.
    using Prepare = std::function<Result<std::optional<wire::Status>>(const DeviceRecord &)>;
    // The changes that a right PIN brings; the verdict is what will be answered.
    using Work = std::function<Result<void>(Change &, DeviceRecord &, const wire::Verdict &)>;

    // One durable transaction. Returns: nothing once the attempt counts; else the verdict, and nothing counts.
    Result<std::optional<wire::Verdict>> count(const Prepare &prepare);
    // The count stands, and is told. One durable transaction.
    Result<wire::Verdict> wrong();
    // One durable transaction that takes the count back. In: outcome, for onCommit; null: onCommit is not called.
    Result<wire::Verdict> right(const Work &work, const Outcome *outcome);
    Notice notice(Notice::Kind kind) const;

private:
    Result<wire::Verdict> clear(const Work &work, const Outcome *outcome, bool &partRefused);

    Core &m_core;
    const Live &m_live;
    const Step &m_countStep;
    const Step &m_resultStep;
    Lock m_counted;
};

// The verdict of a status that counts nothing, with the device's view of the moment.
Result<wire::Verdict> verdictOf(Core &core, const ByteArray<16> &acct, wire::Status status);

} // namespace hufu::cosigner

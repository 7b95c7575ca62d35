// What verdicts mean, in a sentence for people: Chinese, " / ", English.
#pragma once

#include "shield/documents/ses_signature.h"
#include "shield/documents/verdict.h"

#include <QStringList>

namespace hufu::cli {

// What is to be known of a time of signing: whose word it is, and whether the certificate was revoked since. Empty where no time is claimed.
QStringList timeSentences(const documents::Verdict &verdict);
QStringList timeSentences(const documents::SesVerdict &verdict);

} // namespace hufu::cli
